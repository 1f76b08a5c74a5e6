"""定期作業: what is done again and again, seen as rounds over the contracts."""
