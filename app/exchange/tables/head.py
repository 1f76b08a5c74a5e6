"""Where a table begins: the row or the two rows that say what stands in each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.exchange.tables.grid import Grid
from app.exchange.tables.words import Words, plain

_LOOKED_AT = 100
"""Filled rows from the top among which a head is looked for."""
LEAST = 2
"""Titles that must be known for a row to be a head."""
_EARLIER = 3
"""Known titles that are enough, whatever stands further down."""
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of a head, and the title of each column: of two lines both, the upper first."""

    rows: tuple[int, ...]
    titles: Mapping[int, tuple[str, ...]]
    known: int
    """How many of the titles name a field."""

    @property
    def below(self) -> int:
        """The first row that can hold a record."""
        return self.rows[-1] + 1

    def title(self, column: int) -> str:
        """The title of a column as it stands on the sheet."""
        return " ".join(" ".join(self.titles.get(column, ())).split())


def find(grid: Grid, words: Words, *, after: int = 0) -> Head | None:
    """The first head below row ``after`` of some known titles, else that of the most; None for none.

    A table further down may have more columns: that above it is one all the same.
    """
    found: list[Head] = []
    for count, row in enumerate(row for row in grid.filled() if row > after):
        if count >= _LOOKED_AT:
            break
        held = [one for one in (at(grid, words, (row,)), _two(grid, words, row)) if one is not None]
        best = max(held, key=lambda one: one.known)
        if best.known >= LEAST:
            found.append(best)
    if not found:
        return None
    enough = min(_EARLIER, max(one.known for one in found))
    return next(one for one in found if one.known >= enough)


def at(grid: Grid, words: Words, rows: tuple[int, ...]) -> Head:
    """The head that stands in ``rows``."""
    columns = sorted({column for row in rows for column in grid.cells(row)})
    titles: dict[int, tuple[str, ...]] = {}
    for column in columns:
        lines = dict.fromkeys(text for row in rows if (text := grid.text(row, column)))
        titles[column] = tuple(lines)
    known = {paths[0][1] for held in titles.values() if (paths := paths_of(held, words)) and _is_title(held)}
    return Head(rows, titles, len(known))


def _two(grid: Grid, words: Words, row: int) -> Head | None:
    """A head of two lines, where the second really says more about the first."""
    below = row + 1
    if not grid.cells(below) or not _parted(grid, row):
        return None
    both = at(grid, words, (row, below))
    alone = max(at(grid, words, (one,)).known for one in (row, below))
    return both if both.known > alone else None


def _parted(grid: Grid, row: int) -> bool:
    """Whether a title of the row stands over several columns, or reaches down into the next row."""
    over = any(grid.wide.get((row, column), 1) > 1 for column in grid.cells(row))
    return over or bool(grid.from_above(row + 1)) or len(grid.cells(row)) < len(grid.cells(row + 1))


def paths_of(titles: tuple[str, ...], words: Words) -> tuple[tuple[int, str], ...]:
    """The fields that the lines of a title may mean: both lines together, else the lower, else the upper."""
    if len(titles) < 2:
        return words.named(titles[0]) if titles else ()
    for text in ("".join(titles), f"{titles[0]}（{titles[-1]}）", titles[-1]):
        if found := words.named(text) if text != f"{titles[0]}（{titles[-1]}）" else _joined(titles, words):
            return found
    return ()


def _joined(titles: tuple[str, ...], words: Words) -> tuple[tuple[int, str], ...]:
    """期間 over 自 is what a register of one line calls 期間（自）."""
    return words.titles.get(plain(f"{titles[0]}（{titles[-1]}）"), ())


def _is_title(titles: tuple[str, ...]) -> bool:
    return all(len(text) <= _LONGEST_TITLE for text in titles)
