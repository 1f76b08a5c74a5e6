"""A workbook as its sheets: cells by row and column, what they say, which are merged, how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from app.common import PeopleError
from app.exchange.filling.package import Node, Package, broken
from app.exchange.filling.spans import Piece

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_CELLS = 200_000
"""Cells of all sheets of a form."""
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

At = tuple[int, int]
"""Row and column, from 1."""


def place_of(ref: str) -> At:
    """Row and column of ``B5``. Raises ``ValueError``."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise ValueError(ref)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def letters(column: int) -> str:
    """``2`` → ``B``."""
    made = ""
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def ref_of(at: At) -> str:
    """``(5, 2)`` → ``B5``."""
    return f"{letters(at[1])}{at[0]}"


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from the first row and column to the last."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, ref: str) -> Area:
        """Read ``B5:D6`` or ``B5``. Raises ``ValueError``."""
        first, _colon, last = ref.partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        return cls(top, left, bottom, right)

    def holds(self, at: At) -> bool:
        return self.top <= at[0] <= self.bottom and self.left <= at[1] <= self.right


def escaped(text: str) -> str:
    """Text that looks like Excel's own escapes, written so that it is read as it is."""
    return _ESCAPED.sub(lambda found: f"_x005F_x{found[1]}_", text)


def unescaped(text: str) -> str:
    """The text behind Excel's escapes."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def texts(holder: Node) -> list[Piece]:
    """The texts of a shared or inline string, without the readings above it."""
    return [
        Piece(one, one.text or "")
        for one in holder.iter(f"{S}t")
        if next(one.iterancestors(f"{S}rPh"), None) is None
    ]


@dataclass(slots=True)
class Sheet:
    """One worksheet. ``cells`` holds those that the file has an element for."""

    name: str
    part: str
    root: Node
    cells: dict[At, Node] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden: bool = False
    _corner: dict[At, Area] = field(default_factory=dict)
    _formulas: set[At] = field(default_factory=set)
    _arrays: list[Area] = field(default_factory=list)
    headings: list[Area] = field(default_factory=list)
    """Headings of tables that Excel knows as such: changed, the file would count as damaged."""

    def area(self, at: At) -> Area | None:
        """The merged area that ``at`` lies in."""
        found = self._corner.get(at)
        if found is not None:
            return found
        return next((one for one in self.merged if one.holds(at)), None)

    def is_covered(self, at: At) -> bool:
        """Whether another cell of a merged area shows in the place of this one."""
        area = self.area(at)
        return area is not None and (area.top, area.left) != at

    def is_worked_out(self, at: At) -> bool:
        """Whether a formula fills the cell, its own or one over several cells."""
        return at in self._formulas or any(one.holds(at) for one in self._arrays)

    def read(self) -> None:
        """Take up cells and merged areas. Raises ``ValueError`` for references that are none."""
        for row_number, row in enumerate(self.root.iterfind(f"{S}sheetData/{S}row"), 1):
            number = int(row.get("r") or row_number)
            for at, cell in enumerate(row.iterfind(f"{S}c"), 1):
                held = cell.get("r")
                place = place_of(held) if held else (number, at)
                self.cells[place] = cell
                formula = cell.find(f"{S}f")
                if formula is not None:
                    self._formulas.add(place)
                    if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
                        self._arrays.append(Area.of(formula.get("ref")))
        for one in self.root.iterfind(f"{S}mergeCells/{S}mergeCell"):
            area = Area.of(one.get("ref", ""))
            self.merged.append(area)
            self._corner[area.top, area.left] = area

    def made(self, at: At) -> Node:
        """The element of a cell, made in its place where the file has none."""
        if at in self.cells:
            return self.cells[at]
        row = self._row(at[0])
        cell = etree.Element(f"{S}c")
        cell.set("r", ref_of(at))
        if row.get("customFormat") in ("1", "true") and row.get("s"):
            cell.set("s", row.get("s"))
        behind = [one for place, one in self.cells.items() if place[0] == at[0] and place[1] > at[1]]
        if behind:
            behind[0].addprevious(cell)
        else:
            row.append(cell)
        row.attrib.pop("spans", None)
        self.cells[at] = cell
        self.cells = dict(sorted(self.cells.items()))
        return cell

    def _row(self, number: int) -> Node:
        data = self.root.find(f"{S}sheetData")
        for row in data.iterfind(f"{S}row"):
            held = int(row.get("r", 0))
            if held == number:
                return row
            if held > number:
                made = etree.Element(f"{S}row")
                made.set("r", str(number))
                row.addprevious(made)
                return made
        made = etree.SubElement(data, f"{S}row")
        made.set("r", str(number))
        return made


class Book:
    """The workbook's sheets in their order, its shared strings and its looks."""

    def __init__(self, package: Package) -> None:
        self.package = package
        mains = package.of_type("spreadsheetml.sheet.main+xml")
        if len(mains) != 1:
            raise broken(package.shown, "Excel")
        self.part = mains[0]
        self.root = package.xml(self.part)
        self.relations = package.relations(self.part)
        self._strings = self._shared()
        self.sheets = list(self._sheets())
        if not self.sheets:
            raise broken(package.shown, "Excel")
        cells = sum(len(one.cells) for one in self.sheets)
        if cells > MOST_CELLS:
            raise PeopleError(f"{package.shown}はセルが多すぎます（{MOST_CELLS:,}個まで）。")

    def _sheets(self) -> Iterator[Sheet]:
        for one in self.root.iterfind(f"{S}sheets/{S}sheet"):
            kind, part = self.relations.get(one.get(RID, ""), ("", ""))
            if not kind.endswith("/worksheet"):
                continue  # a sheet that is a diagram has no cells
            hidden = one.get("state", "visible") != "visible"
            sheet = Sheet(one.get("name", ""), part, self.package.xml(part), hidden=hidden)
            try:
                sheet.read()
                sheet.headings.extend(self._headings(part))
            except ValueError as error:
                raise broken(self.package.shown, "Excel") from error
            yield sheet

    def _headings(self, part: str) -> Iterator[Area]:
        for kind, held in self.package.relations(part).values():
            if kind.endswith("/table") and held in self.package.parts:
                table = self.package.xml(held)
                area = Area.of(table.get("ref", ""))
                if table.get("headerRowCount", "1") != "0":
                    yield replace(area, bottom=area.top)

    def _shared(self) -> list[Node]:
        for kind, part in self.relations.values():
            if kind.endswith("/sharedStrings") and part in self.package.parts:
                return list(self.package.xml(part).iterfind(f"{S}si"))
        return []

    def string(self, cell: Node) -> Node | None:
        """The string of a cell, shared or its own; None for numbers, formulas and empty cells."""
        if cell.find(f"{S}f") is not None:
            return None
        if cell.get("t") == "s":
            held = cell.findtext(f"{S}v") or ""
            return self._strings[int(held)] if held.isdecimal() and int(held) < len(self._strings) else None
        return cell.find(f"{S}is") if cell.get("t") == "inlineStr" else None

    def text(self, cell: Node | None) -> str:
        """What a cell says, as far as it is written in the file."""
        if cell is None:
            return ""
        string = self.string(cell)
        if string is not None:
            return unescaped("".join(piece.text for piece in texts(string)))
        return cell.findtext(f"{S}v") or ""

    def own_string(self, cell: Node) -> Node:
        """The cell's string as an element of its own, to be written over: no other cell shares it."""
        string = self.string(cell)
        made = etree.Element(f"{S}is")
        if string is not None:
            made.extend(deepcopy(one) for one in string if one.tag not in (f"{S}rPh", f"{S}phoneticPr"))
        for one in list(cell):
            if one.tag != f"{S}extLst":
                cell.remove(one)
        cell.insert(0, made)
        cell.set("t", "inlineStr")
        return made

    @property
    def has_formulas(self) -> bool:
        return any(cell.find(f"{S}f") is not None for one in self.sheets for cell in one.cells.values())

    @cached_property
    def looks(self) -> Looks:
        return Looks(self)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows its text: size in points, whether it wraps or shrinks, whether it has a rule.

    ``locked``: nobody types into it once the sheet is protected.
    """

    size: float = 11
    wraps: bool = False
    shrinks: bool = False
    ruled: bool = False
    locked: bool = True


class Looks:
    """The workbook's styles, by the number that cells give."""

    def __init__(self, book: Book) -> None:
        self._held: list[Look] = []
        for kind, part in book.relations.values():
            if kind.endswith("/styles") and part in book.package.parts:
                self._held = list(_looks(book.package.xml(part)))

    def of(self, cell: Node | None) -> Look:
        """The look of a cell."""
        number = "" if cell is None else cell.get("s", "0")
        return self._held[int(number)] if number.isdecimal() and int(number) < len(self._held) else Look()


def _looks(root: Node) -> Iterator[Look]:
    sizes = [_float(one.find(f"{S}sz")) for one in root.iterfind(f"{S}fonts/{S}font")]
    ruled = [
        any(side.get("style", "none") != "none" for side in one)
        for one in root.iterfind(f"{S}borders/{S}border")
    ]
    for one in root.iterfind(f"{S}cellXfs/{S}xf"):
        font, border = one.get("fontId", "0"), one.get("borderId", "0")
        aligned, guarded = one.find(f"{S}alignment"), one.find(f"{S}protection")
        yield Look(
            sizes[int(font)] if font.isdecimal() and int(font) < len(sizes) else 11,
            aligned is not None and aligned.get("wrapText") in ("1", "true"),
            aligned is not None and aligned.get("shrinkToFit") in ("1", "true"),
            border.isdecimal() and int(border) < len(ruled) and ruled[int(border)],
            guarded is None or guarded.get("locked", "1") in ("1", "true"),
        )


def _float(node: Node | None) -> float:
    try:
        return float("11" if node is None else node.get("val", "11"))
    except ValueError:
        return 11.0
