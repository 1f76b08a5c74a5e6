"""Finished files put together into one: for a single print job, and for what is handed over bound."""
