"""What a paper leaves to be filled in by hand, by people of both sides."""
