"""Putting a backup back: which one, what would be lost, and what is to be settled afterwards."""
