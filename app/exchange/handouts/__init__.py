"""Papers for one's own use: labels, sheets to tick by hand. They have no number, and discharge nothing."""
