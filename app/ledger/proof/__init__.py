"""The journal, and proving the ledger against it."""
