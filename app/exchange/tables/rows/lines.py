"""The rows below a head, each as what a file of records would say, or why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.exchange.sheets.book import Cell, letters
from app.exchange.tables.answers.answers import Asks, Meant
from app.exchange.tables.columns import ADDED, INTO_NOTE, MAKER_AND_MODEL, RUNNING_NUMBER, Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head
from app.exchange.tables.line import Line, Problem, join, put
from app.exchange.tables.rows import groups, skipping, whole
from app.exchange.tables.rows.ended import Ended
from app.exchange.tables.rows.groups import Group
from app.exchange.tables.values import cells, doubts, units
from app.exchange.tables.values.found import Ask, Blank, Found, Sure, Wrong
from app.exchange.tables.values.makers import parted
from app.exchange.tables.words import Words
from app.records import Spec
from app.records.spelling.fold import alike

_NOTE = "note"
_ONE_EACH = "結合を解き、列ごとに値を書いてください。"
_NO_WORD = "取り込む行なら番号だけにし、取り込まない行なら削除してください。"
_SAID = 2
"""Columns beside the number that are filled in a register of which a bare number is a blank form."""


class Lines:
    """Reads the rows of one table from the top, since a row may say that it is as the one above.

    ``apart``: no row says anything of the one below, and a blank is a blank: each is a form, or was saved
    without its neighbours.
    """

    def __init__(
        self,
        grid: Grid,
        head: Head,
        columns: Sequence[Column],
        spec: Spec[Any],
        words: Words,
        *,
        literal: bool = False,
        apart: bool = False,
    ) -> None:
        self._literal = literal
        self._apart = apart or any(column.left == ADDED for column in columns)
        self._grid, self._head, self._spec, self._words = grid, head, spec, words
        self._columns = columns
        self._mapped = [column for column in columns if column.path]
        self._keys = [name for name in spec.key if any(c.path == name for c in self._mapped)]
        self._above: dict[int, Cell] = {}
        self._numbered = frozenset(c.number for c in self._mapped if c.path == spec.number_field)
        self._unfilled: frozenset[int] = frozenset()
        self._known: dict[tuple[Any, ...], tuple[tuple[str, Found], ...]] = {}
        self._running = {column.number for column in columns if column.left == RUNNING_NUMBER}
        self._groups: Mapping[int, Group] = {}

    def read(self, rows: Sequence[int]) -> list[Line]:
        """The lines of ``rows``, which are all filled."""
        if not (self._literal or self._apart):
            self._groups = groups.found(self._grid, self._columns, self._spec, self._words, rows)
        found: list[Line] = []
        open_line: Line | None = None
        whys = self._whys(rows)
        ended = Ended(self._grid, self._head, self._words)
        for row in rows:
            why = whys[row]
            if why:
                ended.band(whole.text(self._grid.cells(row)) if why == skipping.BAND else "")
                found.append(Line(row, skipped=why, rows=[row]))
                continue
            line = self._line(row)
            if not self._literal:
                ended.look(line)
            if row in self._unfilled:
                line.problems.append(whole.UNFILLED(row))
            if open_line is not None and self._goes_on(open_line, line):
                join(open_line, line, self._words, literal=self._literal)
            else:
                found.append(line)
                open_line = line
        return found

    def _whys(self, rows: Sequence[int]) -> dict[int, str]:
        """Why each row is no record, empty where it may be one.

        Rows with a number alone are blank forms where they stand below all others; further up each may be a
        record of which nothing else is known, and is asked about.
        """
        looked = skipping.Skipping(
            self._grid, self._head, self._columns, numbered=self._numbered, literal=self._literal
        )
        whys = {row: looked.why(row) for row in rows}
        said = [c.number for c in self._mapped if c.number not in self._numbered and c.filled]
        bare = set()
        if not self._literal and not self._groups and self._numbered and len(said) >= _SAID:
            bare = {row for row, why in whys.items() if not why and self._only_numbered(row)}
        last = max((row for row, why in whys.items() if not why and row not in bare), default=0)
        self._unfilled = frozenset(row for row in bare if row < last)
        return whys | dict.fromkeys(bare - self._unfilled, "番号だけで、記入のない行です。")

    def _only_numbered(self, row: int) -> bool:
        held = self._grid.cells(row).keys()
        return held <= self._numbered | self._running and not self._grid.from_above(row)

    def _line(self, row: int) -> Line:
        line = Line(row, rows=[row])
        held = self._grid.cells(row)
        struck = whole.lined_out(held)
        if whole.hidden(held, self._columns):
            line.problems.append(whole.HIDDEN(row))
        if struck:
            line.problems.append(whole.LINED_OUT(row))
        for column in self._mapped:
            cell = self._cell(row, column, line)
            if cell is None:
                line.blank.add(column.number)
                continue
            if cell.row != row:
                line.above[row, column.number] = cell
            for path, found in self._read(cell._replace(struck=False) if struck else cell, column):
                self._take(line, path, found, cell, column)
        for path, unit in tuple(line.units.items()):
            if path in self._words.targets and path not in line.filled:
                put(line, path, unit, self._words, (row, "", unit))
                del line.units[path]
        if not self._literal:
            self._look_at_parts(line)
            self._look_at_places(line)
        return line

    def _look_at_places(self, line: Line) -> None:
        """Ask about a cell joined over several columns, and a word in the place of a running number."""
        if not (self._grid.wide or self._running):
            return
        for number, cell in self._grid.cells(line.row).items():
            if isinstance(cell.value, Meant):
                continue
            wide = self._grid.wide.get((line.row, number), 1) if self._grid.wide else 1
            over = [c for c in self._columns if number <= c.number < number + wide] if wide > 1 else ()
            if len(over) > 1:
                reason, advice = f"「{cell.shown.strip()}」が{len(over)}列にまたがっています。", _ONE_EACH
                asks = Asks.WIDE
            elif number in self._running and not _is_whole(cell):
                reason, advice = f"通し番号の列に「{cell.shown.strip()}」とあります。", _NO_WORD
                asks = Asks.RUNNING
            else:
                continue
            line.problems.append(
                Problem(line.row, letters(number), cell.shown, reason, advice, certain=False, asks=asks)
            )

    def _look_at_parts(self, line: Line) -> None:
        """Ask where one of the two columns of a name is blank."""
        held = self._grid.cells(line.row)
        for column in self._mapped:
            if column.part and column.number not in held and column.path in line.entry:
                line.problems.append(
                    Problem(
                        line.row,
                        column.letter,
                        "",
                        f"2列に分かれた{self._words.targets[column.path].label}の片方がありません。",
                        "値を書いてください。",
                        certain=False,
                        asks=Asks.PART,
                    )
                )

    def _cell(self, row: int, column: Column, line: Line) -> Cell | None:
        """The cell that tells a row's value: its own, one joined with it, or one above that it refers to."""
        number = column.number
        cell = self._grid.cells(row).get(number) or self._grid.from_above(row).get(number)
        if cell is None and number in self._groups and self._has_key(row):
            above = self._above.get(number)
            if above is None or self._groups[number] is Group.SURE:
                return above
            line.filled.add(column.path or "")
            line.problems.append(
                Problem(
                    row,
                    column.letter,
                    "",
                    "空欄が上の行と同じという意味かどうか分かりません。",
                    "同じなら「同上」、何もなければ「－」と書いてください。",
                    certain=False,
                    asks=Asks.GROUP,
                )
            )
            return None
        if cell is not None and not self._means_itself(cell) and cells.is_ditto(cell):
            above = self._above.get(number)
            if above is None:
                line.problems.append(
                    Problem(
                        row,
                        column.letter,
                        cell.shown,
                        "何と同じなのか分かりません。" if self._apart else "上の行に値がありません。",
                        "値を書いてください。",
                        certain=True,
                    )
                )
            return above
        if cell is None:
            if number not in self._groups:
                self._above.pop(number, None)
            return None
        if not self._apart:
            self._above[number] = cell
        return cell

    def _means_itself(self, cell: Cell) -> bool:
        """Whether this program or an answer wrote the text: what it seems to be is asked of no longer."""
        return self._literal or isinstance(cell.value, Meant)

    def _has_key(self, row: int) -> bool:
        """Whether the row tells of a record of its own, and not only more of the one above."""
        held = self._grid.cells(row)
        return any(column.path in self._spec.key and column.number in held for column in self._mapped)

    def _read(self, cell: Cell, column: Column) -> Sequence[tuple[str, Found]]:
        """What a cell says of the fields of its column; the same words of a column are read once."""
        key = (column.number, cell.shown, type(cell.value), cell.value, cell.struck)
        found = self._known.get(key)
        if found is None:
            found = tuple(self._found(cell, column))
            # A list in an entry belongs to that entry alone.
            if not any(isinstance(one, Sure) and isinstance(one.value, list) for _, one in found):
                self._known[key] = found
        return found

    def _found(self, cell: Cell, column: Column) -> Iterator[tuple[str, Found]]:
        path = _NOTE if column.path == INTO_NOTE else column.path or ""
        target = self._words.targets["maker" if path == MAKER_AND_MODEL else path]
        literal = self._means_itself(cell)
        if not literal and (doubt := doubts.of(cell, target, self._spec)) is not None:
            yield target.path, doubt
            return
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
        found = cells.read(cell, target, self._words, literal=literal)
        yield path, found if literal else units.under(column.title, cell, target, found)

    def _take(self, line: Line, path: str, found: Found, cell: Cell, column: Column) -> None:
        if isinstance(found, Sure):
            self._put(line, path, found, cell, column)
        elif isinstance(found, Blank):
            line.blank.add(column.number)
        else:
            line.filled.add(path)
            certain = isinstance(found, Wrong)
            line.problems.append(
                Problem(line.row, column.letter, cell.shown, found.reason, found.advice, certain=certain)
            )

    def _put(self, line: Line, path: str, found: Sure, cell: Cell, column: Column) -> None:
        """Enter a value: beside what the other column of a name says, or below what 備考 holds already."""
        value = found.value
        if column.part and path in line.entry:
            value = f"{line.entry[path]}　{value}"
        if column.path == INTO_NOTE:
            value = f"{column.title or column.letter + '列'}：{value}"
        if path == _NOTE and path in line.entry:
            value = f"{line.entry[path]}\n{value}"
        put(line, path, value, self._words, (line.row, column.letter, cell.shown))
        if found.unit:
            line.units[path.rpartition(".")[0] + ("." if "." in path else "") + "unit"] = found.unit

    def _goes_on(self, line: Line, more: Line) -> bool:
        """Whether ``more`` tells of further nested rows of the record of ``line``."""
        nested = {path for path in more.filled if "." in path}
        own = {path for path in more.filled if "." not in path}
        if not nested:
            return False
        if not own:
            return True
        return bool(self._keys) and all(
            name in more.entry and alike(str(more.entry[name])) == alike(str(line.entry.get(name, "")))
            for name in self._keys
        )


def _is_whole(cell: Cell) -> bool:
    return isinstance(cell.value, int) or cell.shown.strip().isdecimal()
