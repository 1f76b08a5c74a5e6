"""A maker and a model that stand in one cell."""

from __future__ import annotations

import re
from functools import cache

from app.exchange.tables.words import makers
from app.records.spelling.fold import squeezed

_BETWEEN = re.compile(r"\s*(?:[／/\n]|[:：])\s*|\s+")


def parted(text: str) -> tuple[str, str] | None:
    """Maker and model, where a sign or a known maker tells where one ends; None where nothing does."""
    bare = text.strip()
    if re.search(r"[／/\n]", bare):
        parts = [part for part in re.split(r"\s*[／/\n]\s*", bare) if part]
        return (parts[0], parts[1]) if len(parts) == 2 else None
    for match in _BETWEEN.finditer(bare):
        if squeezed(bare[: match.start()]) in _known():
            return bare[: match.start()], bare[match.end() :]
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(map(squeezed, makers()))
