"""Backups, and which of them to keep."""
