"""現物確認 (stock-take): what should be at a place, what was seen there, and the check that says so."""
