"""Values written into cells, and whether there is room for them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.book.sheets import (
    Area,
    At,
    Book,
    S,
    Sheet,
    escaped,
    ref_of,
    texts,
)
from app.exchange.filling.measuring import lines_of, width_of
from app.exchange.filling.package import Node
from app.exchange.filling.values import Finder, Named, Put

LONGEST = 32_767
"""Characters that Excel keeps in a cell; a longer text makes it repair the file."""
_LINE = 1.25
_USUAL_WIDTH, _USUAL_HEIGHT = 9.14, 18.75


def more(node: Node, text: str) -> Node:
    """In a cell a new line is a character."""
    node.text = f"{node.text or ''}\n{text}"
    return node


def where(sheet: Sheet, at: At) -> str:
    """Where a cell stands, in the words of people."""
    return f"シート「{sheet.name}」の{ref_of(at)}"


def refused(sheet: Sheet, at: At) -> str:
    """Why nothing is put into a cell; empty where it may be."""
    if sheet.is_worked_out(at):
        return f"{where(sheet, at)}には計算式があるため記入できません。別の欄に割り当ててください。"
    if any(one.holds(at) for one in sheet.headings):
        return (
            f"{where(sheet, at)}はExcelのテーブルの見出しのため記入できません。別の欄に割り当ててください。"
        )
    return ""


class Cells:
    """Writes into the cells of one book, and tells of what it wrote."""

    def __init__(self, book: Book, finder: Finder) -> None:
        self.book = book
        self.finder = finder
        self.done: dict[tuple[str, At], str] = {}
        self.put_in: set[tuple[str, At]] = set()
        """Cells that are other now, those too of which only a box was ticked."""
        self.listed: set[tuple[str, At]] = set()
        """Cells that a list has taken: no list begins in them, and nothing else is put there."""

    def write(self, sheet: Sheet, at: At, named: Named, text: str) -> None:
        """Give a cell ``text`` for all it says."""
        if not self._may(sheet, at):
            return
        cell = sheet.made(at)
        text = self._in_lines(cell, text)
        string = self.book.own_string(cell)
        run = string.find(f"{S}r")
        kept = run if run is not None else string.find(f"{S}t")
        for one in list(string):
            if one is not kept:
                string.remove(one)
        if kept is None:
            kept = etree.SubElement(string, f"{S}t")
        node = kept.find(f"{S}t") if run is not None else kept
        spans.set_text(node if node is not None else etree.SubElement(kept, f"{S}t"), escaped(text))
        self._note(sheet, at, named, text)

    def braces(self, sheet: Sheet, at: At, entry: int | None) -> None:
        """Put values for the names between braces in a cell; of lists their ``entry``, or all in one."""
        if not self._may(sheet, at):
            return
        cell = sheet.cells[at]
        told = where(sheet, at)
        string = self.book.own_string(cell)
        held = texts(string)
        for span in reversed(spans.spans(spans.text_of(held))):
            named = self.finder.braced(span.name, told)
            if named is None:
                continue
            text = named.joined if entry is None else named.text(entry)
            text = self._in_lines(cell, text)
            spans.put(held, span.start, span.end, escaped(text), more)
            self._note(sheet, at, named, text)

    def emptied(self, sheet: Sheet, at: At) -> None:
        """Take the names out of a cell of a row that a list has no entry for."""
        held = texts(self.book.own_string(sheet.cells[at]))
        for span in reversed(spans.spans(spans.text_of(held))):
            spans.put(held, span.start, span.end, "", more)

    def _may(self, sheet: Sheet, at: At) -> bool:
        if why := refused(sheet, at):
            self.finder.outcome.lost.append(why)
            return False
        return True

    def _in_lines(self, cell: Node, text: str) -> str:
        """Where a cell does not wrap, Excel shows no new line: what stood on lines stands side by side."""
        if len(text) > LONGEST:
            self.finder.outcome.lost.append(f"セルに入る長さ（{LONGEST:,}文字）を超える値があります。")
            return ""
        return text if self.book.looks.of(cell).wraps else text.replace("\n", "　")

    def _note(self, sheet: Sheet, at: At, named: Named, text: str) -> None:
        self.done[sheet.part, at] = text
        self.put_in.add((sheet.part, at))
        if text:
            self.finder.outcome.put.append(Put(where(sheet, at), named.name, text, sheet.part))
        elif not named.of:
            self.finder.outcome.unfilled.append(f"{where(sheet, at)}の「{named.name}」：値がありません。")


def say_outgrown(cells: Cells) -> None:
    """Tell of every filled cell that does not show all its text, and of choices that a list has not."""
    for sheet in cells.book.sheets:
        widths, usual = _widths(sheet)
        heights = {int(row.get("r", 0)): row for row in sheet.root.iterfind(f"{S}sheetData/{S}row")}
        for part, at in cells.done:
            if part == sheet.part and _outgrown(cells.book, sheet, at, (widths, usual, heights)):
                cells.finder.outcome.remarks.append(
                    f"{where(sheet, at)}の文字が欄に収まらないおそれがあります。"
                )
        for area, choices in _choices(cells.book, sheet):
            for (part, at), text in cells.done.items():
                if part == sheet.part and text and area.holds(at) and text not in choices:
                    cells.finder.outcome.remarks.append(
                        f"{where(sheet, at)}の選択肢に「{text[:40]}」がありません。"
                    )


_Measures = tuple[dict[int, float], float, dict[int, Node]]


def _outgrown(book: Book, sheet: Sheet, at: At, measures: _Measures) -> bool:
    widths, usual, heights = measures
    cell = sheet.cells[at]
    text, look = book.text(cell), book.looks.of(cell)
    area = sheet.area(at) or Area(*at, *at)
    width = sum(_points(widths.get(one, usual)) for one in range(area.left, area.right + 1))
    longest = max(width_of(line, look.size) for line in text.split("\n"))
    if not look.wraps:
        beside = sheet.cells.get((at[0], area.right + 1))
        free = sheet.area(at) is None and not book.text(beside) and not look.ruled
        return longest > width and not look.shrinks and not free
    known = [heights[one].get("ht") for one in range(area.top, area.bottom + 1) if one in heights]
    if sheet.area(at) is None and not any(known):
        return False  # Excel makes the row as high as its text
    height = sum(
        float((heights[one].get("ht") if one in heights else None) or _USUAL_HEIGHT)
        for one in range(area.top, area.bottom + 1)
    )
    return lines_of(text, look.size, width) * look.size * _LINE > height + 2


def _points(characters: float) -> float:
    return characters * 7 * 0.75


def _widths(sheet: Sheet) -> tuple[dict[int, float], float]:
    held = sheet.root.find(f"{S}sheetFormatPr")
    usual = float((held.get("defaultColWidth") if held is not None else None) or _USUAL_WIDTH)
    found = {}
    for one in sheet.root.iterfind(f"{S}cols/{S}col"):
        first, last = int(one.get("min", 1)), int(one.get("max", 1))
        for number in range(first, min(last, first + 500) + 1):
            found[number] = float(one.get("width") or usual)
    return found, usual


def _choices(book: Book, sheet: Sheet) -> Iterator[tuple[Area, set[str]]]:
    for one in sheet.root.iterfind(f"{S}dataValidations/{S}dataValidation"):
        if one.get("type") != "list":
            continue
        choices = _listed(book, sheet, (one.findtext(f"{S}formula1") or "").strip())
        for ref in one.get("sqref", "").split() if choices else ():
            try:
                yield Area.of(ref), choices
            except ValueError:
                continue


def _listed(book: Book, sheet: Sheet, formula: str) -> set[str]:
    """The choices of a drop-down: written in it, or standing in cells of the book."""
    if formula.startswith('"') and formula.endswith('"'):
        return {one.strip() for one in formula[1:-1].split(",")}
    name, mark, ref = formula.rpartition("!")
    named = name.strip("'").replace("''", "'")
    source = next((one for one in book.sheets if one.name == named), None) if mark else sheet
    if source is None:
        return set()
    try:
        area = Area.of(ref)
    except ValueError:
        return set()
    return {book.text(cell) for at, cell in source.cells.items() if area.holds(at)} - {""}
