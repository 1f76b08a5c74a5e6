"""The third format: what the duty engine needs to be told apart.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there, and takes nothing else for what the journal knew of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_DONE = "実績"
"""Until now only what had happened was recorded as a disposal or an event."""


def disposal(db: Database) -> None:
    db.table("disposal").add_column("status", str, not_null_default=_DONE)


def event(db: Database) -> None:
    db.table("event").add_column("status", str, not_null_default=_DONE)
    db.table("event").add_column("handover_place", str, not_null_default="")


def check_themes(db: Database) -> None:
    db.table("check").add_column("themes", str, not_null_default="[]")


def oath_sheet(db: Database) -> None:
    db.table("oath").add_column("sheet", str, not_null_default="")


def instruction_about(db: Database) -> None:
    db.table("instruction").add_column("about", str, not_null_default="[]")


def subcontract_agreement(db: Database) -> None:
    db.table("subcontract").add_column("agreement_written", int)


def apply(db: Database) -> None:
    """Build format 3 upon format 2, inside a transaction."""
    for record_type in (disposal, event, check_themes, oath_sheet, instruction_about, subcontract_agreement):
        record_type(db)
