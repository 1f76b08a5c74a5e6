"""The rows of a table that are not brought in, as a workbook with the reasons: mended, it comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.common import Progress
from app.exchange.going_out import workbook
from app.exchange.sheets.book import Book, Cell
from app.exchange.tables import head as heads
from app.exchange.tables.answers.answers import PASSED, Asks
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import ADDED, Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.line import Problem, place_text
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import CONFIRM, REST_COLUMNS, is_own
from app.exchange.tables.planned import PlannedLine, Status, TablePlan
from app.exchange.tables.planning import plan
from app.exchange.tables.telling import without_commands
from app.records import Facts, Spec

HINDERS = (Status.ASK, Status.ERROR)
"""The states of which a single row keeps the whole from being brought in."""
_SEEN = frozenset({Asks.NUMBER, Asks.LIKE, Asks.UPDATE, Asks.PART})
"""Questions of whole rows that are asked of the saved row again by themselves."""
_LEFT, _TOGETHER = "取り込まないことにした行", "同じ記録のほかの行に、確かめることがあります。"


def hindering(planned: TablePlan) -> frozenset[int]:
    """The rows that keep the others out."""
    return frozenset(line.row for line in planned.lines if line.status in HINDERS)


def made(
    facts: Facts,
    spec: Spec[Any],
    book: Book,
    said: Said,
    *,
    update: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> tuple[bytes, int]:
    """The workbook, and of how many rows it is; none are left out of it that are left out of the import.

    In the columns of the table, with every answer in its cell. Raises ``PeopleError``, ``Cancelled``.
    """
    whole = replace(said, without=frozenset())
    planned = plan(facts, spec, book, whole, update=update, today=today, progress=progress)
    lines = [one for one in planned.lines if one.status in HINDERS or one.row in said.without]
    rows = _Rows(planned, lines)
    titles = [*rows.titles(), *REST_COLUMNS]
    label = f"{spec.label}（直す行）"
    return workbook.made_for_people(label, titles, list(rows.all()), own=is_own(book)), len(lines)


class _Rows:
    """The rows of some lines, in the columns of their table."""

    def __init__(self, planned: TablePlan, lines: Sequence[PlannedLine]) -> None:
        self._planned, self._lines = planned, lines
        self._grid = Grid(planned.source)
        by_number: dict[int, Column] = {}
        for one in planned.columns:
            if one.left != ADDED:
                by_number.setdefault(one.number, one)
        self._columns = [by_number[number] for number in sorted(by_number)]

    def titles(self) -> Iterator[str]:
        """The titles, of two lines joined; where that names no field any more, what this program calls it."""
        words = words_with(self._planned.spec)
        for one in self._columns:
            target = words.targets.get(one.path or "")
            named = {path for _, path in heads.paths_of((one.title,), words)}
            two = len(self._planned.head) > 1
            yield target.label if two and target is not None and one.path not in named else one.title

    def all(self) -> Iterator[list[Any]]:
        """Every row, with what was asked of it."""
        for line in self._lines:
            for row in line.rows or (line.row,):
                others = (line.rows or (line.row,))[1:]
                asked = [one for one in line.problems if (one.row if one.row in others else line.row) == row]
                yield [*(self._text(line, row, one) for one in self._columns), *self._told(line, row, asked)]

    def _text(self, line: PlannedLine, row: int, column: Column) -> Any:
        """What stands in a cell; where it means what stands above, what that is."""
        place = row, column.number
        cell = line.above.get(place) or self._grid.cells(row).get(column.number)
        return _seen(cell) if cell is not None else ""

    def _told(self, line: PlannedLine, row: int, asked: Sequence[Problem]) -> list[str]:
        place = self._place(row)
        hidden = any(one.asks in PASSED - _SEEN for one in asked) or (
            any(cell.struck for cell in self._grid.cells(row).values())
        )
        state = CONFIRM if hidden else {Status.ASK: "要確認", Status.ERROR: "誤り"}.get(line.status, "")
        why = "\n".join(_place(one) + one.reason for one in asked)
        advice = "\n".join(dict.fromkeys(without_commands(one.advice) for one in asked if one.advice))
        return [place, state, why or (_TOGETHER if line.problems else _LEFT), advice]

    def _place(self, row: int) -> str:
        """Where a row stands in the file."""
        taken = self._planned.taken
        found = taken.place(row, 0) if taken is not None else None
        return place_text(found) if found is not None else f"{self._planned.sheet} {row}行目".strip()


def _place(problem: Problem) -> str:
    return f"{problem.where}：" if problem.column else ""


def _seen(cell: Cell) -> Any:
    """What people see, as a number where it is one, else as text: a form of number would not come back."""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool) and str(cell.value) == cell.shown:
        return cell.value
    return cell.shown.strip() or str(cell.value)
