"""One sheet of a new workbook, cell by cell as it streams by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from app.common import PeopleError
from app.exchange.sheets.book import LAST_ROW, NO_RESULT, Cell, Merge, Value, column_of
from app.exchange.sheets.excel.contents import MOST_KEPT, TRUE, Contents, Damaged, Looks, Style, shown_as
from app.exchange.sheets.excel.package import Attributes, Reader
from app.exchange.sheets.excel.showing import Format
from app.exchange.sheets.excel.styles import FALSE
from app.exchange.sheets.excel.texts import Joined, unescaped, whole
from app.exchange.sheets.excel.usual import CellFound, attributes_of, cells, plain
from app.exchange.sheets.limits import LONGEST_TEXT, MOST_MERGES, Counted, too_long

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_OBJECTS = frozenset({"drawing", "legacyDrawingHF", "picture", "oleObjects", "controls"})
_DIGITS = 10
"""More than any number of a shared text has."""
_PLAIN = Style(None, struck=False)

_made = tuple.__new__
"""Makes a cell out of what it consists of: millions of times, so without its own checks."""


class Grid(Reader):
    """Gathers the filled cells of a sheet, with what of it is hidden or joined."""

    whole: ClassVar[bytes] = b"</row>"

    def __init__(self, looks: Looks, notes: Mapping[str, str], counted: Counted) -> None:
        self.cells: list[Cell] = []
        self.merges: list[Merge] = []
        self.objects = False
        self.unnoted = dict(notes)
        """Notes on cells with nothing in them."""
        self._looks, self._contents = looks, Contents(looks)
        self._counted = counted
        self._joined = Joined(counted)
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = 0
        self._row_called = ""
        self._row_hidden = False
        self._letters: dict[int, str] = {}
        self._columns: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._address = self._type = ""
        self._style = _PLAIN
        self._struck = self._formula = self._within = self._valued = False
        self._raw: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name == "v":
            self._within = self._valued = True
        elif name == "row":
            self._begin_row(attributes)
        elif name in ("t", "rPh"):
            self._joined.start(name)
        elif name == "f":
            self._formula = True
        elif name == "strike":
            self._struck = self._struck or attributes.get("val", "1") not in FALSE
        else:
            self._around(name, attributes)

    def end(self, name: str) -> None:
        if name == "v":
            self._within = False
        elif name == "c":
            self._finish()
        elif name in ("t", "rPh"):
            self._joined.end(name)

    def text(self, data: str) -> None:
        if self._within:
            self._raw.append(data)
        else:
            self._joined.add(data)

    def _around(self, name: str, attributes: Attributes) -> None:
        if name == "col" and attributes.get("hidden") in TRUE:
            self._hidden_columns.append((_whole(attributes.get("min")), _whole(attributes.get("max"))))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name in _OBJECTS:
            self.objects = True

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = _whole(number) if number else self._row + 1
        self._row_called = str(self._row)
        if not 1 <= self._row <= LAST_ROW:
            raise Damaged
        self._column = 0
        self._row_hidden = attributes.get("hidden") in TRUE

    def _begin(self, attributes: Attributes) -> None:
        self._address = address = attributes.get("r", "")
        # Cells stand side by side, most of them: the address that is due is compared, not taken apart.
        self._column += 1
        if address and address != f"{self._letters.get(self._column)}{self._row_called}":
            self._go_to(address)
        self._type = attributes.get("t", "n")
        self._style = self._contents.style(attributes.get("s"))
        self._formula = self._valued = False
        self._struck = self._style.struck
        self._raw = []

    def _go_to(self, address: str) -> None:
        called = address.rstrip("0123456789")
        if _whole(address[len(called) :]) != self._row:
            raise Damaged
        self._column = _column(called)
        self._letters[self._column] = called

    def _finish(self) -> None:
        raw = self._raw[0] if len(self._raw) == 1 else "".join(self._raw)
        if self._type == "inlineStr":
            if len(raw) > LONGEST_TEXT:
                raise too_long()
            self._put(*shown_as(self._joined.taken() or unescaped(raw), self._style.form))
        elif self._joined.open:
            # A text within a cell of another type: no program writes it, and it may not vanish.
            raise Damaged
        elif raw:
            self._put(*self._held(raw, self._style.form))
        elif self._formula and not (self._valued and self._type == "str"):
            self._put(NO_RESULT.text, NO_RESULT)

    def usual(self, stretch: str) -> Sequence[CellFound] | None:
        return None if self._within or self._joined.open else cells(stretch)

    def take(self, found: Sequence[CellFound]) -> None:
        # Some hundred thousand cells in this loop: what most of them need stands in it, without a call.
        columns, styles, texts, put = self._columns, self._contents.styles, self._texts, self.cells.append
        simple, characters, simply = self._simple(), 0, 0
        at, at_called = self._row, self._row_called
        looks, shared = self._looks, len(self._looks.texts)
        value: Value
        for called, row, style, text, kind, raw, head, _ in found:
            if head:
                self._begin_row(attributes_of(head))
                simple, at, at_called = self._simple(), self._row, self._row_called
                continue
            if not called:
                continue
            column = columns.get(called) or self._another_column(called)
            if row != at_called and _whole(row) != at:
                raise Damaged
            form, struck = styles.get(style) or self._contents.style(style)
            if text:
                held = texts.get(text) or self._text(text)
                characters += len(held)
                shown, value = (held, held) if form is None else shown_as(held, form)
            elif kind == "s" and raw.isdecimal() and len(raw) < _DIGITS and (number := int(raw)) < shared:
                held = looks.texts[number]
                struck = struck or number in looks.struck_texts
                shown, value = (held, held) if form is None else shown_as(held, form)
            elif raw:
                self._struck, self._type = struck, kind or "n"
                shown, value = self._held(plain(raw), form)
                struck = self._struck
            else:
                continue
            if simple and shown and value != "":
                put(_made(Cell, (at, column, shown, value, False, "", struck)))
                simply += 1
            else:
                self._column, self._address, self._struck = column, called + row, struck
                self._put(shown, value)
        self._counted.text(characters)
        self._counted.cell(simply)

    def _text(self, text: str) -> str:
        """A text in place, which may stand in many cells."""
        made = whole(plain(text))
        if len(self._texts) < MOST_KEPT:
            self._texts[text] = made
        return made

    def _simple(self) -> bool:
        """Whether nothing is pinned to cells of this row, nor is any of them hidden."""
        return not (self.unnoted or self._row_hidden or self._hidden_columns)

    def _another_column(self, called: str) -> int:
        self._columns[called] = found = _column(called)
        return found

    def _held(self, raw: str, form: Format | None) -> tuple[str, Value]:
        if self._type == "s" and (found := self._contents.shared(raw)) is not None:
            text, struck = found
            self._struck = self._struck or struck
            return shown_as(text, form)
        return self._contents.held(self._type, raw, form)

    def _put(self, shown: str, value: Value) -> None:
        if value == "":
            return
        self._counted.cell()
        note = self.unnoted.pop(self._address, "") if self.unnoted else ""
        hidden = self._row_hidden or not shown or bool(self._hidden_columns and self._in_hidden_column())
        self.cells.append(_made(Cell, (self._row, self._column, shown, value, hidden, note, self._struck)))

    def _in_hidden_column(self) -> bool:
        return any(first <= self._column <= last for first, last in self._hidden_columns)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        a, b = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
        if a is None or b is None:
            return
        if len(self.merges) >= MOST_MERGES:
            raise PeopleError(
                "結合したセルが多すぎます。要る範囲を新しいブックに写してから取り込んでください。"
            )
        try:
            self.merges.append(Merge(int(a[2]), column_of(a[1]), int(b[2]), column_of(b[1])))
        except ValueError:
            raise Damaged from None


def _column(called: str) -> int:
    try:
        return column_of(called)
    except ValueError:
        raise Damaged from None


def _whole(text: str | None) -> int:
    if text and (bare := text.strip()).isdecimal() and len(bare) < 10:
        return int(bare)
    raise Damaged
