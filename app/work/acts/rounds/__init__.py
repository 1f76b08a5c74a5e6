"""Rounds over several contracts, people or machines at once, and what the client says about them."""
