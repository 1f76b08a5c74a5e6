"""The square code at the foot of a numbered page: what it says, its modules, how it is drawn and proven."""
