"""Tables from outside, as people see them: Excel workbooks new and old, CSV, a table from the clipboard.

A foreign file is read in a process of its own (``apart``), which may run out of time or memory or die. What
comes back is a ``Book``: the filled cells of every sheet, and one sentence for whatever was not read.
"""

READ_APART = "--read-apart"
"""By this argument, and no other, the program starts itself to read one file: see ``child``."""
AS_TEXT = "\1"
"""Stands before the name of a file that is no table, or of which only the text is wanted: ``documents``."""
