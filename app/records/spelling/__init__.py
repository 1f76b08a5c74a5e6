"""Spelling: what of a text carries a meaning, which spellings are one word, and in which order they stand.

Knows no record: pure functions from text to text.
"""
