"""別紙: a further sheet of the workbook for what a list has beyond the rows of the form."""

from __future__ import annotations

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.rows import Overflow, Target
from app.exchange.filling.book.sheets import RID, Area, S, escaped, letters, texts
from app.exchange.filling.package import OVERRIDE, RELATIONS, TYPES, Node, serialized
from app.exchange.filling.values import Put

_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET = "別紙"
_MAIN = S.strip("{}")


def add_sheets(cells: Cells, left: list[Overflow]) -> dict[str, bytes]:
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
        made[f"{folder}/{path}.xml" if folder else f"{path}.xml"] = _sheet(cells, one, name)
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


def _sheet(cells: Cells, left: Overflow, name: str) -> bytes:
    root = etree.Element(f"{S}worksheet", nsmap={None: _MAIN})
    setting = etree.SubElement(root, f"{S}sheetPr")
    etree.SubElement(setting, f"{S}pageSetUpPr", fitToPage="1")
    etree.SubElement(root, f"{S}sheetFormatPr", defaultRowHeight="18.75")
    columns = etree.SubElement(root, f"{S}cols")
    for at, target in enumerate(left.targets, 1):
        width = _width(left, target)
        etree.SubElement(columns, f"{S}col", min=str(at), max=str(at), width=f"{width:.2f}", customWidth="1")
    data = etree.SubElement(root, f"{S}sheetData")
    listed = left.targets[0].listed[0].of
    _row(data, 1, [(f"{_SHEET}　{listed}（{left.begin + 1}件目から）", "")])
    _row(data, 2, [_head(cells, left, target) for target in left.targets])
    for entry in range(left.begin, left.count):
        number = entry - left.begin + 3
        told = [(_text(target, entry), target.style) for target in left.targets]
        _row(data, number, told)
        for at, (target, (text, _style)) in enumerate(zip(left.targets, told, strict=True), 1):
            if text:
                place = f"シート「{name}」の{letters(at)}{number}"
                cells.finder.outcome.put.append(Put(place, target.listed[0].name, text, left.sheet.part))
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
        if text := cells.book.text(cell).strip():
            return text, cell.get("s", "") if cell is not None else ""
    return target.listed[0].name.rpartition("／")[2], target.style


def _text(target: Target, entry: int) -> str:
    if target.content is None:
        return target.listed[0].text(entry)
    text = "".join(piece.text for piece in texts(target.content))
    values = {span.name: span for span in spans.spans(text)}
    for span, named in reversed(list(zip(values.values(), target.listed, strict=False))):
        text = text[: span.start] + named.text(entry) + text[span.end :]
    return text


def _width(left: Overflow, target: Target) -> float:
    area = left.sheet.area((left.row, target.column)) or Area(0, target.column, 0, target.column)
    held = {}
    for one in left.sheet.root.iterfind(f"{S}cols/{S}col"):
        for number in range(int(one.get("min", 1)), min(int(one.get("max", 1)), area.right) + 1):
            held[number] = float(one.get("width") or 9.14)
    return sum(held.get(number, 9.14) for number in range(area.left, area.right + 1))
