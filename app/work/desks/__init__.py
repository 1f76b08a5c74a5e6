"""What stands on a desk: one accident, one audit, what is out, what waits for a signature."""
