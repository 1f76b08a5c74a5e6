"""Workbooks as the offices of many hands keep them, each with what a person would read in it."""
