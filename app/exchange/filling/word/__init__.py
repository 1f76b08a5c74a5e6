"""Word documents: every story of one (body, heads, feet, notes, boxes), its tables, boxes and controls."""
