"""Commands on the ledger as a whole: out into an archive, and in again."""
