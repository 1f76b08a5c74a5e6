"""One sheet of a new workbook, cell by cell as it streams by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import NamedTuple

from app.common import PeopleError
from app.exchange.sheets.book import (
    LAST_ROW,
    NO_RESULT,
    Cell,
    CellError,
    Merge,
    Value,
    column_of,
)
from app.exchange.sheets.excel.package import Attributes, Reader
from app.exchange.sheets.excel.showing import Format, exact, general
from app.exchange.sheets.excel.styles import FALSE
from app.exchange.sheets.excel.texts import Joined, unescaped
from app.exchange.sheets.limits import LONGEST_TEXT, MOST_MERGES, Counted, too_long

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SMALL = re.compile(r"-?[0-9]{1,15}")
_TRUE = frozenset({"1", "true"})
_MOST_KEPT = 50_000
"""Numbers of which it is remembered how they are shown."""

_OBJECTS = frozenset({"drawing", "legacyDrawingHF", "picture", "oleObjects", "controls"})


_made = tuple.__new__
"""Makes a cell out of what it consists of: millions of times, so without its own checks."""


class Damaged(PeopleError):
    """The sheet says something that no workbook says."""

    def __init__(self) -> None:
        super().__init__("ブックの中身が壊れています。Excelで開き、保存し直してください。")


class Looks(NamedTuple):
    """What the sheets of a workbook share: texts, the format of each style, and what of both is lined out."""

    texts: Sequence[str]
    formats: Sequence[Format]
    struck: Set[int] = frozenset()
    struck_texts: Set[int] = frozenset()


class Grid(Reader):
    """Gathers the filled cells of a sheet, with what of it is hidden or joined."""

    def __init__(
        self,
        looks: Looks,
        notes: Mapping[str, str],
        counted: Counted,
    ) -> None:
        self.cells: list[Cell] = []
        self.merges: list[Merge] = []
        self.objects = False
        self.unnoted = dict(notes)
        """Notes on cells with nothing in them."""
        self._texts, self._formats, self._counted = looks.texts, looks.formats, counted
        self._lined_out = frozenset(map(str, looks.struck))
        self._struck_texts = looks.struck_texts
        self._struck = False
        self._joined = Joined(counted)
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = 0
        self._row_called = ""
        self._row_hidden = False
        self._letters: dict[int, str] = {}
        self._by_style: dict[str | None, Format | None] = {}
        self._address = self._type = ""
        self._format: Format | None = None
        self._formula = self._within = self._valued = False
        self._raw: list[str] = []
        self._known: dict[tuple[Format | None, str], tuple[str, Value]] = {}

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
        if name == "col" and attributes.get("hidden") in _TRUE:
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
        self._row_hidden = attributes.get("hidden") in _TRUE

    def _begin(self, attributes: Attributes) -> None:
        self._address = address = attributes.get("r", "")
        # Cells stand side by side, most of them: the address that is due is compared, not taken apart.
        self._column += 1
        if address and address != f"{self._letters.get(self._column)}{self._row_called}":
            self._go_to(address)
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        self._format = self._by_style[style] if style in self._by_style else self._style(style)
        self._formula = self._valued = False
        self._struck = style in self._lined_out
        self._raw = []

    def _go_to(self, address: str) -> None:
        called = address.rstrip("0123456789")
        if _whole(address[len(called) :]) != self._row:
            raise Damaged
        self._column = _column(called)
        self._letters[self._column] = called

    def _style(self, style: str | None) -> Format | None:
        number = int(style) if style is not None and style.isdecimal() and len(style) < 7 else 0
        found = self._formats[number] if number < len(self._formats) else None
        self._by_style[style] = found
        return found

    def _finish(self) -> None:
        raw = self._raw[0] if len(self._raw) == 1 else "".join(self._raw)
        if self._type == "s" and raw.isdecimal() and len(raw) < 10:
            number = int(raw)
            if number >= len(self._texts):
                raise Damaged
            text = self._texts[number]
            if number in self._struck_texts:
                self._struck = True
            held = self._format
            shown, value = (text, text) if held is None or held.plain else self._as_text(text)
        else:
            found = self._other(raw)
            if found is None:
                return
            shown, value = found
        if value == "":
            return
        self._counted.cell()
        note = self.unnoted.pop(self._address, "") if self.unnoted else ""
        hidden = self._row_hidden or not shown or bool(self._hidden_columns and self._in_hidden_column())
        self.cells.append(_made(Cell, (self._row, self._column, shown, value, hidden, note, self._struck)))

    def _other(self, raw: str) -> tuple[str, Value] | None:
        """What any cell says that does not refer to a shared text; None if nothing stands in it."""
        if len(raw) > LONGEST_TEXT:
            raise too_long()
        if self._type == "inlineStr":
            return self._as_text(self._joined.taken() or unescaped(raw))
        if raw == "":
            if not self._formula or (self._valued and self._type == "str"):
                return None
            return NO_RESULT.text, NO_RESULT
        return self._read(raw)

    def _read(self, raw: str) -> tuple[str, Value]:
        match self._type:
            case "n":
                return self._number(raw)
            case "str":
                return self._as_text(unescaped(raw))
            case "b":
                true = raw.strip() in _TRUE
                return ("TRUE" if true else "FALSE"), true
            case "e":
                return raw, CellError(raw)
            case "d":
                return _iso(raw)
        raise Damaged

    def _as_text(self, text: str) -> tuple[str, Value]:
        held = self._format
        return (text if held is None or held.plain else held.text(text)), text

    def _number(self, raw: str) -> tuple[str, Value]:
        held = self._format
        if (held is None or held.plain) and _SMALL.fullmatch(raw):
            number = int(raw)
            return str(number), number
        known = self._known.get((held, raw))
        if known is None:
            known = _shown(held, raw)
            if len(self._known) < _MOST_KEPT:
                self._known[held, raw] = known
        return known

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


def _shown(held: Format | None, raw: str) -> tuple[str, Value]:
    try:
        number = float(raw)
    except ValueError:
        raise Damaged from None
    if number - number != 0:
        return raw, CellError(raw)
    if held is None or held.plain:
        value = exact(number)
        return general(value), value
    return held.show(number)


def _iso(raw: str) -> tuple[str, Value]:
    """A day as strict workbooks may write it."""
    try:
        if len(raw) == len("2026-04-01"):
            day = date.fromisoformat(raw)
            return f"{day.year}/{day.month}/{day.day}", day
        moment = datetime.fromisoformat(raw.removesuffix("Z"))
    except ValueError:
        return raw, CellError(raw)
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02}", moment
