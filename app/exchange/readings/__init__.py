"""What was read of a text, into the ledger: own annexes, their next versions, examples; planned first."""
