"""アーカイブ: a ledger made of one, from the settings or on a computer that has no ledger yet."""
