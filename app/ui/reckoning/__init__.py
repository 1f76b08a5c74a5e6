"""What is due on the chosen day, reckoned in the worker and shared by every page."""
