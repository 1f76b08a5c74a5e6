"""契約: all of them, and the page of one with its tabs."""
