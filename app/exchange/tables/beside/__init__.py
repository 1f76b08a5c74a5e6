"""Records of another type that the rows of a table tell of: written with its own, in the same change."""
