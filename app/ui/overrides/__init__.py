"""この契約で定める: the numbers of a clause that a contract sets by itself."""
