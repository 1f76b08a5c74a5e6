"""The migrations build exactly what every record declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.ledger.content.schema import declared_sql, layout
from app.ledger.door import local_now
from app.ledger.file import driver, migrating
from app.ledger.file.driver import Connection, rows
from app.ledger.migrations import FORMAT, MIGRATIONS
from app.records import SPECS, Spec


@pytest.fixture(scope="module")
def migrated() -> Iterator[Connection]:
    connection = driver.scratch()
    migrating.migrate(connection, local_now)
    yield connection
    connection.close()


def tables(connection: Connection, spec: Spec[Any]) -> dict[str, Any]:
    """Columns with type and NOT NULL, primary key, foreign keys, unique keys and STRICT, by table."""
    names = [spec.name, *(child.table for child in layout(spec.name).children)]
    found: dict[str, Any] = {}
    for name in names:
        columns = {
            row[1]: (row[2], row[3], row[5]) for row in rows(connection, f'PRAGMA table_info("{name}")')
        }
        refers = {(row[3], row[2], row[4]) for row in rows(connection, f'PRAGMA foreign_key_list("{name}")')}
        unique = {
            tuple(part[2] for part in rows(connection, f"PRAGMA index_info({index[1]})"))
            for index in rows(connection, f'PRAGMA index_list("{name}")')
            if index[2]
        }
        strict = rows(connection, "SELECT strict FROM pragma_table_list WHERE name = ?", (name,))
        found[name] = (columns, refers, unique, strict)
    return found


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_migrations_build_what_a_record_declares(spec: Spec[Any], migrated: Connection) -> None:
    declared = driver.scratch()
    statements = list(declared_sql(spec))
    for statement in statements:
        declared.execute(statement)
    assert tables(migrated, spec) == tables(declared, spec), "declared:\n" + ";\n".join(statements)
    declared.close()


def test_no_table_is_left_over(migrated: Connection) -> None:
    from app.ledger.content.store import shapes_in

    assert {shape.table for shape in shapes_in(migrated)} == set(SPECS)


def test_every_migration_has_the_next_number() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, FORMAT + 1))


def test_sqlite_utils_works_on_the_encrypted_driver() -> None:
    module = driver.sqlite_utils()
    connection = driver.scratch()
    database = module.Database(connection, execute_plugins=False)
    database["t"].create({"id": int}, pk="id")
    database["t"].insert({"id": 1, "extra": "x"}, alter=True)
    assert list(database["t"].rows) == [{"id": 1, "extra": "x"}]
    connection.close()
