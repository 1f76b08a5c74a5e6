"""Quantities: whole numbers as such, weights and lengths exact to three decimals; never a binary fraction."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias

Amount: TypeAlias = int | Decimal
"""A quantity in its unit. Sums and comparisons of the two types are exact."""

PLACES = 3
"""Decimals of a quantity: a gram of a kilogram."""
MOST = 999_999_999

_TYPED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_LONGEST = 60
"""Characters of a number: what is longer is none, and what is too large for the ledger is told as that."""
_PIECES = frozenset("件枚冊台個本部通名人点組巻頁回葉綴基機口") | {"ページ", "ファイル", "セット", "世帯"}
"""Units of what is counted one by one. Boxes and bags are not among them: half a box can be handed over."""


def exact(value: Decimal) -> Amount:
    """``value`` as an int where it is whole, else without zeros at its end."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def amount_text(value: Amount) -> str:
    """A quantity for people: 1,204 or 12.5."""
    held = value if isinstance(value, int) else exact(value)
    return f"{held:,}"


def amount_stored(value: Amount) -> int | str:
    """A quantity for files: a number, or the digits of one that is not whole."""
    held = value if isinstance(value, int) else exact(value)
    return held if isinstance(held, int) else f"{held:f}"


def stored_amount(stored: int | str) -> Amount:
    """What ``amount_stored`` gave. Raises ``ValueError`` for digits that are none."""
    if not isinstance(stored, str):
        return stored
    try:
        return exact(Decimal(stored))
    except ArithmeticError:
        raise ValueError(stored) from None


def in_digits(text: str) -> str:
    """``text`` with the digits of any width as those that are read.

    Raises ``ValueError`` (no text) for raised and encircled ones and fractions: 10³⁰ would become 1030.
    """
    if any(unicodedata.category(one) == "No" for one in text):
        raise ValueError
    return unicodedata.normalize("NFKC", text)


def parse_amount(text: str) -> Amount:
    """Read 12, 1,204 or 12.5 in any width, the sign of the decimals also as the input method gives it.

    Raises ``ValueError`` (no text) for anything else; a comma stands before three digits or is none.
    """
    bare = "".join(in_digits(text).replace("。", ".").split())
    match = _TYPED.fullmatch(bare)
    if match is None or len(match[1] or "") > PLACES or len(bare) > _LONGEST:
        raise ValueError
    return exact(Decimal(bare.replace(",", "")))


def counted(unit: str) -> bool:
    """Whether ``unit`` counts pieces, so that a part of one means nothing."""
    return unicodedata.normalize("NFKC", unit).strip() in _PIECES


def broken_piece(value: Amount | None, unit: str) -> str:
    """Why ``value`` cannot be so many of ``unit``, in one sentence; empty where it can."""
    if value is None or isinstance(value, int) or not counted(unit):
        return ""
    return f"数量「{amount_text(value)}」は小数です。単位「{unit}」のものは、整数で入力してください。"
