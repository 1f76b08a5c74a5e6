"""統合: another ledger, of a branch or a second PC, taken into this one, answered side by side first."""
