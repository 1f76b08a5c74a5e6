"""The sixth format: what the acts of a working day have to keep.

A column that every row holds says with ``not_null_default`` what the rows written before hold; verification
reads it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ledger.migrations import building

if TYPE_CHECKING:
    from sqlite_utils import Database


def event(db: Database) -> None:
    """Nobody wrote down until when something was to be back."""
    db.table("event").add_column("return_by", str)


def device_use(db: Database) -> None:
    db.table("device_use").add_column("return_by", str)


def disposal(db: Database) -> None:
    """Nobody was asked why a disposal was done without an approval."""
    db.table("disposal").add_column("unapproved", str, not_null_default="")


def subcontract(db: Database) -> None:
    """Why work was delegated without an approval stood among the reasons for delegating, if anywhere."""
    db.table("subcontract").add_column("unapproved", str, not_null_default="")


def attachment(db: Database) -> None:
    """Nobody said of a photograph what of a disposal it shows: it is of all of it."""
    building.reference(db, "attachment", "asset", "asset")
    building.reference(db, "attachment", "device", "device")


def saved_list(db: Database) -> None:
    building.record(
        db,
        "saved_list",
        {"record_kind": str, "name": str, "words": str, "retired": int, "note": str},
        always={"record_kind", "name", "words", "note"},
        key=("record_kind", "name"),
    )
    building.rows(db, "saved_list", "conditions", {"field": str, "value": str}, always={"field", "value"})


def import_run(db: Database) -> None:
    """Nobody wrote down which files were brought in before."""
    texts = dict.fromkeys(("record_kind", "file_name", "sheet", "digest", "note"), str)
    counts = dict.fromkeys(("new", "changed", "same", "left_out", "erased"), int)
    building.record(db, "import_run", {**texts, **counts}, always=set(texts))
    columns = {"title": str, "field": str, "erases": int}
    building.rows(db, "import_run", "columns", columns, always={"title", "field"})
    answers = dict.fromkeys(("title", "shown", "field", "value"), str)
    building.rows(db, "import_run", "answers", answers, always=set(answers))


def reading_example(db: Database) -> None:
    """What somebody settled of a paragraph was kept nowhere but in the annex that it was settled for."""
    texts = ("name", "source", "text", "client", "vendor", "asks", "mark", "sketch", "note")
    building.record(db, "reading_example", dict.fromkeys(texts, str), always=set(texts), key=("mark",))


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


def own_annex(db: Database) -> None:
    """Nobody kept the text that an annex was read from."""
    db.table("own_annex").add_column("reading", str, not_null_default="")


STEPS: tuple[Callable[[Database], None], ...] = (
    event,
    device_use,
    disposal,
    subcontract,
    attachment,
    saved_list,
    import_run,
    reading_example,
    incident,
    own_annex,
)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 6 upon format 5, inside a transaction."""
    for step in STEPS:
        step(db)
