"""The acts of a working day in the window: what the officer says, the plan that follows, one confirmation."""
