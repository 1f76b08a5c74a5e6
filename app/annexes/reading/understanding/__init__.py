"""What one paragraph of an annex asks of the vendor: kinds of duty, each with the words that led to it.

A paragraph is folded (``folded``), cut into sentences and each sentence judged (``sentences``: whose duty it
is, and whether it asks, bans or only tells)
before any pattern is held against it. Patterns are data (``rules``).
"""
