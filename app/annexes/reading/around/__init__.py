"""What stands around the clauses of a text: pages, the cover of a contract, notes of the other side."""
