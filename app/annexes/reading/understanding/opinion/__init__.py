"""A second opinion on the kinds of a paragraph, learned from labelled ones, and its weight beside patterns.

``terms`` finds the words that name an idea, ``signs`` makes of them what is learned from, ``network`` holds
what was learned, ``second`` says what it thinks and what led to it, and ``weighing`` makes one confidence of
that and of what the patterns find.
"""
