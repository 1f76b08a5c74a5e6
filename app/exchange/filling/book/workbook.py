"""An Excel workbook of a client: what can be filled in it, and the filling."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.book.boxes import Boxes, found_boxes
from app.exchange.filling.book.cells import Cells, refused, say_outgrown, where
from app.exchange.filling.book.further import add_sheets
from app.exchange.filling.book.rows import fill_rows, place_id
from app.exchange.filling.book.sheets import At, Book, S, Sheet
from app.exchange.filling.book.unseen import say_unseen
from app.exchange.filling.package import Node, Package, serialized
from app.exchange.filling.spans import Piece
from app.exchange.filling.values import BOX, CELL, NAMED, Finder, Place, Put, is_label, named_itself

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEADS = tuple(
    f"{S}{name}"
    for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
)
_LONGEST = 60
MOST_PLACES = 3_000
"""Places that people can be shown."""


class BookFile:
    """One workbook, filled once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.book = Book(package)
        drawn = package.of_type("officedocument.drawing+xml")
        self._drawings = {part: package.xml(part) for part in drawn}
        self._boxes = list(found_boxes(self.book))

    def places(self) -> list[Place]:
        """Where something can be put, in the order of the book."""
        return [*self._names(), *self._cells(), *self._ticked()][:MOST_PLACES]

    def taken(self) -> dict[str, str]:
        """Places in which nothing can be put, each with the reason: with names, merged, or worked out."""
        found = {}
        for sheet in self.book.sheets:
            for at, cell in sheet.cells.items():
                place, area = place_id(sheet, at), sheet.area(at)
                if area is not None and sheet.is_covered(at):
                    corner = place_id(sheet, (area.top, area.left))
                    found[place] = (
                        f"「{place}」は結合されたセルの一部で、文字が表示されません。"
                        f"左上の「{corner}」に割り当ててください。"
                    )
                elif why := refused(sheet, at):
                    found[place] = why
                elif held := spans.spans(self.book.text(cell)):
                    found[place] = named_itself(place, held[0].name)
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every cell, head and text box that says something: where it stands, and its text."""
        for sheet in self.book.sheets:
            for at, cell in sheet.cells.items():
                if text := self.book.text(cell).strip():
                    yield where(sheet, at), text
            for head in self._heads(sheet):
                if head.text:
                    yield f"シート「{sheet.name}」のヘッダー・フッター", head.text.replace("&&", "&")
        for _part, paragraph in self._paragraphs():
            if text := spans.text_of(_pieces(paragraph)).strip():
                yield "図形の文字", text

    def every_text(self) -> Iterator[tuple[str, str]]:
        """As ``texts``, with what each is in."""
        return self.texts()

    def fill(self, finder: Finder) -> dict[str, bytes]:
        """Write every value to its place; the parts that are other now, and new ones."""
        cells = Cells(self.book, finder)
        before = {one.part: serialized(one.root) for one in self.book.sheets}
        before |= {part: serialized(root) for part, root in self._drawings.items()}
        boxes = Boxes(cells, self._boxes)
        left = [one for sheet in self.book.sheets for one in fill_rows(cells, boxes, sheet)]
        boxes.tick_others()
        for sheet in self.book.sheets:
            self._fill_sheet(cells, sheet)
        self._fill_drawings(finder)
        say_outgrown(cells)
        say_unseen(cells)
        made = add_sheets(cells, boxes, left)
        after = {one.part: serialized(one.root) for one in self.book.sheets}
        after |= {part: serialized(root) for part, root in self._drawings.items()}
        changed = {part: data for part, data in after.items() if data != before[part]}
        if changed and self.book.has_formulas:
            self._count_anew(finder)
            made[self.book.part] = serialized(self.book.root)
        elif made:
            made[self.book.part] = serialized(self.book.root)
        return changed | made

    def _names(self) -> Iterator[Place]:
        seen: set[str] = set()
        for told, text in self.texts():
            for span in spans.spans(text):
                place = "{" + span.name + "}"
                if place not in seen:
                    seen.add(place)
                    yield Place(place, NAMED, told, text[:_LONGEST], span.name)

    def _cells(self) -> Iterator[Place]:
        for sheet in self.book.sheets:
            labels = _Labels()
            for at, cell in sheet.cells.items():
                near, number = labels.of(at)
                labels.add(at, self.book.text(cell))
                if sheet.is_covered(at) or refused(sheet, at):
                    continue
                text = self.book.text(cell).strip()
                if spans.spans(text):
                    continue
                if text or sheet.area(at) is not None or self.book.looks.of(cell).ruled:
                    yield Place(place_id(sheet, at), CELL, where(sheet, at), text[:_LONGEST], near, number)

    def _ticked(self) -> Iterator[Place]:
        for one in self._boxes:
            told = where(one.sheet, one.at)
            yield Place(f"チェック{one.number}", BOX, told, one.sign, one.caption)

    def _fill_sheet(self, cells: Cells, sheet: Sheet) -> None:
        for at in list(sheet.cells):
            if (sheet.part, at) in cells.done or (sheet.part, at) in cells.listed:
                continue
            named = cells.finder.at(place_id(sheet, at))
            if named is not None and not named.of:
                cells.write(sheet, at, named, named.joined)
            elif spans.spans(self.book.text(sheet.cells[at])):
                cells.braces(sheet, at, None)
        for head in self._heads(sheet):
            told = f"シート「{sheet.name}」のヘッダー・フッター"
            for span in reversed(spans.spans(head.text or "")):
                if (named := cells.finder.braced(span.name, told)) is not None:
                    text = named.joined.replace("&", "&&")
                    head.text = head.text[: span.start] + text + head.text[span.end :]
                    cells.finder.outcome.put.append(Put(told, named.name, named.joined, sheet.part))

    def _heads(self, sheet: Sheet) -> Iterator[Node]:
        for held in sheet.root.iterfind(f"{S}headerFooter"):
            yield from (one for one in held if one.tag in _HEADS)

    def _paragraphs(self) -> Iterator[tuple[str, Node]]:
        for part, root in self._drawings.items():
            yield from ((part, one) for one in root.iter(f"{_A}p"))

    def _fill_drawings(self, finder: Finder) -> None:
        for part, paragraph in self._paragraphs():
            held = _pieces(paragraph)
            for span in reversed(spans.spans(spans.text_of(held))):
                named = finder.braced(span.name, "図形の文字")
                if named is not None:
                    spans.put(held, span.start, span.end, named.joined, _new_line)
                    if named.joined:
                        finder.outcome.put.append(Put("図形の文字", named.name, named.joined, part))

    def _count_anew(self, finder: Finder) -> None:
        """Excel works every formula out when it opens the file: what stands in it is of another day."""
        held = self.book.root.find(f"{S}calcPr")
        if held is None:
            held = etree.Element(f"{S}calcPr")
            before = [
                one
                for one in self.book.root
                if one.tag in {f"{S}{name}" for name in ("sheets", "definedNames", "externalReferences")}
            ]
            before[-1].addnext(held)
        held.set("fullCalcOnLoad", "1")
        finder.outcome.remarks.append(
            "計算式のあるセルは、開いたときに計算されます。記入した値は文字のため、合計などの結果を確かめてください。"
        )


class _Labels:
    """The last words in each row and column of a sheet, while its cells are gone through in their order."""

    def __init__(self) -> None:
        self._rows: dict[int, str] = {}
        self._columns: dict[int, str] = {}

    def of(self, at: At) -> tuple[str, str]:
        """The label of a cell, what stands left of it, else above it; and the running number of its row."""
        left, above = self._rows.get(at[0], ""), self._columns.get(at[1], "")
        return (left, "") if is_label(left) else (above, left)

    def add(self, at: At, text: str) -> None:
        """Go on to the next cell."""
        label = " ".join(text.split())[:_LONGEST]
        if is_label(label):
            self._columns[at[1]] = label
        if is_label(label) or label.isdecimal():
            self._rows[at[0]] = label


def _pieces(paragraph: Node) -> list[Piece]:
    return [
        Piece(one if one.tag == f"{_A}t" else None, (one.text or "") if one.tag == f"{_A}t" else "\n")
        for one in paragraph.iter(f"{_A}t", f"{_A}br")
    ]


def _new_line(node: Node, text: str) -> Node:
    """A line break behind the run of a text element, and a run of the same look for the new line."""
    run = node.getparent()
    line = deepcopy(run)
    mark = etree.Element(f"{_A}br")
    run.addnext(mark)
    mark.addnext(line)
    held = line.find(f"{_A}t")
    held.text = text
    return held
