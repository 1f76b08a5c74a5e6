"""Undo: a new recorded change that puts back what an earlier one changed, shown before it is written."""
