"""Documents: from a statement to the numbered, archived file, and every character that no font has."""
