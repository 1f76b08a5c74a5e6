"""What a person makes of a reading: paragraph by paragraph, what is proposed and what was decided of it.

Pure: a ``Review`` is a value, and whatever is decided makes another one. From it comes an own annex
(``draft``); the wording of the clauses is kept beside it and stands in no annex.
"""
