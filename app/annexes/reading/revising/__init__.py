"""The text of a new year against the annex of the old: which clause has become which, and what changed in it.

What somebody settled for a clause stays where its words did not change; where they did, only what the new
words ask otherwise than the old ones is taken over, and the clause is named as one to be looked at. Pure.
"""
