"""What was printed and handed in: what a form proves, what stood on a day, what it no longer says. Pure."""
