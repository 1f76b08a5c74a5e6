"""What of a file is not brought in, whatever becomes of its rows: each is told, nothing vanishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.exchange.json_text import shown
from app.exchange.sheets.book import Book, letters
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head

_BESIDE = 2
"""Cells of a row above the titles that make more of it than a line of text; so many are named."""


def above(grid: Grid, head: Head) -> tuple[str, ...]:
    """What stands above the titles of a table and is more than a line of text."""
    rows = [row for row in grid.filled() if row < head.rows[0]]
    if all(len(grid.cells(row)) < _BESIDE for row in rows):
        return ()
    texts = [
        shown(" ".join(cell.shown.split())) for row in rows for _, cell in sorted(grid.cells(row).items())
    ]
    more = f"ほか{len(texts) - _BESIDE}か所" if len(texts) > _BESIDE else ""
    return (f"見出しより上の「{'」「'.join(texts[:_BESIDE])}」{more}は取り込みません。",)


def sheets(book: Book, parts: Sequence[str]) -> Iterator[str]:
    """What of the file is not brought in, whatever becomes of the rows. ``parts``: the sheets read."""
    for sheet in book.sheets:
        if sheet.name in parts:
            for one in sheet.told:
                yield f"シート「{shown(sheet.name)}」：{one}"
            if noted := [f"{letters(cell.column)}{cell.row}" for cell in sheet.cells if cell.note]:
                more = f"ほか{len(noted) - 1}か所" if len(noted) > 1 else ""
                yield f"セルに付いたコメントは取り込みません（{noted[0]}{more}）。"
    for other in book.sheets:
        if other.name not in parts and other.cells and not other.hidden:
            yield f"シート「{shown(other.name)}」は取り込みません。"
