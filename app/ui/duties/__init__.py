"""One duty: why it is due, the button that does it, and the round of signatures."""
