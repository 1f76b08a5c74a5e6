"""The file itself: driver, lock, small files beside it, where it may lie, its format."""
