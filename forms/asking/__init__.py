"""Applications: what the client is asked to allow, under which clauses, and what all of them tell alike."""
