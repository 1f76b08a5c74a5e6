"""Rows and cells of a table in the structure of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.tagging.tree import Element

COLUMN_HEAD = "/Scope/Column"
ROW_HEAD = "/Scope/Row"


@dataclass(frozen=True, slots=True)
class RowElements:
    """The elements of one row. ``columns``: those of each column, one or one in each lane.

    ``ordered``: all of them, each before what it holds.
    """

    columns: tuple[tuple[Element, ...], ...]
    ordered: tuple[Element, ...]


def row_elements(table: Element, counts: Sequence[int], head: str = "") -> RowElements:
    """A row whose columns have ``counts`` texts: each lane is a row, beside which what stands once spans all.

    ``head``: of what its cells are heads, see :data:`COLUMN_HEAD`; empty: they are none.
    """
    lanes = max(counts)
    if any(count not in (1, lanes) for count in counts):
        raise ValueError("a cell has one text, or as many as its row has lanes")
    rows = [Element("TR", table) for _ in range(lanes)]
    kind = "TH" if head else "TD"
    spanning = f"{head}/RowSpan {lanes}"
    columns = tuple(
        tuple(Element(kind, row, head) for row in rows)
        if count == lanes
        else (Element(kind, rows[0], spanning),)
        for count in counts
    )
    ordered: list[Element] = []
    for lane, row in enumerate(rows):
        ordered.append(row)
        ordered += [column[lane] for column in columns if lane < len(column)]
    return RowElements(columns, tuple(ordered))


def pair_elements(table: Element, pairs: int, most: int) -> RowElements:
    """A row of a form sheet: labels, each the head of the value beside it.

    ``most``: how many pairs the widest row of the sheet has; with fewer, the last value spans the rest.
    """
    row = Element("TR", table)
    ordered = [row]
    for number in range(pairs):
        rest = 2 * (most - pairs) if number == pairs - 1 else 0
        ordered.append(Element("TH", row, ROW_HEAD))
        ordered.append(Element("TD", row, f"/ColSpan {rest + 1}" if rest else ""))
    return RowElements(tuple((cell,) for cell in ordered[1:]), tuple(ordered))
