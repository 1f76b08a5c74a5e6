"""The first run: from an officer's name to the first contract."""
