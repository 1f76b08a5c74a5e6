"""別紙: a further sheet of the workbook for what a list has beyond the rows of the form."""

from __future__ import annotations

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.book.boxes import Boxes
from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.rows import Overflow, Target
from app.exchange.filling.book.sheets import RID, Area, S, escaped, letters, texts
from app.exchange.filling.package import OVERRIDE, RELATIONS, TYPES, Node, serialized
from app.exchange.filling.values import BOXES, SEPARATOR, Put

_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET = "別紙"
_MAIN = S.strip("{}")


def add_sheets(cells: Cells, boxes: Boxes, left: list[Overflow]) -> dict[str, bytes]:
    """One further sheet for each list that is longer than the form; the parts that are new or other now."""
    book = cells.book
    if not left:
        return {}
    package = book.package
    folder, _slash, bare = book.part.rpartition("/")
    rels = f"{folder}/_rels/{bare}.rels" if folder else f"_rels/{bare}.rels"
    links, types = package.xml(rels), package.xml(TYPES)
    made: dict[str, bytes] = {}
    names = {one.get("name", "").casefold() for one in book.root.iter(f"{S}sheet")}
    for number, one in enumerate(left, 1):
        name = _unused(names, _SHEET if len(left) == 1 else f"{_SHEET}{number}")
        path = _unused({part.casefold() for part in (*package.parts, *made)}, "worksheets/further", folder)
        made[f"{folder}/{path}.xml" if folder else f"{path}.xml"] = _sheet(cells, boxes, one, name)
        key = _unused({link.get("Id", "").casefold() for link in links}, "rIdFurther")
        etree.SubElement(links, RELATIONS, Id=key, Type=_WORKSHEET, Target=f"{path}.xml")
        part = f"/{folder}/{path}.xml" if folder else f"/{path}.xml"
        etree.SubElement(types, OVERRIDE, PartName=part, ContentType=_TYPE)
        sheets = book.root.find(f"{S}sheets")
        last = max(int(sheet.get("sheetId", 0)) for sheet in sheets)
        etree.SubElement(sheets, f"{S}sheet", {"name": name, "sheetId": str(last + 1), RID: key})
        cells.finder.outcome.remarks.append(
            f"{where(one.sheet, (one.row, one.targets[0].column))}からの行が足りないため、"
            f"{one.begin + 1}件目から{one.count}件目までをシート「{name}」に記入しました。"
            + ("シートの計算式には、別紙の分が含まれません。" if book.has_formulas else "")
        )
    return made | {rels: serialized(links), TYPES: serialized(types)}


def _unused(taken: set[str], wanted: str, folder: str = "") -> str:
    """``wanted``, with a number where another has that name; what is given is taken from now on."""
    name, number = wanted, 1
    while _full(name, folder).casefold() in taken:
        number += 1
        name = f"{wanted}{number}"
    taken.add(name.casefold())
    return name


def _full(name: str, folder: str) -> str:
    return f"{folder}/{name}.xml" if folder else name


def _called(target: Target) -> str:
    """The name of what a column is filled with."""
    if target.listed:
        return target.listed[0].name
    return "・".join(f"チェック「{box.caption}」" for box in target.boxes)


def _sheet(cells: Cells, boxes: Boxes, left: Overflow, name: str) -> bytes:
    root = etree.Element(f"{S}worksheet", nsmap={None: _MAIN})
    setting = etree.SubElement(root, f"{S}sheetPr")
    etree.SubElement(setting, f"{S}pageSetUpPr", fitToPage="1")
    etree.SubElement(root, f"{S}sheetFormatPr", defaultRowHeight="18.75")
    columns = etree.SubElement(root, f"{S}cols")
    for at, target in enumerate(left.targets, 1):
        width = _width(left, target)
        etree.SubElement(columns, f"{S}col", min=str(at), max=str(at), width=f"{width:.2f}", customWidth="1")
    data = etree.SubElement(root, f"{S}sheetData")
    listed = next(named.of for target in left.targets for named in target.listed)
    _row(data, 1, [(f"{_SHEET}　{listed}（{left.begin + 1}件目から）", "")])
    _row(data, 2, [_head(cells, left, target) for target in left.targets])
    for entry in range(left.begin, left.count):
        number = entry - left.begin + 3
        told = []
        for at, target in enumerate(left.targets, 1):
            place = f"シート「{name}」の{letters(at)}{number}"
            text = _text(cells, boxes, target, (listed, entry), place)
            told.append((text, target.style))
            if text:
                cells.finder.outcome.put.append(Put(place, _called(target), text, left.sheet.part))
        _row(data, number, told)
    etree.SubElement(
        root, f"{S}pageMargins", left="0.6", right="0.6", top="0.7", bottom="0.7", header="0.3", footer="0.3"
    )
    etree.SubElement(root, f"{S}pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
    return serialized(root)


def _row(data: Node, number: int, told: list[tuple[str, str]]) -> None:
    row = etree.SubElement(data, f"{S}row", r=str(number))
    for at, (text, style) in enumerate(told, 1):
        cell = etree.SubElement(row, f"{S}c", r=f"{letters(at)}{number}", t="inlineStr")
        if style:
            cell.set("s", style)
        held = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
        spans.set_text(held, escaped(text))


def _head(cells: Cells, left: Overflow, target: Target) -> tuple[str, str]:
    """What stands above the column in the form, looking as there; else the name of the column."""
    for row in range(left.row - 1, max(0, left.row - 4), -1):
        area = left.sheet.area((row, target.column))
        at = (area.top, area.left) if area is not None else (row, target.column)
        cell = left.sheet.cells.get(at)
        if cell is None or (left.sheet.part, at) in cells.done or cells.book.string(cell) is None:
            continue  # a value is no heading
        if text := cells.book.text(cell).strip():
            return text, cell.get("s", "")
    return target.listed[0].name.rpartition(SEPARATOR)[2] if target.listed else "", target.style


def _text(cells: Cells, boxes: Boxes, target: Target, row: tuple[str, int], place: str) -> str:
    """What a column says of one entry, as in the form; a box has its caption behind it there."""
    if target.content is None:
        return target.listed[0].text(row[1])
    text = "".join(piece.text for piece in texts(target.content))
    spots = [at for at, sign in enumerate(text) if sign in BOXES]
    for box, at in reversed(list(zip(target.boxes, spots, strict=False))):
        on = boxes.ticked(box, row)
        sign = text[at] if on is None else boxes.sign if on else box.empty
        text = text[:at] + sign + (box.caption if box.alone else "") + text[at + 1 :]
    for span in reversed(spans.spans(text)):
        named = cells.finder.braced(span.name, place)
        if named is not None:
            text = text[: span.start] + named.text(row[1]) + text[span.end :]
    return text


def _width(left: Overflow, target: Target) -> float:
    area = left.sheet.area((left.row, target.column)) or Area(0, target.column, 0, target.column)
    held = {}
    for one in left.sheet.root.iterfind(f"{S}cols/{S}col"):
        for number in range(int(one.get("min", 1)), min(int(one.get("max", 1)), area.right) + 1):
            held[number] = float(one.get("width") or 9.14)
    return sum(held.get(number, 9.14) for number in range(area.left, area.right + 1))
