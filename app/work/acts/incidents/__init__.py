"""Accidents: reported from a person or a contract, told, answered, followed up and closed."""
