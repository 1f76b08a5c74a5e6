"""Which sheet of a book is meant, and which tables stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.common import PeopleError
from app.exchange.json_text import shown
from app.exchange.sheets.book import Book, Sheet
from app.exchange.tables import head as heads
from app.exchange.tables.beside.words import HOLDING, USE, path_of, without, words_with
from app.exchange.tables.columns import Column, match
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head
from app.exchange.tables.mapping import Said
from app.exchange.tables.words import Words
from app.records import Spec
from app.records.spelling.fold import alike

_MOST_NAMED = 8
_OTHER_HEAD = 3
"""Titles that must be known before a row within a table begins another."""


@dataclass(frozen=True, slots=True)
class Table:
    """A head, its columns, and the filled rows below it; ``titled``: the rows of the next table's title."""

    head: Head
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    titled: tuple[int, ...] = ()


def chosen(book: Book, said: Said, words: Words) -> tuple[Sheet, Grid, Head]:
    """The sheet that is meant and its head. Raises ``PeopleError`` where that is not certain."""
    if said.sheet:
        sheet = _called(book, said.sheet)
        grid = Grid(sheet)
        return sheet, grid, _head(grid, said, words, f"シート「{shown(sheet.name)}」に")
    found = []
    for sheet in book.sheets:
        if not sheet.hidden and sheet.cells:
            grid = Grid(sheet)
            head = heads.at(grid, words, said.head) if said.head else heads.find(grid, words)
            if head is not None:
                found.append((head.known, sheet, grid, head))
    found.sort(key=lambda one: -one[0])
    if not found:
        raise _no_head("ファイルに" if len(book.sheets) != 1 or not book.sheets[0].name else "シートに")
    if len(found) > 1 and found[0][0] == found[1][0]:
        names = "」「".join(shown(one[1].name) for one in found if one[0] == found[0][0])
        raise PeopleError(
            f"取り込めるシートが「{names}」とあります。どのシートかを指定してください（--sheet）。"
        )
    return found[0][1:]


def _called(book: Book, name: str) -> Sheet:
    exact = [sheet for sheet in book.sheets if sheet.name == name]
    found = exact or [sheet for sheet in book.sheets if alike(sheet.name) == alike(name)]
    if len(found) == 1:
        return found[0]
    names = "」「".join(shown(sheet.name) for sheet in book.sheets[:_MOST_NAMED])
    raise PeopleError(f"シート「{shown(name)}」はありません。あるのは「{names}」です。")


def _head(grid: Grid, said: Said, words: Words, where: str) -> Head:
    head = heads.at(grid, words, said.head) if said.head else heads.find(grid, words)
    if head is None:
        raise _no_head(where)
    return head


def _no_head(where: str) -> PeopleError:
    return PeopleError(
        f"{where}項目の見出しの行が見つかりません。見出し（管理番号など）を1行に書くか、"
        "見出しの行と列の項目を指定してください（--map）。"
    )


def read(grid: Grid, head: Head, spec: Spec[Any], said: Said) -> tuple[Words, list[Table]]:
    """The tables under ``head``, and the words by which their columns are known.

    Without a column that says who uses a machine, where or for which contract, 使用開始日 is a day of the
    machine itself.
    """
    words = words_with(spec, said.making)
    found = list(tables(grid, head, words, said))
    paths = {column.path for table in found for column in table.columns}
    if not paths & HOLDING and any(path and path.startswith(path_of(USE, "")) for path in paths):
        found = list(tables(grid, head, without(words, USE), said))
    return words, found


def tables(grid: Grid, head: Head, words: Words, said: Said) -> Iterator[Table]:
    """The table under ``head``, and those under other heads further down on the sheet."""
    rows: list[int] = []
    for row in grid.filled():
        if row < head.below:
            continue
        other = None if said.head else _other(grid, head, row, words)
        if other is None:
            rows.append(row)
        else:
            last = len(rows)
            while last and len(grid.cells(rows[last - 1])) == 1:
                last -= 1
            yield replace(_table(grid, head, rows[:last], words, said), titled=tuple(rows[last:]))
            head, rows = other, []
    yield _table(grid, head, rows, words, said)


def _other(grid: Grid, head: Head, row: int, words: Words) -> Head | None:
    """Another head that begins in ``row``, unless it is the same once more."""
    # Most rows hold numbers: to look up every cell of a long table would be felt.
    held = grid.cells(row)
    bare = [cell for cell in held.values() if not any(sign.isdigit() for sign in cell.shown)]
    # Behind a gap or a title, two names of fields among nothing but words are enough: as a record, such
    # a head would put all rows below it into the columns of the table above.
    begins = len(grid.cells(row - 1)) <= 1 and len(bare) == len(held)
    least = heads.LEAST if begins else max(_OTHER_HEAD, (head.known + 1) // 2)
    if len(bare) < least:
        return None
    found = heads.at(grid, words, (row,))
    if found.known < least:
        return None
    same = sum(1 for column, titles in found.titles.items() if set(titles) & set(head.titles.get(column, ())))
    return None if same * 2 > len(found.titles) else found


def _table(grid: Grid, head: Head, rows: Sequence[int], words: Words, said: Said) -> Table:
    return Table(head, match(grid, head, rows, words, said.columns), tuple(rows))
