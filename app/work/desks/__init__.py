"""What stands on a desk made for one thing that happened: an accident, an audit."""
