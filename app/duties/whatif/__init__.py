"""How duties would stand otherwise: under another annex, version or number. Nothing is written. Pure."""
