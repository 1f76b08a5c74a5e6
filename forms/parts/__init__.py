"""What several forms share: their basis in the annex, the letter around them, changes, and wording."""
