"""What one cell of a new workbook holds: its text as people see it, and the value that they mean by it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date, datetime
from typing import NamedTuple

from app.common import PeopleError
from app.exchange.sheets.book import CellError, Value
from app.exchange.sheets.excel.showing import Format, exact, general
from app.exchange.sheets.excel.texts import unescaped
from app.exchange.sheets.limits import LONGEST_TEXT, too_long

TRUE = frozenset({"1", "true"})
_SMALL = re.compile(r"-?[0-9]{1,15}")
MOST_KEPT = 50_000
"""Numbers and texts of which it is remembered how they are shown."""


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


class Style(NamedTuple):
    """How a cell is formatted: its number format (None: nothing is added), and if it is lined out."""

    form: Format | None
    struck: bool


class Contents:
    """Says of cells, by what the workbook's sheets share, what they hold."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.styles: dict[str | None, Style] = {}
        """Those that were asked for."""
        self._known: dict[tuple[Format | None, str], tuple[str, Value]] = {}

    def style(self, called: str | None) -> Style:
        """The style by the number that the cell gives it."""
        return self.styles.get(called) or self._another(called)

    def _another(self, called: str | None) -> Style:
        number = int(called) if called and called.isdecimal() and len(called) < 7 else 0
        formats = self._looks.formats
        form = formats[number] if number < len(formats) else None
        struck = bool(called) and number in self._looks.struck
        self.styles[called] = made = Style(None if form is None or form.plain else form, struck)
        return made

    def shared(self, raw: str) -> tuple[str, bool] | None:
        """The shared text with this number, and whether it is lined out; None where ``raw`` is no number.

        Raises ``Damaged`` where there is no such text.
        """
        if not (raw.isdecimal() and len(raw) < 10):
            return None
        number = int(raw)
        if number >= len(self._looks.texts):
            raise Damaged
        return self._looks.texts[number], number in self._looks.struck_texts

    def held(self, kind: str, raw: str, form: Format | None) -> tuple[str, Value]:
        """What a cell of this type holds in its own place. Raises ``PeopleError``."""
        if len(raw) > LONGEST_TEXT:
            raise too_long()
        match kind:
            case "n":
                return self._number(raw, form)
            case "str":
                return shown_as(unescaped(raw), form)
            case "b":
                true = raw.strip() in TRUE
                return ("TRUE" if true else "FALSE"), true
            case "e":
                return raw, CellError(raw)
            case "d":
                return _iso(raw)
        raise Damaged

    def _number(self, raw: str, form: Format | None) -> tuple[str, Value]:
        if form is None and _SMALL.fullmatch(raw):
            number = int(raw)
            return str(number), number
        known = self._known.get((form, raw))
        if known is None:
            known = _shown(form, raw)
            if len(self._known) < MOST_KEPT:
                self._known[form, raw] = known
        return known


def shown_as(text: str, form: Format | None) -> tuple[str, str]:
    """A text as its format shows it, and as it is."""
    return (text if form is None else form.text(text)), text


def _shown(form: Format | None, raw: str) -> tuple[str, Value]:
    try:
        number = float(raw)
    except ValueError:
        raise Damaged from None
    if number - number != 0:
        return raw, CellError(raw)
    if form is None:
        value = exact(number)
        return general(value), value
    return form.show(number)


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
