"""The fourth format: what people write, kept as they wrote it and found as they mean it.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there, and takes nothing else for what the journal knew of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def contract_seal(db: Database) -> None:
    """Nobody has said yet that a client asks for no seal."""
    db.table("contract").add_column("unsealed", int)


def training_hours(db: Database) -> None:
    db.table("training").add_column("hours", str, not_null_default="")


STEPS: tuple[Callable[[Database], None], ...] = (contract_seal, training_hours)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 4 upon format 3, inside a transaction."""
    for step in STEPS:
        step(db)
