"""Putting a backup back: copied beside the ledger, proven, compared with it, and only then switched in."""
