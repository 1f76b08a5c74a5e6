"""What one paragraph of an annex asks of the vendor, when, and how; each with the words that led to it.

``understood`` is the door: ``understand`` for one paragraph, ``understand_reading`` for a whole reading.

A paragraph is folded (``folded``), cut into sentences and each sentence judged (``sentences``: whose duty it
is, and whether it asks, bans or only tells) before any pattern is held against it (``prepared``). Kinds come
first (``proposing``); their sentences, and those that go on about them, are asked for moments (``moments``)
and parameters (``parameters``); where there is none, ``silence`` says why if the words do. Patterns are data.
"""
