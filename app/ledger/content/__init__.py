"""What the file holds: tables, rows, references, search text, history."""
