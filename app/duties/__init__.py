"""What is owed under each annex, by when, on which ground, and what proves it. Pure."""
