"""The code on the paper: where it stands, and how it is drawn.

At the lower left: seals are set after names and at the right, a stamp of receipt at the top, so that a code
here keeps more than 10 mm from every place where one is set. It stands as far from the edge as printers need.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.printing.codes.symbol import QUIET, SIDE, Modules, modules
from app.printing.paper import MM, Paper
from app.printing.pen import Pen

WIDE = 18 * MM
"""Of the dark part: a module is 0.72 mm, which a scan of 200 dots per inch holds with more than five dots."""
LEFT, ABOVE_EDGE = 4.5 * MM, 4.5 * MM
MODULE = WIDE / SIDE
CLEAR = QUIET * MODULE
"""White that is kept around it."""


def draw_code(pen: Pen, paper: Paper, text: str, shift: float = 0.0) -> None:
    """Draw the code that says ``text`` at the foot of the page, ``shift`` further to the right."""
    pen.solid(list(runs(modules(text))), LEFT + shift, paper.height - ABOVE_EDGE - WIDE, MODULE, SIDE)


def runs(grid: Modules) -> Iterator[tuple[int, int, int, int]]:
    """Dark modules side by side as one rectangle: column, row from above, how many, 1."""
    for number, row in enumerate(grid):
        start: int | None = None
        for column, dark in enumerate((*row, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, number, column - start, 1
                start = None
