"""What is held under a contract, by whom, and how it ends: balance, parties, destruction. Pure."""
