"""The acts of a contract's year: renewed, amended, closed, and what is left returned or disposed of."""
