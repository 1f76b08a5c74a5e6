"""The formats of a ledger, in order; a ledger of any older format becomes today's by running the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.ledger.migrations import m0001_first, m0002_obligations


@dataclass(frozen=True, slots=True)
class Migration:
    """One step between two formats. ``apply`` gets a ``sqlite_utils.Database`` inside a transaction."""

    number: int
    name: str
    apply: Callable[[Any], None]


MIGRATIONS = (
    Migration(1, "first", m0001_first.apply),
    Migration(2, "obligations", m0002_obligations.apply),
)
FORMAT = MIGRATIONS[-1].number
"""The format that this program writes."""
