"""The rows below a head, each as what a file of records would say, or why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exchange.sheets.book import Cell
from app.exchange.tables import cells, skipping
from app.exchange.tables.columns import MAKER_AND_MODEL, Column
from app.exchange.tables.found import Ask, Blank, Found, Sure, Wrong
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head
from app.exchange.tables.makers import parted
from app.exchange.tables.words import Target, Words
from app.records import Spec
from app.records.spelling.fold import alike

_HIDDEN = Ask("この行は非表示です。", "取り込むときは再表示し、取り込まないときは行を削除してください。")


@dataclass(frozen=True, slots=True)
class Problem:
    """What people have to look at. ``column`` is its letter, empty for the whole row.

    ``certain``: it is wrong; else it is asked about.
    """

    row: int
    column: str
    value: str
    reason: str
    advice: str
    certain: bool


@dataclass(slots=True)
class Line:
    """One record as the table tells it, over one row or several. ``skipped``: why it is none.

    ``entry`` is what a file of records would say. ``places``: where each value stands, by its field path.
    """

    row: int
    entry: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: str = ""
    rows: list[int] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)


class Lines:
    """Reads the rows of one table from the top, since a row may say that it is as the one above."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        columns: Sequence[Column],
        spec: Spec[Any],
        words: Words,
        *,
        literal: bool = False,
    ) -> None:
        self._literal = literal
        self._grid, self._head, self._spec, self._words = grid, head, spec, words
        self._columns = columns
        self._mapped = [column for column in columns if column.path]
        self._keys = [name for name in spec.key if any(c.path == name for c in self._mapped)]
        self._above: dict[int, Cell] = {}
        self._groups = self._grouping()

    def read(self, rows: Sequence[int]) -> list[Line]:
        """The lines of ``rows``, which are all filled."""
        found: list[Line] = []
        open_line: Line | None = None
        for row in rows:
            why = skipping.why(self._grid, self._head, self._columns, row, literal=self._literal)
            if why:
                found.append(Line(row, skipped=why, rows=[row]))
                continue
            line = self._line(row)
            if open_line is not None and self._goes_on(open_line, line):
                _join(open_line, line, self._words)
            else:
                found.append(line)
                open_line = line
        return found

    def _grouping(self) -> frozenset[int]:
        """Columns left of the key that stand for a group: blank below the first of its rows."""
        places = [column.number for column in self._mapped if column.path in self._spec.key]
        first = min(places, default=0)
        return frozenset(c.number for c in self._mapped if c.number < first and c.path not in self._spec.key)

    def _line(self, row: int) -> Line:
        line = Line(row, rows=[row])
        if _hidden(self._grid.cells(row), self._columns):
            line.problems.append(Problem(row, "", "", _HIDDEN.reason, _HIDDEN.advice, certain=False))
        units: dict[str, str] = {}
        for column in self._mapped:
            cell = self._cell(row, column, line)
            if cell is None:
                continue
            for path, found in self._found(cell, column):
                self._take(line, path, found, cell, column, units)
        for path, unit in units.items():
            if path in self._words.targets and path not in line.filled:
                _put(line, path, unit, self._words, (row, "", unit))
        return line

    def _cell(self, row: int, column: Column, line: Line) -> Cell | None:
        """The cell that tells a row's value: its own, one joined with it, or one above that it refers to."""
        number = column.number
        cell = self._grid.cells(row).get(number) or self._grid.from_above(row).get(number)
        if cell is None and number in self._groups:
            return self._above.get(number)
        if cell is not None and not self._literal and cells.is_ditto(cell):
            above = self._above.get(number)
            if above is None:
                line.problems.append(
                    Problem(
                        row,
                        column.letter,
                        cell.shown,
                        "上の行に値がありません。",
                        "値を書いてください。",
                        certain=True,
                    )
                )
            return above
        if cell is None:
            if number not in self._groups:
                self._above.pop(number, None)
            return None
        self._above[number] = cell
        return cell

    def _found(self, cell: Cell, column: Column) -> Iterator[tuple[str, Found]]:
        path = column.path or ""
        if path == MAKER_AND_MODEL:
            both = parted(cell.shown)
            if both is None:
                yield (
                    "maker",
                    Ask(
                        f"「{cell.shown.strip()}」のどこまでがメーカーか分かりません。",
                        "メーカーと型番を「／」で区切るか、列を分けてください。",
                    ),
                )
            else:
                yield "maker", Sure(both[0])
                yield "model", Sure(both[1])
            return
        yield path, cells.read(cell, self._words.targets[path], self._words, literal=self._literal)

    def _take(
        self, line: Line, path: str, found: Found, cell: Cell, column: Column, units: dict[str, str]
    ) -> None:
        match found:
            case Sure(value, unit):
                if column.part and path in line.entry:
                    value = f"{line.entry[path]}　{value}"
                _put(line, path, value, self._words, (line.row, column.letter, cell.shown))
                if unit:
                    units[path.rpartition(".")[0] + ("." if "." in path else "") + "unit"] = unit
            case Ask(reason, advice):
                line.filled.add(path)
                line.problems.append(
                    Problem(line.row, column.letter, cell.shown, reason, advice, certain=False)
                )
            case Wrong(reason, advice):
                line.filled.add(path)
                line.problems.append(
                    Problem(line.row, column.letter, cell.shown, reason, advice, certain=True)
                )
            case Blank():
                pass

    def _goes_on(self, line: Line, more: Line) -> bool:
        """Whether ``more`` tells of further nested rows of the record of ``line``."""
        nested = {path for path in more.filled if "." in path}
        own = {path for path in more.filled if "." not in path}
        if not nested:
            return False
        if not own:
            return True
        return bool(self._keys) and all(
            name in more.entry and alike(str(more.entry[name])) == alike(str(line.entry.get(name)))
            for name in self._keys
        )


