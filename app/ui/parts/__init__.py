"""General widgets, the look, and the questions put to people; they know nothing of a ledger."""
