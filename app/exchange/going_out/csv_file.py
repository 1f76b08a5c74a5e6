"""A table as CSV for Excel and other programs: UTF-8 with a mark by which Excel knows it, or Windows' own.

What the code page of Japanese Windows lacks (𠮷, every variant of a character) is named before anything is
written, with its record and column: a name with a wrong character is another name.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import Any

from app.exchange.tables.values.safe import guarded
from app.records import plausible
from app.records.days import DayOnly, moment_to_iso

IN_PLACE = plausible.IN_PLACE
"""Stands where a character is lost, as printers set it."""
_MOST_PLACES = 3
_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""What asks for a form of the character before it (葛󠄀城): it cannot be seen alone."""
_MOST_SIGNS = 20


class Encoding(StrEnum):
    """The encodings of a file that Excel opens right."""

    UTF_8 = "utf-8"
    WINDOWS = "cp932"

    @property
    def label(self) -> str:
        """As people call it."""
        return "UTF-8" if self is Encoding.UTF_8 else "Shift_JIS（CP932）"


@dataclass(frozen=True, slots=True)
class Lost:
    """A character that an encoding lacks. ``places``: record and column of each cell that has it."""

    sign: str
    places: tuple[tuple[str, str], ...]

    def sentence(self) -> str:
        """The character with its code and where it stands."""
        held = "、".join(f"{record}の{column}" for record, column in self.places[:_MOST_PLACES])
        more = f"ほか{len(self.places) - _MOST_PLACES}か所" if len(self.places) > _MOST_PLACES else ""
        alone = unicodedata.combining(self.sign) == 0 and self.sign not in _VARIANTS
        named = f"「{self.sign}」" if alone else "字形の指定" if self.sign in _VARIANTS else "結合する記号"
        return f"{named}（U+{ord(self.sign):04X}）：{held}{more}"


def made(titles: Sequence[str], rows: Sequence[Sequence[Any]], encoding: Encoding = Encoding.UTF_8) -> bytes:
    """The file; no text of it comes alive as a formula when Excel opens it.

    ``IN_PLACE`` stands for each character that ``lost`` names.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([_text(value) for value in row] for row in rows)
    text = out.getvalue()
    if encoding is Encoding.UTF_8:
        return text.encode("utf-8-sig", "replace")
    gone = {ord(sign): IN_PLACE for sign in set(text) if not _kept(sign)}
    return text.translate(gone).encode("cp932")


def lost(titles: Sequence[str], rows: Sequence[Sequence[Any]], encoding: Encoding) -> tuple[Lost, ...]:
    """The characters of the table that ``encoding`` lacks, in order of their first place.

    A record is called by its first cell; its further rows have none.
    """
    if encoding is Encoding.UTF_8:
        return ()
    found: dict[str, dict[tuple[str, str], None]] = {}
    known: dict[str, bool] = {}
    for record, column, text in _texts(titles, rows):
        if text.isascii():
            continue
        for sign in text:
            if sign not in known:
                known[sign] = _kept(sign)
            if not known[sign]:
                found.setdefault(sign, {})[record, column] = None
    return tuple(Lost(sign, tuple(places)) for sign, places in found.items())


def told(found: Sequence[Lost]) -> tuple[str, ...]:
    """The lost characters, a line each; of very many the last line counts the others."""
    more = len(found) - _MOST_SIGNS
    rest = (f"ほか{more}種類の文字",) if more > 0 else ()
    return (*(one.sentence() for one in found[:_MOST_SIGNS]), *rest)


def _texts(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str, str]]:
    for title in titles:
        yield "見出し", title, title
    record = ""
    for number, row in enumerate(rows, 1):
        record = _text(row[0]).strip() or record or f"{number}件目" if row else record
        for title, value in zip(titles, row, strict=True):
            if isinstance(value, str):
                yield record, title, value


def _kept(sign: str) -> bool:
    try:
        return sign.encode("cp932").decode("cp932") == sign
    except UnicodeEncodeError:
        return False


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | DayOnly):
        return moment_to_iso(value)
    if isinstance(value, date):
        return value.isoformat()
    # An import takes the sign off again.
    return guarded(value) if isinstance(value, str) else str(value)
