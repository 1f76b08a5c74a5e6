"""What a table from outside means: its head, its columns as fields of a record type, its rows as records.

What is certain is read, what is not is asked, and nothing is guessed. Pure: a ``Book`` and the facts go in,
and a plan comes out that tells of every filled row what becomes of it.
"""
