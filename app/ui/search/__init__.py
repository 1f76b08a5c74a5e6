"""検索: what one can do, what is recorded, and what the manual says, in one place."""
