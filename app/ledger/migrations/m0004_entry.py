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


def search(db: Database) -> None:
    """The natural key as it is compared, beside the text that is searched; opening writes both anew."""
    db.table("search").add_column("key", str, not_null_default="")
    db.execute("CREATE INDEX search_key ON search (record, key) WHERE key <> ''")


def former_names(db: Database) -> None:
    building.rows(
        db, "person", "former_names", {"name": str, "kana": str, "until": str}, always={"name", "kana"}
    )


def disposal(db: Database) -> None:
    """Nobody has said what a verification came to: where one is needed, nothing counts as ended by it."""
    db.table("disposal").add_column("outcome", str, not_null_default="")
    db.table("disposal_lines").add_column("outcome", str, not_null_default="")


def person(db: Database) -> None:
    """Nobody has decided yet how a name that cannot be printed is to be written."""
    db.table("person").add_column("print_name", str, not_null_default="")


def quantities(db: Database) -> None:
    """A quantity may have decimals, kept as text beside whole numbers. The rows stay as they are."""
    for table in ("event", "disposal_lines", "approval_subjects", "incident_assets"):
        building.take_any(db, table, "quantity")


def contract_seal(db: Database) -> None:
    """Nobody has said yet that a client asks for no seal."""
    db.table("contract").add_column("unsealed", int)


def training_hours(db: Database) -> None:
    db.table("training").add_column("hours", str, not_null_default="")


def calendar(db: Database) -> None:
    """What calendars were given before, nobody wrote down: their entries are taken up as new ones."""
    db.table("calendar_event").create(
        {
            "uid": str,
            "day": str,
            "summary": str,
            "description": str,
            "contract": int,
            "sequence": int,
            "cancelled": int,
        },
        pk="uid",
        not_null={"day", "summary", "description", "contract", "sequence", "cancelled"},
        strict=True,
    )


def skipped_numbers(db: Database) -> None:
    """No restore of an older program ever told which numbers it took away."""
    db.table("skipped_number").create(
        {
            "id": int,
            "fiscal_year": int,
            "number": str,
            "title": str,
            "contract": str,
            "issued_on": str,
            "submitted_on": str,
            "count": int,
            "restored_at": str,
            "settled_at": str,
            "settled_by": str,
            "settled_why": str,
        },
        pk="id",
        not_null={
            "fiscal_year",
            "number",
            "title",
            "contract",
            "issued_on",
            "submitted_on",
            "count",
            "restored_at",
            "settled_at",
            "settled_by",
            "settled_why",
        },
        strict=True,
    )


def key_file(db: Database) -> None:
    """Which of several key files beside the ledger counts; opening notes the one that is there."""
    db.table("key_file").create({"id": int, "sealed": str}, pk="id", not_null={"sealed"}, strict=True)


STEPS: tuple[Callable[[Database], None], ...] = (
    search,
    former_names,
    disposal,
    person,
    quantities,
    contract_seal,
    training_hours,
    calendar,
    skipped_numbers,
    key_file,
)
"""One function a record, in the order in which they are run."""


def apply(db: Database) -> None:
    """Build format 4 upon format 3, inside a transaction."""
    for step in STEPS:
        step(db)
