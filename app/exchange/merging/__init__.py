"""Another ledger, of a branch or a second PC, taken into this one: a plan first, then one change, or none."""
