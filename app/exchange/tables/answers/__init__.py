"""What people answer to a plan, and how a table is read with it: nothing else of the table changes."""
