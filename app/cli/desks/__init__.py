"""What the boards and desks of the window show, asked on the command line: the same facts, in that order."""
