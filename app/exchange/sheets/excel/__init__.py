"""Workbooks of Excel, new and old, read as people see them: no library keeps value, format and hidden row."""
