"""What people do with a plan that asks: answers given, the rest as a workbook, what is kept of it."""
