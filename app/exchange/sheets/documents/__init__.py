"""Documents read for their text: each line a row of one cell, each row of a table a row of its cells.

In the process of its own, like every foreign file (``child``), and told as the sheets that it can tell.
"""
