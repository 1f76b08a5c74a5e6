"""Paragraphs as somebody settled them: the next reading follows them where it meets nearly their words. Pure.

A wording travels without its words as a ``sketch``: enough to find it again, too little to read it.
"""
