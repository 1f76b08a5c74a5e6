"""Labels and sheets for one's own use: chosen, seen, printed or saved."""
