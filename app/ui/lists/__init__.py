"""台帳: lists of every record type."""
