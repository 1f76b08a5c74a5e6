"""How room is shared out: columns, widths in characters, lines that flow, parts that scroll or turn."""
