"""A row that repeats for a list: the form's own blank rows first, then rows like the last of them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from app.exchange.filling import spans
from app.exchange.filling.package import Node
from app.exchange.filling.values import Finder, Named, Put, alike, bare, several_lists
from app.exchange.filling.word.boxes import Boxes
from app.exchange.filling.word.copying import another, without_marks
from app.exchange.filling.word.stories import Box, Table, children, where
from app.exchange.filling.word.text import (
    TBL,
    TC,
    P,
    W,
    own_paragraphs,
    paragraph_text,
    replace_span,
    text_in,
    write_holder,
)

_BLANK = f"{W}tcPr"


@dataclass(frozen=True, slots=True)
class Filling:
    """What filling a document works with; ``done``: paragraphs that are never read for names again."""

    tables: list[Table]
    finder: Finder
    boxes: Boxes
    done: set[Node]


@dataclass(slots=True)
class _Target:
    """A cell of the first row that lists fill: the column placed on it, or None where its own words say so.

    ``content``: what the first row has there; ``says``: its own words, and the names among them.
    """

    column: int
    placed: Named | None
    content: list[Node]
    says: tuple[str, list[str]]
    boxes: list[Box] = field(default_factory=list)


def fill_rows(held: Filling, table: Table) -> None:
    """Fill every row of ``table`` that names a list, its copies in the same way."""
    for at in range(len(table.rows)):
        targets = _targets(held, table, at)
        if targets:
            for copy, node in enumerate((table.node, *table.copies)):
                rows = table.rows if copy == 0 else [list(children(r, TC)) for r in children(node, f"{W}tr")]
                _fill(_Rows(held, table, rows, told=copy == 0), at, targets)


def _targets(held: Filling, table: Table, at: int) -> list[_Target]:
    found, lists = [], 0
    for column, cell in enumerate(table.rows[at]):
        placed = held.finder.at(_place(table, at, column))
        if any(one in held.done for one in own_paragraphs(cell)):
            continue
        listed = placed is not None and bool(placed.of)
        braced = _names_in(cell, held, where(table.story, cell, [table]))
        lists += listed or any(one.of for one in braced)
        if listed or any(one.of for one in braced) or held.boxes.placed_in(cell):
            content = [deepcopy(one) for one in cell if one.tag != _BLANK]
            found.append(_Target(column, placed if listed else None, content, _says(cell)))
    if not lists:
        return []
    for target in found:
        target.boxes = held.boxes.take(table.rows[at][target.column])
    return found


def _says(cell: Node) -> tuple[str, list[str]]:
    text = text_in(cell)
    return bare(text), [span.name for span in spans.spans(text)]


def _place(table: Table, at: int, column: int) -> str:
    return f"表{table.number}:{at + 1}:{column + 1}"


def _names_in(cell: Node, held: Filling, place: str) -> list[Named]:
    names = (span.name for one in own_paragraphs(cell) for span in spans.spans(paragraph_text(one)))
    return [found for name in names if (found := held.finder.braced(name, place)) is not None]


@dataclass(slots=True)
class _Rows:
    filling: Filling
    table: Table
    cells: list[list[Node]]
    told: bool
    """Whether what is found out is said: of a copy it has been said already."""


def _fill(held: _Rows, at: int, targets: list[_Target]) -> None:
    columns = [named for target in targets for named in _columns(held, at, target)]
    lists = {named.of for named in columns}
    if len(lists) > 1:
        # Whoever reads the row takes its cells for one person or thing.
        said = several_lists(f"表{held.table.number}の{at + 1}行目", sorted(lists))
        held.filling.finder.outcome.lost.append(f"{said}。1つの一覧にそろえてください。")
    count = max((len(named.texts) for named in columns), default=0)
    free = _free(held, at, targets)
    last = held.cells[at]
    added = 0
    for entry in range(max(count, len(free))):
        if entry < len(free):
            row = held.cells[at + entry]
        else:
            row, added = another(last, {one.column for one in targets}), added + 1
        if entry < max(count, 1):
            _fill_row(held, row, targets, (columns[0].of, entry), at)
        else:
            _clear(held, row, targets)
        last = row
    outcome = held.filling.finder.outcome
    if added and held.told:
        outcome.remarks.append(f"表{held.table.number}は様式の行が足りないため、{added}行を追加しました。")
    if not count and held.told:
        outcome.unfilled.append(f"表{held.table.number}の{at + 1}行目：該当するものがありません。")


def _columns(held: _Rows, at: int, target: _Target) -> list[Named]:
    if target.placed is not None:
        return [target.placed]
    cell = held.cells[at][target.column]
    place = where(held.table.story, cell, held.filling.tables)
    return [one for one in _names_in(cell, held.filling, place) if one.of]


def _free(held: _Rows, at: int, targets: list[_Target]) -> list[int]:
    """The first row and those below it that wait for entries: same cells, nothing in those to be filled."""
    found = [at]
    shape = len(held.cells[at])
    columns = {one.column for one in targets}
    for below in range(at + 1, len(held.cells)):
        row = held.cells[below]
        if len(row) != shape or not all(_waits(held, below, row[one.column], one) for one in targets):
            break
        if not all(
            alike(text_in(first), text_in(cell))
            for column, (first, cell) in enumerate(zip(held.cells[at], row, strict=True))
            if column not in columns
        ):
            break
        found.append(below)
    return found


def _waits(held: _Rows, row: int, cell: Node, target: _Target) -> bool:
    if next(cell.iter(TBL), None) is not None:
        return False
    # Somebody who points at each row by itself means the list all the same, and not its beginning twice.
    placed = held.filling.finder.at(_place(held.table, row, target.column))
    if placed is not None:
        return target.placed is not None and placed.name == target.placed.name
    if target.placed is not None:
        return not text_in(cell).strip()
    return bare(text_in(cell)) in ("", target.says[0])


def _fill_row(held: _Rows, row: list[Node], targets: list[_Target], entry: tuple[str, int], at: int) -> None:
    """One entry into its row, with every box there: none of them is asked of the whole list any more."""
    boxes, number = held.filling.boxes, entry[1]
    by_column = {one.column: one for one in targets}
    for column, cell in enumerate(row):
        own = boxes.take(cell)
        place = where(held.table.story, cell, held.filling.tables) if number == 0 else ""
        place = place or f"表{held.table.number}の{at + number + 1}行目・{column + 1}列目"
        if column in by_column:
            _put(held, cell, by_column[column], entry, place)
        else:
            boxes.tick_row(cell, own, entry, place if held.told else "")


def _clear(held: _Rows, row: list[Node], targets: list[_Target]) -> None:
    """A row of the form that no entry is left for: no name stays in it, and no list begins in it anew."""
    for cell in row:
        held.filling.boxes.take(cell)
    for target in targets:
        for paragraph in own_paragraphs(row[target.column]):
            for span in reversed(spans.spans(paragraph_text(paragraph))):
                replace_span(paragraph, span.start, span.end, "")
            held.filling.done.add(paragraph)


def _as_first(cell: Node, target: _Target) -> None:
    """Let a cell say what that of the first row said before it was filled."""
    for one in [one for one in cell if one.tag != _BLANK]:
        cell.remove(one)
    for one in target.content:
        made = deepcopy(one)
        without_marks(made)
        cell.append(made)


def _put(held: _Rows, cell: Node, target: _Target, entry: tuple[str, int], place: str) -> None:
    number = entry[1]
    if target.placed is not None:
        named = target.placed
        text = named.text(number)
        held.filling.done.add(write_holder(cell, text))
        _note(held, place, named, text)
        return
    if _says(cell) != target.says:
        _as_first(cell, target)
    held.filling.boxes.tick_row(cell, target.boxes, entry, place if held.told else "")
    for paragraph in cell.iter(P):
        _put_braced(held, paragraph, number, place)
        held.filling.done.add(paragraph)


def _put_braced(held: _Rows, paragraph: Node, entry: int, place: str) -> None:
    for span in reversed(spans.spans(paragraph_text(paragraph))):
        named = held.filling.finder.braced(span.name, place)
        if named is None:
            continue
        text = named.text(entry)
        replace_span(paragraph, span.start, span.end, text)
        _note(held, place, named, text)


def _note(held: _Rows, place: str, named: Named, text: str) -> None:
    if held.told and text:
        held.filling.finder.outcome.put.append(Put(place, named.name, text, held.table.story.part))
