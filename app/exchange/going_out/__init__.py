"""Records as tables for Excel and CSV: for people to read, or to come back as they were."""
