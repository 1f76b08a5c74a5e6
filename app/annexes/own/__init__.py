"""The user's own annexes: drafts, changes written over another annex, and their place in the ledger. Pure."""
