"""Commands on a paper that was handed in: accepted, sent back, printed once more, held against the ledger."""
