"""Destroying and erasing what is held: assets, machines, and the photographs that show it."""
