"""A unit that stands over a column, for the numbers below it that bear none: 容量（GB）, 人数（千人）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from app.exchange.sheets.book import Cell
from app.exchange.tables.values.found import Ask, Found, Sure
from app.exchange.tables.words import Target
from app.records.kinds import Number, Quantity, Text
from app.records.spelling.fold import squeezed

_BRACKETED = re.compile(r"[(\[](?:単位[:・ ]?)?([^()\[\]\d]{1,6})[)\]]")
_MANY = re.compile(r"[百千万億].+")
_THOUSANDS = re.compile(r"単位\s*[:/]?\s*[百千万億]")
_COUNTERS = frozenset("人名件枚台個本箱冊部通点袋束式組巻冊回円分束缶") | {
    "セット",
    "時間",
    "ケース",
    "ファイル",
}
_SIZE = re.compile(r"(?i)[kmgt]i?b|ギガ|テラ")
_SIZES = frozenset({"capacity"})
"""Fields of text that say nothing without a unit."""
_BARE = re.compile(r"[\d,.]+")


def of_title(title: str) -> str:
    """The unit that a title says in brackets; empty for none."""
    for unit in _BRACKETED.findall(unicodedata.normalize("NFKC", title)):
        bare = unit.strip()
        if bare in _COUNTERS or _SIZE.fullmatch(bare) or (_MANY.fullmatch(bare) and bare[1:] in _COUNTERS):
            return str(bare)
    return ""


def over_all(texts: Iterable[str]) -> str:
    """What is said above a table of all its numbers, if they stand for more than they say (単位：千人)."""
    return next(
        (text.strip() for text in texts if _THOUSANDS.search(unicodedata.normalize("NFKC", text))), ""
    )


def under(title: str, cell: Cell, target: Target, found: Found) -> Found:
    """What a cell says under its title: with the unit of the title, where it has none of its own."""
    unit = of_title(title)
    if not isinstance(found, Sure):
        return found
    kind = target.field.kind
    if (
        target.path in _SIZES
        and not unit
        and _BARE.fullmatch(unicodedata.normalize("NFKC", str(found.value)))
    ):
        return Ask(f"「{cell.shown.strip()}」に単位がありません。", "GB、TBなどの単位も書いてください。")
    if not unit:
        return found
    if isinstance(kind, Text):
        bare = isinstance(found.value, str) and _BARE.fullmatch(unicodedata.normalize("NFKC", found.value))
        sized = bare and _SIZE.fullmatch(unit)
        return replace(found, value=f"{found.value}{unit}") if sized else found
    if not isinstance(kind, Number | Quantity):
        return found
    own = getattr(kind, "unit", "") or found.unit
    if _MANY.fullmatch(unit) or (own and squeezed(own) != squeezed(unit)):
        return Ask(
            f"見出しの単位は「{unit}」です。「{cell.shown.strip()}」がいくつのことか決まりません。",
            "単位を直した数を書き、見出しの単位を消してください。",
        )
    return found if own else replace(found, unit=unit)
