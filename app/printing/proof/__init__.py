"""Proof-reading: the finished file against the document it was made from."""
