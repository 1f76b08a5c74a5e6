"""The master key and the ways to it."""
