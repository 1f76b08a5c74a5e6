"""Days, periods, quantities and blanks as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from app.printing.type.wareki import wareki
from app.records.amounts import Amount, amount_text

NONE = "－"
"""What stands in a cell that has nothing to say: a blank cell looks forgotten."""
BESIDE = "／"
"""What stands between the texts of several things that are put side by side."""
OPEN = "未定"
"""The end of a period that has no end in the ledger."""

_UNIT = re.compile(
    r"第[0-9一二三四五六七八九十]+(?:条の[0-9一二三四五六七八九十]+|[条項号])?|\([0-9]+\)|[ア-ン]"
)
_NUMBER = re.compile(r"[0-9一二三四五六七八九十ア-ン]+")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def day_text(day: date | None, otherwise: str = NONE) -> str:
    """The day in its era, or ``otherwise`` where there is none."""
    return wareki(day) if day else otherwise


def or_none(text: str) -> str:
    """The text, or the dash for an empty cell."""
    return text or NONE


def full_width(number: int) -> str:
    """A number in full-width figures, as items of a document are numbered."""
    return str(number).translate(_FULL_WIDTH)


def quantity(number: Amount, unit: str) -> str:
    """A number with its unit: 1,204枚, 12.5kg."""
    return f"{amount_text(number)}{unit}"


def lines(*parts: str) -> str:
    """The parts that are not empty, one a line."""
    return "\n".join(filter(None, parts))


def unique(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, parts)))


def listed(parts: Iterable[str], last: str = "及び") -> str:
    """A、B及びC, as an official document lists things."""
    *head, tail = list(parts) or [""]
    return f"{'、'.join(head)}{last}{tail}" if head else tail


def cited(articles: Sequence[str]) -> str:
    """Articles cited together: 第5条並びに第6条第1項及び第8項(5). What two of them share stands once."""
    groups: list[list[str]] = []
    before: list[str] = []
    for article in articles:
        units = _units(article)
        shared = _shared(before, units)
        if shared:
            groups[-1].append("".join(units[shared:]))
        else:
            groups.append([article])
        before = units
    several = any(len(group) > 1 for group in groups)
    return listed(map(listed, groups), "並びに" if several else "及び")


def _units(article: str) -> list[str]:
    """第6条第8項(3)イ in its units; nothing where it is numbered otherwise, and so shares nothing."""
    found = [match[0] for match in _UNIT.finditer(article)]
    return found if "".join(found) == article else []


def _shared(before: list[str], units: list[str]) -> int:
    """How many units need not be said again: the next is of one kind in both, or it would read otherwise."""
    pairs = enumerate(zip(before, units, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), 0)
    return at if at and _kind(before[at]) == _kind(units[at]) else 0


def _kind(unit: str) -> str:
    return _NUMBER.sub("", unit)


def on_one_line(text: str) -> str:
    """What stands on several lines elsewhere, side by side."""
    return "　".join(text.split("\n"))
