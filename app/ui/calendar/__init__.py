"""予定表: the deadlines of a month."""
