"""A row that repeats for a list: the form's own blank rows first, then rows like the last of them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from app.exchange.filling import spans
from app.exchange.filling.package import Node
from app.exchange.filling.values import NAME, Finder, Named, Put, alike
from app.exchange.filling.word.stories import Table, children, where
from app.exchange.filling.word.text import (
    SDT_PR,
    TBL,
    TC,
    W14,
    P,
    W,
    own_paragraphs,
    paragraph_text,
    replace_span,
    text_in,
    write_holder,
    write_paragraph,
)

_BLANK = f"{W}tcPr"
_TWICE = {f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd"}
"""What a document has once, so that no copy of a row may have it too."""
Written = Callable[[Node], None]
"""Takes note of a paragraph that is done: values are never read for names again."""


@dataclass(slots=True)
class _Target:
    """A cell of the first row that lists fill: the column placed on it, or None where braces say so."""

    column: int
    placed: Named | None
    content: list[Node]


def fill_rows(table: Table, all_tables: list[Table], finder: Finder, done: Written) -> None:
    """Fill every row of ``table`` that names a list, its copies in the same way."""
    for at in range(len(table.rows)):
        targets = _targets(table, at, finder)
        if targets:
            for copy, node in enumerate((table.node, *table.copies)):
                rows = table.rows if copy == 0 else [list(children(r, TC)) for r in children(node, f"{W}tr")]
                _fill(_Rows(table, all_tables, finder, done, rows, told=copy == 0), at, targets)


def _targets(table: Table, at: int, finder: Finder) -> list[_Target]:
    found = []
    for column, cell in enumerate(table.rows[at]):
        placed = finder.at(f"表{table.number}:{at + 1}:{column + 1}")
        braced = _names_in(cell, finder, where(table.story, cell, [table]))
        if (placed is not None and placed.of) or any(one.of for one in braced):
            content = [deepcopy(one) for one in cell if one.tag != _BLANK]
            found.append(_Target(column, placed if placed is not None and placed.of else None, content))
    return found


def _names_in(cell: Node, finder: Finder, place: str) -> list[Named]:
    names = (span.name for one in own_paragraphs(cell) for span in spans.spans(paragraph_text(one)))
    return [found for name in names if (found := finder.braced(name, place)) is not None]


@dataclass(slots=True)
class _Rows:
    table: Table
    all_tables: list[Table]
    finder: Finder
    done: Written
    cells: list[list[Node]]
    told: bool
    """Whether what is found out is said: of a copy it has been said already."""


def _fill(held: _Rows, at: int, targets: list[_Target]) -> None:
    columns = [named for target in targets for named in _columns(held, at, target)]
    count = max((len(named.texts) for named in columns), default=0)
    free = _free(held, at, targets)
    last = held.cells[at]
    added = 0
    for entry in range(max(count, 1)):
        if entry < len(free):
            row = held.cells[at + entry]
        else:
            row, added = _another(last, {one.column for one in targets}), added + 1
        for target in targets:
            _put(held, row, target, entry, at)
        last = row
    if added and held.told:
        held.finder.outcome.remarks.append(
            f"表{held.table.number}は様式の行が足りないため、{added}行を追加しました。"
        )
    if not count and held.told:
        held.finder.outcome.unfilled.append(
            f"表{held.table.number}の{at + 1}行目：該当するものがありません。"
        )


def _columns(held: _Rows, at: int, target: _Target) -> list[Named]:
    if target.placed is not None:
        return [target.placed]
    cell = held.cells[at][target.column]
    place = where(held.table.story, cell, held.all_tables)
    return [one for one in _names_in(cell, held.finder, place) if one.of]


def _free(held: _Rows, at: int, targets: list[_Target]) -> list[int]:
    """The first row and those below it that wait for entries: same cells, nothing in those to be filled."""
    found = [at]
    shape = len(held.cells[at])
    for below in range(at + 1, len(held.cells)):
        row = held.cells[below]
        if len(row) != shape or not all(_waits(row[one.column], one) for one in targets):
            break
        if not all(
            alike(text_in(first), text_in(cell))
            for column, (first, cell) in enumerate(zip(held.cells[at], row, strict=True))
            if column not in {one.column for one in targets}
        ):
            break
        found.append(below)
    return found


def _waits(cell: Node, target: _Target) -> bool:
    if next(cell.iter(TBL), None) is not None:
        return False
    text = text_in(cell)
    return not NAME.sub("", text).strip() if target.placed is None else not text.strip()


def _another(last: list[Node], filled: set[int]) -> list[Node]:
    """A row like ``last`` below it: merged cells go on, running numbers go on."""
    old = last[0]
    while old.tag != f"{W}tr":
        old = old.getparent()
    row = deepcopy(old)
    _without_marks(row)
    old.addnext(row)
    cells = list(children(row, TC))
    for column, cell in enumerate(cells):
        if column in filled:
            continue
        merge = cell.find(f"{_BLANK}/{W}vMerge")
        if merge is not None:
            merge.attrib.pop(f"{W}val", None)
            for paragraph in own_paragraphs(cell):
                write_paragraph(paragraph, "")
        elif (text := text_in(cell).strip()).isdecimal():
            write_holder(cell, str(int(text) + 1))
    return cells


def _without_marks(row: Node) -> None:
    """Take out of a copied row what a document may have only once."""
    for node in list(row.iter()):
        if node.tag in _TWICE or (node.tag == f"{W}id" and node.getparent().tag == SDT_PR):
            node.getparent().remove(node)
        for name in (f"{W14}paraId", f"{W14}textId"):
            node.attrib.pop(name, None)


def _put(held: _Rows, row: list[Node], target: _Target, entry: int, at: int) -> None:
    cell = row[target.column]
    place = where(held.table.story, cell, [*held.all_tables]) if entry == 0 else ""
    place = place or f"表{held.table.number}の{at + entry + 1}行目・{target.column + 1}列目"
    if target.placed is not None:
        named = target.placed
        text = named.text(entry)
        held.done(write_holder(cell, text))
        _note(held, place, named, text)
        return
    if entry:
        # Every row says what the first said before it was filled.
        for one in [one for one in cell if one.tag != _BLANK]:
            cell.remove(one)
        cell.extend(deepcopy(one) for one in target.content)
    for paragraph in cell.iter(P):
        _put_braced(held, paragraph, entry, place)
        held.done(paragraph)


def _put_braced(held: _Rows, paragraph: Node, entry: int, place: str) -> None:
    for span in reversed(spans.spans(paragraph_text(paragraph))):
        named = held.finder.braced(span.name, place)
        if named is None:
            continue
        text = named.text(entry)
        replace_span(paragraph, span.start, span.end, text)
        _note(held, place, named, text)


def _note(held: _Rows, place: str, named: Named, text: str) -> None:
    if held.told and text:
        held.finder.outcome.put.append(Put(place, named.name, text, held.table.story.part))
