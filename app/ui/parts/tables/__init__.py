"""Tables: of lines, painted, with room between the lines."""
