"""Days, periods, quantities and blanks as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.printing.type.wareki import wareki
from app.records.amounts import Amount, amount_text

NONE = "－"
"""What stands in a cell that has nothing to say: a blank cell looks forgotten."""
BESIDE = "／"
"""What stands between the texts of several things that are put side by side."""
OPEN = "未定"
"""The end of a period that has no end in the ledger."""

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


def on_one_line(text: str) -> str:
    """What stands on several lines elsewhere, side by side."""
    return "　".join(text.split("\n"))
