"""Own annexes in and out: as text, as a workbook, and the text of one that nobody has seen before."""
