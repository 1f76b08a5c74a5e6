"""Copies of finished files: printed once more with a mark, or some of the pages alone."""
