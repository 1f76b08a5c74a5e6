"""計: rows that add up what stands above them, in the statement and so in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.records.amounts import Amount, amount_text


def with_sum(rows: Sequence[Sequence[Any]], *, called: str = "計", unit: str = "") -> list[list[str]]:
    """``rows`` as text, each a label and its numbers, with the sum of every column below them.

    Sums are exact (``Amount``); no row of sums stands below no rows. ``unit`` follows every number.
    """
    if not rows:
        return []
    sums: list[Amount] = [sum(row[at] for row in rows) for at in range(1, len(rows[0]))]
    told = [*rows, [called, *sums]]
    return [[label, *(f"{amount_text(number)}{unit}" for number in numbers)] for label, *numbers in told]
