"""The sixth format: what the acts of a working day have to keep.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def event(db: Database) -> None:
    """Nobody wrote down until when something was to be back."""
    db.table("event").add_column("return_by", str)


def device_use(db: Database) -> None:
    db.table("device_use").add_column("return_by", str)


def incident(db: Database) -> None:
    """To whom something went by mistake, and what came of the vendor's own report under the Act."""
    table = db.table("incident")
    table.add_column("recipient", str, not_null_default="")
    table.add_column("recovered", int)
    table.add_column("recovered_on", str)
    table.add_column("statute", str, not_null_default="")
    table.add_column("statute_why", str, not_null_default="")
    for name in ("statute_known_on", "statute_told_on", "statute_first_on", "statute_final_on"):
        table.add_column(name, str)
    table.add_column("wrongful", int)


STEPS: tuple[Callable[[Database], None], ...] = (
    event,
    device_use,
    incident,
)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 6 upon format 5, inside a transaction."""
    for step in STEPS:
        step(db)
