"""Cells that repeat downwards for a list: the form's own rows, and what goes beyond them for a 別紙.

No row is ever pushed down: merged cells, print areas, drop-downs, drawings and formulas stay where they are.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from app.exchange.filling import spans
from app.exchange.filling.book.boxes import Box, Boxes
from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.sheets import Area, At, S, Sheet, ref_of
from app.exchange.filling.package import Node
from app.exchange.filling.values import Named, alike, bare, several_lists


@dataclass(slots=True)
class Target:
    """A cell of the first row that lists fill: the column placed on it, or None where its own words say so.

    ``content``: what the first row has there; ``says``: its own words, and the names among them.
    """

    column: int
    placed: Named | None
    listed: list[Named]
    content: Node | None
    says: tuple[str, list[str]]
    style: str
    boxes: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class Overflow:
    """What a list has beyond the rows of the form: from entry ``begin`` (from 0) on."""

    sheet: Sheet
    row: int
    begin: int
    count: int
    targets: list[Target] = field(default_factory=list)


def fill_rows(cells: Cells, boxes: Boxes, sheet: Sheet) -> list[Overflow]:
    """Fill every row of ``sheet`` that names a list; what is left over."""
    found = []
    rows: dict[int, list[At]] = {}
    for at in sheet.cells:
        rows.setdefault(at[0], []).append(at)
    for row in sorted(rows):
        targets = _targets(cells, boxes, sheet, rows[row])
        if targets:
            left = _fill(cells, boxes, sheet, row, targets)
            if left is not None:
                found.append(left)
    return found


def _targets(cells: Cells, boxes: Boxes, sheet: Sheet, row: list[At]) -> list[Target]:
    found = []
    for at in row:
        placed = cells.finder.at(place_id(sheet, at))
        if (sheet.part, at) in cells.listed or sheet.is_covered(at):
            continue
        text = cells.book.text(sheet.cells[at])
        names = [
            named
            for span in spans.spans(text)
            if (named := cells.finder.braced(span.name, where(sheet, at))) is not None and named.of
        ]
        if placed is not None and placed.of:
            names = [placed]
        else:
            placed = None
        if names or (boxes.placed_in(sheet, at) and placed is None):
            string = cells.book.string(sheet.cells[at])
            content = None if placed is not None else deepcopy(string)
            style = sheet.cells[at].get("s", "")
            found.append(Target(at[1], placed, names, content, _says(text), style))
    if not any(one.listed for one in found):
        return []
    for target in found:
        target.boxes = boxes.take(sheet, (row[0][0], target.column))
    return found


def _says(text: str) -> tuple[str, list[str]]:
    return bare(text), [span.name for span in spans.spans(text)]


def place_id(sheet: Sheet, at: At) -> str:
    """How placements call a cell: 様式!B5."""
    return f"{sheet.name}!{ref_of(at)}"


def _fill(cells: Cells, boxes: Boxes, sheet: Sheet, row: int, targets: list[Target]) -> Overflow | None:
    listed = [named for target in targets for named in target.listed]
    count = max(len(named.texts) for named in listed)
    lists = sorted({named.of for named in listed})
    if len(lists) > 1:
        # Two tables may lie side by side on a sheet: people have to look.
        said = several_lists(f"{where(sheet, (row, targets[0].column))}の行", lists)
        cells.finder.outcome.remarks.append(
            f"{said}。同じ行に並ぶ内容が1人・1件のものになるか確かめてください。"
        )
    free = _free(cells, sheet, row, targets)
    for entry, at_row in enumerate(free):
        for at in [one for one in sheet.cells if one[0] == at_row]:
            own = boxes.take(sheet, at)
            if entry < max(count, 1) and at[1] not in {one.column for one in targets}:
                boxes.tick_row(sheet, at, own, (listed[0].of, entry))
        for target in targets:
            at = (at_row, target.column)
            cells.listed.add((sheet.part, at))
            if entry < max(count, 1):
                _put(cells, boxes, sheet, at, target, (listed[0].of, entry))
            elif spans.spans(cells.book.text(sheet.cells.get(at))):
                cells.emptied(sheet, at)
    if not count:
        cells.finder.outcome.unfilled.append(
            f"{where(sheet, (row, targets[0].column))}から：該当するものがありません。"
        )
    if count <= len(free):
        return None
    return Overflow(sheet, row, len(free), count, targets)


def _put(cells: Cells, boxes: Boxes, sheet: Sheet, at: At, target: Target, entry: tuple[str, int]) -> None:
    number = entry[1]
    if target.placed is not None:
        if number < len(target.placed.texts):
            cells.write(sheet, at, target.placed, target.placed.texts[number])
        return
    cell = sheet.made(at)
    if _says(cells.book.text(cell)) != target.says and target.content is not None:
        held = cells.book.own_string(cell)
        for one in list(held):
            held.remove(one)
        held.extend(deepcopy(one) for one in target.content if one.tag not in (f"{S}rPh", f"{S}phoneticPr"))
    boxes.tick_row(sheet, at, target.boxes, entry)
    if target.says[1]:
        cells.braces(sheet, at, number)


def _free(cells: Cells, sheet: Sheet, row: int, targets: list[Target]) -> list[int]:
    """The first row, and those below it that the form has ruled for further entries."""
    step = max(_height(sheet, (row, one.column)) for one in targets)
    found = [row]
    below = row + step
    filled = {one.column for one in targets}
    while all(_waits(cells, sheet, row, below, one) for one in targets) and _goes_on(
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


def _waits(cells: Cells, sheet: Sheet, row: int, below: int, target: Target) -> bool:
    first, at = (row, target.column), (below, target.column)
    cell = sheet.cells.get(at)
    if cell is None or sheet.is_covered(at) or cell.find(f"{S}f") is not None:
        return False
    if _shape(sheet.area(first)) != _shape(sheet.area(at)):
        return False
    # Somebody who points at each row by itself means the list all the same, and not its beginning twice.
    placed = cells.finder.at(place_id(sheet, at))
    if placed is not None and (target.placed is None or placed.name != target.placed.name):
        return False
    text = cells.book.text(cell)
    if text.strip() if target.placed is not None else bare(text) not in ("", target.says[0]):
        return False
    looks = cells.book.looks
    model = sheet.cells[first]
    return looks.of(cell).ruled if looks.of(model).ruled else cell.get("s") == model.get("s")


def _shape(area: Area | None) -> tuple[int, int]:
    return (0, 0) if area is None else (area.bottom - area.top, area.right - area.left)
