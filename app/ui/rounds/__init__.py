"""定期作業: the rounds of periodic work as a view of きょう."""
