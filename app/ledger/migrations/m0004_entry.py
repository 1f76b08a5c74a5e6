"""The fourth format: what people write, kept as they wrote it and found as they mean it.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there, and takes nothing else for what the journal knew of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ledger.migrations import building

if TYPE_CHECKING:
    from sqlite_utils import Database


def quantities(db: Database) -> None:
    """A quantity may have decimals, kept as text beside whole numbers. The rows stay as they are."""
    for table in ("event", "disposal_lines", "approval_subjects", "incident_assets"):
        building.take_any(db, table, "quantity")


STEPS: tuple[Callable[[Database], None], ...] = (quantities,)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 4 upon format 3, inside a transaction."""
    for step in STEPS:
        step(db)
