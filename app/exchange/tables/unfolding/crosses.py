"""People across what they take part in: a circle or a day where a person meets a training or a contract."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.exchange.sheets.book import Cell
from app.exchange.tables.grid import Grid
from app.exchange.tables.unfolding.unfolded import Maker, Unfolded
from app.exchange.tables.values import days
from app.exchange.tables.values.found import Ask, Sure
from app.exchange.tables.words import Words, words_of
from app.records import Spec
from app.records.kinds import Day
from app.records.spelling.fold import squeezed

_LEAST = 2
"""Columns of marks that make a cross."""
_LOOKED_AT = 30
_MOST_TOLD = 5
_CIRCLES = frozenset("○〇◯●◎✓✔☑レ")
_NONE = frozenset("-－ー―—–−/／") | {"対象外", "該当なし"}
_OTHERS = frozenset("×✕✖╳△▲xXｘＸ") | {
    "済",
    "未",
    "有",
    "無",
    "出",
    "欠",
    "出席",
    "欠席",
    "受講",
    "受講済",
    "未受講",
    "補講",
}
_SUM = re.compile(r".*(合計|小計|計|人数|受講率)\s*")
_KIND = Day(label="")
_WITHIN = re.compile(r"[\n(（]\s*([^()（）\n]*?\d[^()（）\n]*?)\s*[)）]?\s*$")
"""The day that stands below a title, or in brackets behind it."""


@dataclass(frozen=True, slots=True)
class _Axes:
    """Of a type of record: the fields of the person, of what he takes part in, of the mark and of the day."""

    person: str
    thing: str
    mark: str
    day: str
    marked: str
    """What a circle says; empty where it says only that there is something."""
    none: frozenset[str] = frozenset()
    """What says that there is nothing, beside a dash."""


AXES: Mapping[str, _Axes] = MappingProxyType(
    {
        "training": _Axes("attendance.person", "title", "attendance.outcome", "held_on", "○"),
        "assignment": _Axes("person", "contract", "roles.role", "starts_on", "", frozenset("×✕✖╳")),
    }
)


@dataclass(frozen=True, slots=True)
class Cross:
    """``people``: the column of the people, ``things``: those of what they take part in, in row ``head``.

    ``days``: the row below the titles in which days stand, 0 for none.
    """

    grid: Grid
    spec: Spec[Any]
    head: int
    people: int
    things: tuple[int, ...]
    days: int
    rows: tuple[int, ...]


def found(grid: Grid, spec: Spec[Any], words: Words) -> Cross | None:
    """The cross that a sheet is; None for none, and for a type of which there are no crosses."""
    axes = AXES.get(spec.name)
    if axes is None:
        return None
    for row in list(grid.filled())[:_LOOKED_AT]:
        people = [
            column
            for column, cell in grid.cells(row).items()
            if any(path == axes.person for _, path in words.named(cell.shown))
        ]
        if people and (cross := _at(grid, spec, words, row, people)) is not None:
            return cross
    return None


def _at(grid: Grid, spec: Spec[Any], words: Words, row: int, people: Sequence[int]) -> Cross | None:
    below = [one for one in grid.filled() if one > row]
    line = below[0] if below and not any(column in grid.cells(below[0]) for column in people) else 0
    rows = tuple(one for one in below if one != line and any(c in grid.cells(one) for c in people))
    things = []
    for column, title in sorted(grid.cells(row).items()):
        cells = [cell for one in rows if (cell := grid.cells(one).get(column)) is not None]
        foreign = not words.named(title.shown) and column > min(people)
        # A word among the marks is asked about; a column of words is none of these.
        if foreign and sum(_is_mark(cell, spec, words) for cell in cells) * 2 > len(cells):
            things.append(column)
    if len(things) < _LEAST:
        return None
    dated = line if line and any(_day(grid.cells(line).get(column)) for column in things) else 0
    return Cross(grid, spec, row, _number_first(grid, row, people), tuple(things), dated, rows)


def _number_first(grid: Grid, row: int, people: Sequence[int]) -> int:
    """Of a number and a name, the number: two people may have one name."""
    numbered = [c for c in people if "番号" in grid.text(row, c) or "コード" in grid.text(row, c)]
    return (numbered or list(people))[0]


def _is_mark(cell: Cell, spec: Spec[Any], words: Words) -> bool:
    text = cell.shown.strip()
    axes = AXES[spec.name]
    known = squeezed(text) in words.values.get(axes.mark, {})
    return text in _CIRCLES | _NONE | _OTHERS or known or bool(_day(cell))


def _day(cell: Cell | None) -> str:
    """The day of a cell, or its text where people are asked which day it is; empty for what is none."""
    if cell is None:
        return ""
    match days.read(cell, _KIND):
        case Sure(value):
            return str(value)
        case Ask() if any(sign.isdigit() for sign in unicodedata.normalize("NFKC", cell.shown)):
            return cell.shown.strip()
    return ""


def unfolded(cross: Cross) -> Unfolded:
    """The cross as a table: a row where a person takes part in something."""
    return _Unfolding(cross).made()


class _Unfolding:
    def __init__(self, cross: Cross) -> None:
        self._cross, self._grid = cross, cross.grid
        self._axes = AXES[cross.spec.name]
        self._titles = {path: target.label for path, target in words_of(cross.spec).targets.items()}
        self._without: list[str] = []
        self._maker = Maker(cross.grid.sheet.name)
        self._row = 0

    def made(self) -> Unfolded:
        for path in (self._axes.person, self._axes.thing):
            self._maker.column(self._titles[path])
        for column in self._cross.things:
            self._thing(column)
        head = (self._cross.head, self._cross.days) if self._cross.days else (self._cross.head,)
        return Unfolded(
            self._maker.sheet(),
            self._maker.places,
            "件目",
            head,
            tuple(self._told()),
            parts=(self._grid.sheet.name,),
        )

    def _thing(self, column: int) -> None:
        """All who take part in one thing, by day: on each day it is another record of a training."""
        title = self._grid.cells(self._cross.head)[column]
        name, day = self._named(title, column)
        groups: dict[str, list[tuple[Cell, Cell]]] = {}
        for row in self._cross.rows:
            who, mark = self._grid.cells(row).get(self._cross.people), self._grid.cells(row).get(column)
            if who is None or mark is None or _SUM.fullmatch(who.shown.strip()):
                continue
            if mark.shown.strip() in _NONE | self._axes.none:
                self._without.append(mark.shown.strip())
            else:
                own = "" if day is not None else _day(mark)
                groups.setdefault(own, []).append((who, mark))
        once = self._cross.spec.name == "training"
        for own, held in groups.items():
            for at, (who, mark) in enumerate(held):
                self._one(name, day if not own else mark, who, mark, told=not (once and at), dated=bool(own))

    def _named(self, title: Cell, column: int) -> tuple[Cell, Cell | None]:
        """The thing without the day that stands with its title, and that day."""
        below = self._grid.cells(self._cross.days).get(column) if self._cross.days else None
        if below is not None:
            return title, below
        match = _WITHIN.search(title.shown.strip())
        if match is not None:
            day = title._replace(shown=match[1], value=match[1])
            if _day(day):
                name = title.shown.strip()[: match.start()].strip()
                return title._replace(shown=name, value=name), day
        return title, None

    def _one(self, name: Cell, day: Cell | None, who: Cell, mark: Cell, *, told: bool, dated: bool) -> None:
        self._row += 1
        sheet, axes = self._grid.sheet.name, self._axes
        self._maker.begin(self._row, sheet, mark.row, mark.column)
        self._maker.put(self._row, self._titles[axes.person], who, sheet)
        if told:
            self._maker.put(self._row, self._titles[axes.thing], name, sheet)
            if day is not None:
                self._maker.put(self._row, self._titles[axes.day], day, sheet)
        said = mark._replace(shown=axes.marked, value=axes.marked) if dated else mark
        if said.shown and (axes.marked or said.shown.strip() not in _CIRCLES):
            self._maker.put(self._row, self._titles[axes.mark], said, sheet)

    def _told(self) -> Iterator[str]:
        """What of the sheet is not brought in."""
        if self._without:
            signs = "、".join(f"「{one}」" for one in dict.fromkeys(self._without))
            yield f"{signs}の{len(self._without):,}か所は、該当なしとして取り込みません。"
        known = {self._cross.people, *self._cross.things}
        columns: dict[int, str] = {}
        for row in self._cross.rows:
            for column, cell in self._grid.cells(row).items():
                if column not in known:
                    columns.setdefault(
                        column, self._grid.text(self._cross.head, column) or cell.shown.strip()
                    )
        if columns:
            yield f"{'、'.join(f'「{one}」' for one in columns.values())}の列は取り込みません。"
        texts = [f"「{' '.join(cell.shown.split())}」" for cell in (*self._sums(), *self._behind())]
        if texts:
            more = f"ほか{len(texts) - _MOST_TOLD}か所" if len(texts) > _MOST_TOLD else ""
            yield f"{'、'.join(texts[:_MOST_TOLD])}{more}は取り込みません。"

    def _sums(self) -> Iterator[Cell]:
        """What stands in the place of a person in rows that count the others."""
        for row in self._cross.rows:
            cell = self._grid.cells(row).get(self._cross.people)
            if cell is not None and _SUM.fullmatch(cell.shown.strip()):
                yield cell

    def _behind(self) -> Iterator[Cell]:
        """What stands in rows without a person."""
        for row in self._grid.filled():
            if row > self._cross.head and row not in (*self._cross.rows, self._cross.days):
                yield from self._grid.cells(row).values()
