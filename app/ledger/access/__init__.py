"""From nothing, or from a file and a key, to a connection."""
