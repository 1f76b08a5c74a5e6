"""How room is shared out: columns of a table, widths in characters, parts that scroll or turn."""
