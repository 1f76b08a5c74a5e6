"""Paragraphs as somebody settled them, which the next reading follows where it meets nearly the same words. Pure.

A wording travels without its words as a ``sketch``: enough to find it again, too little to read it.
"""
