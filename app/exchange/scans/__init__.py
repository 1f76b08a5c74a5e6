"""The stamped copy that comes back: its code is found, it is bound to its paper, and filed with it."""
