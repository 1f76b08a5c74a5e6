"""Parameters as inputs, and the clauses of a contract as a list: shared by the pages that show them."""
