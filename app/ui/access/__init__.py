"""Into a ledger: unlocking, secrets as they are typed, the recovery sheet."""
