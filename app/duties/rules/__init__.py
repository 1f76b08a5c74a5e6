"""Rules over several records, which the ledger's door asks before it writes. Pure."""
