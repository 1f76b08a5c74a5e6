"""Choosing what a document is: its form, and the period that it covers."""
