"""``dev.py migration``: the text it prints, run, builds what is declared."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.ledger.door import local_now
from app.ledger.file import driver, migrating
from app.ledger.migrations import FORMAT, MIGRATIONS, building

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "migration_text.py"


@pytest.fixture(scope="module")
def text() -> Any:
    spec = importlib.util.spec_from_file_location("migration_text", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.text


def at(form: int) -> Any:
    connection = driver.scratch()
    migrating.migrate(connection, local_now, [step for step in MIGRATIONS if step.number <= form])
    return driver.sqlite_utils().Database(connection, execute_plugins=False)


@pytest.fixture
def db() -> Iterator[Any]:
    made = at(FORMAT)
    yield made
    made.close()


def test_nothing_is_printed_where_all_is_built(text: Any, db: Any) -> None:
    assert text(db) == ""


def test_what_is_printed_for_an_old_format_builds_todays(text: Any) -> None:
    db = at(1)
    printed = text(db)
    made: dict[str, Any] = {"building": building, "Database": object}
    exec(compile(printed, "migration", "exec"), made)  # noqa: S102  # the text under test
    wanted = [name for name in made if name not in ("building", "Database", "__builtins__")]
    assert {"subcontract", "event", "own_annex"} <= set(wanted)
    for name in wanted:
        made[name](db)
    assert text(db) == ""
    db.close()


def test_what_every_record_must_say_is_asked_of_the_author(text: Any) -> None:
    db = at(2)
    printed = text(db)
    assert "# event.status is asked of every record: say below what those written before hold" in printed
    assert "handover_place is asked" not in printed
    db.close()


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        ("ALTER TABLE person ADD COLUMN extra TEXT", 'building.transform(db, "person", drop={"extra"})'),
        ("DROP TABLE oath_contracts", 'building.rows(db, "oath", "contracts", {"contract": int}'),
        ("DROP INDEX person_key", "building.unique(db, \"person\", ('employee_number',))"),
        ("CREATE UNIQUE INDEX oath_key ON oath (person)", 'db.table("oath").drop_index("oath_key")'),
        (
            "CREATE TABLE oath_former (parent INTEGER REFERENCES oath (id), position INTEGER)",
            'db.table("oath_former").drop()',
        ),
    ],
)
def test_what_went_or_differs_is_printed_too(text: Any, db: Any, change: str, printed: str) -> None:
    db.execute(change)
    assert printed in text(db)


def test_a_column_of_another_sort_is_left_to_the_author(text: Any, db: Any) -> None:
    building.transform(db, "person", types={"left_on": int})
    assert "# person.left_on is built as Column(" in text(db)
