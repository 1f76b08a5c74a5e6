"""The acts of a working day on the command line: the same plan as in the window, shown or written."""
