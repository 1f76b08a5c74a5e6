"""An annex as text: what may stand in a file, read with the line of every fault, and written back. Pure."""
