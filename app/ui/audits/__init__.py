"""監査・調査: the desk of one audit."""
