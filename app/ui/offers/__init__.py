"""Acts where one looks for them: a menu beside what is chosen, and one key for what cannot wait."""
