"""The fifth format: the facts that printed papers carry, and numbers by which papers call records.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there, and takes nothing else for what the journal knew of them. Rows that got no number are
called by their id in the pattern of their type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ledger.migrations import building

if TYPE_CHECKING:
    from sqlite_utils import Database


def subcontractor(db: Database) -> None:
    db.table("subcontractor").add_column("certification", str, not_null_default="")


def contract(db: Database) -> None:
    building.reference(db, "contract", "renews", "contract")


def person(db: Database) -> None:
    db.table("person").add_column("telephone", str, not_null_default="")
    db.table("person").add_column("email", str, not_null_default="")


def assignment(db: Database) -> None:
    building.reference(db, "assignment", "location", "location")


def training(db: Database) -> None:
    db.table("training").add_column("number", str, not_null_default="")
    db.table("training_attendance").add_column("planned_on", str)


def location(db: Database) -> None:
    building.reference(db, "location", "subcontractor", "subcontractor")
    building.reference(db, "location", "responsible", "person")
    db.table("location").add_column("telephone", str, not_null_default="")


def location_use(db: Database) -> None:
    db.table("location_use").add_column("information", str, not_null_default="")


def device(db: Database) -> None:
    db.table("device").add_column("network", str, not_null_default="")


def asset(db: Database) -> None:
    db.table("asset").add_column("return_by", str)


def approval(db: Database) -> None:
    db.table("approval").add_column("scope", str, not_null_default="")
    db.table("approval").add_column("source", str, not_null_default="")
    db.table("approval").add_column("means", str, not_null_default="")
    building.reference(db, "approval", "premises", "location")
    db.table("approval").add_column("copies_disposal", str, not_null_default="")
    db.table("approval").add_column("return_by", str)
    db.table("approval_subjects").add_column("unit", str, not_null_default="")


def subcontract(db: Database) -> None:
    db.table("subcontract").add_column("number", str, not_null_default="")
    db.table("subcontract").add_column("responsible", str, not_null_default="")
    building.reference(db, "subcontract", "location", "location")
    db.table("subcontract").add_column("workers", int)
    building.unique(db, "subcontract", ("number",), late=True)


def instruction(db: Database) -> None:
    db.table("instruction").add_column("period_from", str)
    db.table("instruction").add_column("period_to", str)


def backup_run(db: Database) -> None:
    building.reference(db, "backup_run", "done_by", "person")
    db.table("backup_run").add_column("result", str, not_null_default="")


def event(db: Database) -> None:
    db.table("event").add_column("handover", str, not_null_default="")


def disposal(db: Database) -> None:
    db.table("disposal").add_column("number", str, not_null_default="")
    db.table("disposal").add_column("witness_asked", int)
    db.table("disposal").add_column("verified_on", str)
    db.table("disposal").add_column("afterwards", str, not_null_default="")
    building.unique(db, "disposal", ("number",), late=True)


def safety_measure(db: Database) -> None:
    building.record(
        db,
        "safety_measure",
        {
            "number": str,
            "measure": str,
            "what": str,
            "evidence": str,
            "starts_on": str,
            "ends_on": str,
            "note": str,
        },
        always={"number", "measure", "what", "evidence", "starts_on", "note"},
        key=("number",),
    )
    building.rows(
        db,
        "safety_measure",
        "contracts",
        {"contract": int},
        always={"contract"},
        refers={"contract": "contract"},
    )


def check(db: Database) -> None:
    db.table("check").add_column("number", str, not_null_default="")
    db.table("check").add_column("how", str, not_null_default="")
    building.reference(db, "check", "asset", "asset")
    building.reference(db, "check", "device", "device")
    building.reference(db, "check", "backup", "backup_run")
    building.reference(db, "check", "rule", "rule")
    db.table("check").add_column("document", str, not_null_default="")
    building.unique(db, "check", ("number",), late=True)
    building.reference(db, "check_items", "safety", "safety_measure")
    db.table("check_items").add_column("evidence", str, not_null_default="")


def incident(db: Database) -> None:
    db.table("incident").add_column("found_how", str, not_null_default="")
    db.table("incident").add_column("happened_known_on", str)
    db.table("incident").add_column("persons", int)
    db.table("incident").add_column("persons_known_on", str)
    db.table("incident").add_column("instructions_by", str, not_null_default="")
    db.table("incident").add_column("instructions_on", str)
    db.table("incident").add_column("instructions_done_on", str)
    db.table("incident").add_column("cause_known_on", str)
    db.table("incident").add_column("secondary_harm_known_on", str)
    db.table("incident").add_column("prevention_planned_on", str)
    db.table("incident").add_column("prevention_due_on", str)
    db.table("incident").add_column("persons_notified_count", int)
    db.table("incident").add_column("persons_notified_how", str, not_null_default="")
    db.table("incident").add_column("notice_planned_on", str)
    db.table("incident").add_column("no_notice_why", str, not_null_default="")
    db.table("incident").add_column("notice_decided_on", str)
    db.table("incident").add_column("published_where", str, not_null_default="")
    db.table("incident").add_column("publication_planned_on", str)
    db.table("incident").add_column("no_publication_why", str, not_null_default="")
    db.table("incident").add_column("publication_decided_on", str)
    db.table("incident_assets").add_column("known_on", str)


def request(db: Database) -> None:
    db.table("request").add_column("number", str, not_null_default="")
    db.table("request").add_column("received_how", str, not_null_default="")
    building.reference(db, "request", "received_by", "person")
    db.table("request").add_column("asked_of_client", str, not_null_default="")
    building.unique(db, "request", ("number",), late=True)


def audit(db: Database) -> None:
    db.table("audit_findings").add_column("number", int)


def improvement(db: Database) -> None:
    db.table("improvement").add_column("number", str, not_null_default="")
    db.table("improvement").add_column("finding_number", int)
    building.reference(db, "improvement", "effect_by", "person")
    building.unique(db, "improvement", ("number",), late=True)


def paper_setting(db: Database) -> None:
    building.record(
        db,
        "paper_setting",
        {
            "contract": int,
            "form": str,
            "starts_on": str,
            "ends_on": str,
            "title": str,
            "style_number": str,
            "addressee": str,
            "copies": str,
            "beside": int,
            "seal": str,
            "ticks": int,
            "own_file": str,
            "own_file_name": str,
            "note": str,
        },
        always={
            "contract",
            "form",
            "starts_on",
            "title",
            "style_number",
            "addressee",
            "copies",
            "seal",
            "own_file",
            "own_file_name",
            "note",
        },
        refers={"contract": "contract"},
    )
    building.rows(
        db,
        "paper_setting",
        "columns",
        {"column": str, "shown": int, "heading": str},
        always={"column", "heading"},
    )
    building.rows(
        db, "paper_setting", "wording", {"paragraph": str, "text": str}, always={"paragraph", "text"}
    )
    building.rows(
        db,
        "paper_setting",
        "places",
        {"place": str, "name": str, "when": str},
        always={"place", "name", "when"},
    )


def submission(db: Database) -> None:
    db.table("submission").add_column("period_from", str)
    db.table("submission").add_column("period_to", str)
    db.table("submission").add_column("filled", str, not_null_default="")


def former(db: Database) -> None:
    """Nobody has kept what was said before: what a row says holds from the beginning."""
    for name in ("vendor", "client", "person", "location", "device", "contract"):
        building.rows(
            db, name, "former", {"what": str, "was": str, "until": str}, always={"what", "was", "until"}
        )


STEPS: tuple[Callable[[Database], None], ...] = (
    subcontractor,
    contract,
    person,
    assignment,
    training,
    location,
    location_use,
    device,
    asset,
    approval,
    subcontract,
    instruction,
    backup_run,
    event,
    disposal,
    safety_measure,
    check,
    incident,
    request,
    audit,
    improvement,
    paper_setting,
    submission,
    former,
)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 5 upon format 4, inside a transaction."""
    for step in STEPS:
        step(db)
