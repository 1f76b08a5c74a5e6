"""What is no table and is read as one: forms with a label beside each value, and crosses of two things."""
