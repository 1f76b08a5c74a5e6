"""What a contract asks: clauses, kinds of duty, their parameters, and where annexes come from. Pure."""
