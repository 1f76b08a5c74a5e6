"""The window around the pages: start, strip of rooms, search, undo, progress, faults."""