def _hidden(held: Mapping[int, Cell], columns: Sequence[Column]) -> bool:
    """Whether the row is not shown, apart from columns that are not."""
    hidden = {column.number for column in columns if column.hidden}
    seen = [cell for number, cell in held.items() if number not in hidden]
    return bool(seen) and all(cell.hidden for cell in seen)


def _put(line: Line, path: str, value: Any, words: Words, place: tuple[int, str, str]) -> None:
    target: Target = words.targets[path]
    line.filled.add(path)
    if target.rows is None:
        line.entry[path] = value
        line.places[path] = place
        return
    rows = line.entry.setdefault(target.rows.name, [{}])
    rows[-1][target.field.name] = value
    line.places[f"{target.rows.name}.{len(rows)}.{target.field.name}"] = place


def _join(line: Line, more: Line, words: Words) -> None:
    """Add the nested rows of ``more``; what it says otherwise of the record itself is asked about."""
    line.rows.extend(more.rows)
    line.problems.extend(more.problems)
    for name, value in more.entry.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = line.entry.setdefault(name, [])
            for inner in value[0]:
                line.places[f"{name}.{len(rows) + 1}.{inner}"] = more.places[f"{name}.1.{inner}"]
            rows.append(value[0])
        elif name not in line.entry:
            line.entry[name] = value
            line.places[name] = more.places[name]
        elif line.entry[name] != value:
            row, column, shown = more.places[name]
            label = words.targets[name].label
            line.problems.append(
                Problem(
                    row,
                    column,
                    shown,
                    f"{line.row}行目と同じ{'・'.join(_labels(words, line))}ですが、{label}が違います。",
                    "どちらが正しいか確かめて、1つにしてください。",
                    certain=False,
                )
            )
    line.filled |= more.filled


def _labels(words: Words, line: Line) -> list[str]:
    return [words.targets[name].label for name in line.entry if name in words.targets][:1] or ["記録"]
