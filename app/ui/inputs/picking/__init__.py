"""Choosing many records at once: what is told of each, the table in which they are ticked, the dialog."""
