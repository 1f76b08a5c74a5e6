"""The third format: what the duty engine needs to be told apart.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there, and takes nothing else for what the journal knew of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ledger.migrations import building

if TYPE_CHECKING:
    from sqlite_utils import Database

_DONE = "実績"
"""Until now only what had happened was recorded as a disposal or an event."""


def disposal(db: Database) -> None:
    db.table("disposal").add_column("status", str, not_null_default=_DONE)


def event(db: Database) -> None:
    db.table("event").add_column("status", str, not_null_default=_DONE)
    db.table("event").add_column("handover_place", str, not_null_default="")


def safeguards(db: Database) -> None:
    """Nobody has chosen one yet: what was typed about protection stays the text that it is."""
    for table in ("event", "approval"):
        db.table(table).add_column("safeguards", str, not_null_default="[]")


def asset(db: Database) -> None:
    db.table("asset").add_column("designated", int)


def disposal_method(db: Database) -> None:
    db.table("disposal").add_column("method_reason", str, not_null_default="")


def event_purpose(db: Database) -> None:
    db.table("event").add_column("for_work", int)


def audit(db: Database) -> None:
    building.reference(db, "audit", "location", "location")


def incident(db: Database) -> None:
    building.reference(db, "incident", "no_notice_instruction", "instruction")


def instruction(db: Database) -> None:
    db.table("instruction").add_column("asked_in_writing", int)
    db.table("instruction").add_column("answered_in_writing", int)
    building.reference(db, "instruction", "document", "submission")


def breach_handling(db: Database) -> None:
    always = {"annex", "clause", "record_kind", "what", "handled", "client_person", "reference", "reason"}
    building.record(
        db,
        "breach_handling",
        {
            "contract": int,
            "annex": str,
            "clause": str,
            "record_kind": str,
            "record_id": int,
            "since": str,
            "what": str,
            "handled": str,
            "handled_on": str,
            "told_by": int,
            "client_person": str,
            "written": int,
            "reference": str,
            "document": int,
            "reason": str,
            "note": str,
        },
        always=always | {"contract", "record_id", "handled_on", "note"},
        refers={"contract": "contract", "told_by": "person", "document": "submission"},
    )


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
    for record_type in (
        disposal,
        event,
        asset,
        disposal_method,
        event_purpose,
        audit,
        incident,
        instruction,
        breach_handling,
        safeguards,
        check_themes,
        oath_sheet,
        instruction_about,
        subcontract_agreement,
    ):
        record_type(db)
