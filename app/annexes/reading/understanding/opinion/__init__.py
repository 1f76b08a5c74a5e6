"""A second opinion on the kinds of a paragraph, learned from labelled ones, and its weight beside patterns.

``terms`` finds the words that name an idea, ``signs`` makes of them what is learned from, ``second`` weighs
those, and ``weighing`` makes one confidence of the opinion and of what the patterns find.
"""
