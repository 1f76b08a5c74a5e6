"""Cells that repeat downwards for a list: the form's own rows, and what goes beyond them for a 別紙.

No row is ever pushed down: merged cells, print areas, drop-downs, drawings and formulas stay where they are.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from app.exchange.filling import spans
from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.sheets import Area, At, S, Sheet, ref_of
from app.exchange.filling.package import Node
from app.exchange.filling.values import NAME, Named, alike


@dataclass(slots=True)
class Target:
    """A cell of the first row: the column placed on it, or None where braces in it say so (``content``)."""

    column: int
    placed: Named | None
    listed: list[Named]
    content: Node | None
    style: str
    width: float = 0


@dataclass(slots=True)
class Overflow:
    """What a list has beyond the rows of the form: from entry ``begin`` (from 0) on."""

    sheet: Sheet
    row: int
    begin: int
    count: int
    targets: list[Target] = field(default_factory=list)


def fill_rows(cells: Cells, sheet: Sheet) -> list[Overflow]:
    """Fill every row of ``sheet`` that names a list; what is left over."""
    found = []
    for row in sorted({at[0] for at in sheet.cells}):
        targets = _targets(cells, sheet, row)
        if targets:
            left = _fill(cells, sheet, row, targets)
            if left is not None:
                found.append(left)
    return found


def _targets(cells: Cells, sheet: Sheet, row: int) -> list[Target]:
    found = []
    for at in [one for one in sheet.cells if one[0] == row]:
        if (sheet.part, at) in cells.done or sheet.is_covered(at):
            continue
        cell = sheet.cells[at]
        placed = cells.finder.at(place_id(sheet, at))
        names = [
            named
            for span in spans.spans(cells.book.text(cell))
            if (named := cells.finder.braced(span.name, where(sheet, at))) is not None and named.of
        ]
        if placed is not None and placed.of:
            names = [placed]
        if names:
            content = None if placed is not None and placed.of else cells.book.string(cell)
            held = deepcopy(content) if content is not None else None
            found.append(Target(at[1], placed if held is None else None, names, held, cell.get("s", "")))
    return found


def place_id(sheet: Sheet, at: At) -> str:
    """How placements call a cell: 様式!B5."""
    return f"{sheet.name}!{ref_of(at)}"


def _fill(cells: Cells, sheet: Sheet, row: int, targets: list[Target]) -> Overflow | None:
    count = max(len(named.texts) for target in targets for named in target.listed)
    free = _free(cells, sheet, row, targets)
    for entry, at_row in enumerate(free):
        for target in targets:
            _put(cells, sheet, (at_row, target.column), target, entry)
    if not count:
        cells.finder.outcome.unfilled.append(
            f"{where(sheet, (row, targets[0].column))}から：該当するものがありません。"
        )
    if count <= len(free):
        return None
    return Overflow(sheet, row, len(free), count, targets)


def _put(cells: Cells, sheet: Sheet, at: At, target: Target, entry: int) -> None:
    if target.placed is not None:
        texts = target.placed.texts
        if entry < len(texts):
            cells.write(sheet, at, target.placed, texts[entry])
        return
    if entry >= max(len(named.texts) for named in target.listed) and entry:
        if spans.spans(cells.book.text(sheet.cells.get(at))):
            cells.braces(sheet, at, entry)  # a row that the form gives the same names, and nothing for it
        return
    cell = sheet.made(at)
    if entry and target.content is not None:
        held = cells.book.own_string(cell)
        for one in list(held):
            held.remove(one)
        held.extend(deepcopy(one) for one in target.content if one.tag not in (f"{S}rPh", f"{S}phoneticPr"))
    cells.braces(sheet, at, entry)


def _free(cells: Cells, sheet: Sheet, row: int, targets: list[Target]) -> list[int]:
    """The first row, and those below it that the form has ruled for further entries."""
    step = max(_height(sheet, (row, one.column)) for one in targets)
    found = [row]
    below = row + step
    filled = {one.column for one in targets}
    while all(_waits(cells, sheet, (row, one.column), (below, one.column)) for one in targets) and _goes_on(
        cells, sheet, row, below, filled
    ):
        found.append(below)
        below += step
    return found


def _goes_on(cells: Cells, sheet: Sheet, row: int, below: int, filled: set[int]) -> bool:
    text = cells.book.text
    return all(
        alike(text(sheet.cells.get((row, at[1]))), text(cell))
        for at, cell in sheet.cells.items()
        if at[0] == below and at[1] not in filled
    )


def _height(sheet: Sheet, at: At) -> int:
    area = sheet.area(at)
    return 1 if area is None else area.bottom - area.top + 1


def _waits(cells: Cells, sheet: Sheet, first: At, at: At) -> bool:
    cell = sheet.cells.get(at)
    if cell is None or sheet.is_covered(at) or cell.find(f"{S}f") is not None:
        return False
    if _shape(sheet.area(first)) != _shape(sheet.area(at)):
        return False
    if NAME.sub("", cells.book.text(cell)).strip():
        return False
    looks = cells.book.looks
    model = sheet.cells[first]
    return looks.of(cell).ruled if looks.of(model).ruled else cell.get("s") == model.get("s")


def _shape(area: Area | None) -> tuple[int, int]:
    return (0, 0) if area is None else (area.bottom - area.top, area.right - area.left)
