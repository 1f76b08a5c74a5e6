"""きょう: what is to be done, in all contracts."""
