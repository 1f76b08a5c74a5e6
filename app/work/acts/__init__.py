"""The acts of a working day: what the officer says happens, as one plan shown before it is written."""
