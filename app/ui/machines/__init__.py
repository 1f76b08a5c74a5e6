"""PCの情報: what this PC, or others by their files, tell of themselves, and into the ledger after a plan."""
