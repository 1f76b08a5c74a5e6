"""An annex that nobody has seen before, as it was printed: its documents, titles, parties and clauses.

Pure: from a text to a ``Reading`` of which the pieces, joined, are the text again. Nothing is understood
here; what a clause asks is a question for those who read what is read here.
"""
