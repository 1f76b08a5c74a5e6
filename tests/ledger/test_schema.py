"""The migrations build exactly what every record declares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from app.ledger.content.schema import Column, columns_of, layout
from app.ledger.content.store import shapes_in
from app.ledger.door import local_now
from app.ledger.file import driver, migrating
from app.ledger.migrations import FORMAT, MIGRATIONS, building
from app.records import SPECS, Spec

KEPT = (
    Column("id", "INTEGER", False, None),
    Column("revision", "INTEGER", True, None),
    Column("recorded_at", "TEXT", True, None),
    Column("recorded_by", "TEXT", True, None),
    Column("retired_at", "TEXT", False, None),
    Column("retired_why", "TEXT", True, None),
)


def migrated(upto: int = FORMAT) -> Any:
    """A ``sqlite_utils.Database`` of a format."""
    connection = driver.scratch()
    migrating.migrate(connection, local_now, [step for step in MIGRATIONS if step.number <= upto])
    return driver.sqlite_utils().Database(connection, execute_plugins=False)


@pytest.fixture(scope="module")
def db() -> Iterator[Any]:
    made = migrated()
    yield made
    made.close()


def built(db: Any, table: str) -> set[Column]:
    refers = {key.column: key.other_table for key in db.table(table).foreign_keys}
    assert {key.other_column for key in db.table(table).foreign_keys} <= {"id"}
    return {
        Column(column.name, column.type, bool(column.notnull), refers.get(column.name))
        for column in db.table(table).columns
    }


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_migrations_build_what_a_record_declares(spec: Spec[Any], db: Any) -> None:
    table = db.table(spec.name)
    assert built(db, spec.name) == {*KEPT, *columns_of(layout(spec.name).fields)}
    assert (table.pks, table.strict) == (["id"], True)
    assert "AUTOINCREMENT" in table.schema, "an id that was given once would be given again"
    keys = [(index.name, tuple(index.columns)) for index in table.indexes if index.unique]
    assert keys == ([(f"{spec.name}_key", spec.key)] if spec.key else [])
    for index in db.query("SELECT sql FROM sqlite_master WHERE name = ?", (f"{spec.name}_key",)):
        late = " AND \"number\" <> ''" if spec.late_key else ""
        assert index["sql"].endswith(f"WHERE retired_at IS NULL{late}")


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_migrations_build_the_nested_rows_of_a_record(spec: Spec[Any], db: Any) -> None:
    for child in layout(spec.name).children:
        own = {Column("parent", "INTEGER", True, spec.name), Column("position", "INTEGER", True, None)}
        table = db.table(child.table)
        assert built(db, child.table) == {*own, *columns_of(child.fields)}
        assert (table.pks, table.strict) == (["parent", "position"], True)


def test_no_table_is_left_over(db: Any) -> None:
    assert {shape.table for shape in shapes_in(db.conn)} == set(SPECS)


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


# What migrations build with


def test_a_record_table_gives_no_id_twice(db: Any) -> None:
    building.record(db, "thing", {"name": str, "owner": int}, always={"name"}, refers={"owner": "person"})
    row = {"revision": 1, "recorded_at": "", "recorded_by": "", "retired_why": "", "name": "a"}
    first = db.table("thing").insert(row).last_pk
    db.table("thing").delete(first)
    assert db.table("thing").insert(row).last_pk == first + 1
    db.table("thing").drop()


def test_a_transform_keeps_guards_keys_and_ids() -> None:
    db = migrated()
    row = {"revision": 1, "recorded_at": "", "recorded_by": "", "retired_why": ""}
    texts = {c.name: "" for c in columns_of(layout("client").fields)}
    last = db.table("client").insert({**row, **texts, "name": "見本市"}).last_pk
    db.execute("CREATE TRIGGER guard BEFORE DELETE ON client BEGIN SELECT raise(ABORT, 'stays'); END")
    before = {index.name: index for index in db.table("client").indexes}
    with driver.transaction(db.conn):
        building.transform(db, "client", drop={"handover_person"})
    table = db.table("client")
    assert "handover_person" not in table.columns_dict
    assert {index.name: index for index in table.indexes} == before
    assert table.triggers_dict.keys() == {"guard"}
    assert (table.strict, table.pks) == (True, ["id"])
    with pytest.raises(driver.Error, match="stays"):
        table.delete(last)
    with pytest.raises(driver.Error, match="UNIQUE"):
        table.insert({**row, **{n: "" for n in texts if n != "handover_person"}, "name": "見本市"})
    db.execute("DROP TRIGGER guard")
    table.delete(last)
    held = {**row, **{n: "" for n in texts if n != "handover_person"}}
    assert table.insert(held).last_pk == last + 1
    db.close()


def test_a_table_is_declared_in_the_same_words_for_ever() -> None:
    """Verification compares a file's declarations word for word with those that a new ledger gets."""
    db = migrated()
    building.record(
        db, "thing", {"name": str, "owner": int}, always={"name"}, refers={"owner": "person"}, key=("name",)
    )
    building.rows(db, "thing", "parts", {"made_by": int}, refers={"made_by": "person"})
    building.reference(db, "thing", "place", "location")
    db.table("thing").add_column("state", str, not_null_default="新")
    told = [row["sql"] for row in db.query("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'thing%'")]
    assert "\n".join(filter(None, told)) == THING
    db.close()


THING = """\
CREATE TABLE "thing" (
   "id" INTEGER PRIMARY KEY AUTOINCREMENT,
   "revision" INTEGER NOT NULL,
   "recorded_at" TEXT NOT NULL,
   "recorded_by" TEXT NOT NULL,
   "retired_at" TEXT,
   "retired_why" TEXT NOT NULL,
   "name" TEXT NOT NULL,
   "owner" INTEGER REFERENCES "person"("id")
, "place" INTEGER REFERENCES "location" ("id"), "state" TEXT NOT NULL DEFAULT '新') STRICT
CREATE UNIQUE INDEX "thing_key" ON "thing" ("name") WHERE retired_at IS NULL
CREATE TABLE "thing_parts" (
   "parent" INTEGER NOT NULL REFERENCES "thing"("id"),
   "position" INTEGER NOT NULL,
   "made_by" INTEGER REFERENCES "person"("id"),
   PRIMARY KEY ("parent", "position")
) STRICT"""


def test_a_key_takes_the_place_of_the_one_before(db: Any) -> None:
    building.unique(db, "person", ("name", "kana"))
    (key,) = (index for index in db.table("person").indexes if index.unique)
    assert (key.name, key.columns) == ("person_key", ["name", "kana"])
    building.unique(db, "person", SPECS["person"].key)


@pytest.mark.parametrize(
    ("default", "held"),
    [("'実績'", "実績"), ("''", ""), ("'it''s'", "it's"), ("7", 7), ("(1 + 1)", None), ("NULL", None)],
)
def test_what_older_rows_hold_stands_in_the_file(default: str, held: object) -> None:
    connection = driver.scratch()
    connection.execute("CREATE TABLE own (id, revision, recorded_at, recorded_by, retired_at, retired_why)")
    connection.execute(f"ALTER TABLE own ADD COLUMN later DEFAULT {default}")
    (shape,) = shapes_in(connection)
    assert shape.given[("own", "later")] == held
    connection.close()


def test_a_migration_is_dated() -> None:
    db = migrated()
    steps = list(db.table("migration").rows)
    assert [step["number"] for step in steps] == list(range(1, FORMAT + 1))
    assert all(datetime.fromisoformat(step["applied_at"]).tzinfo for step in steps)
    db.close()


def test_a_column_that_takes_any_value_keeps_its_rows_and_its_place() -> None:
    """What rows hold, keys, triggers and the next id of the table are as before."""
    db = migrated(3)
    for table, name in (("event", "event"), ("disposal_lines", "disposal_lines")):
        before = db.table(table)
        keys, pks = before.foreign_keys, before.pks
        db.execute(f"CREATE TRIGGER kept_{name} AFTER DELETE ON {table} BEGIN SELECT 1; END")
        columns = [(c.name, c.type) for c in before.columns]
        building.take_any(db, table, "quantity")
        after = db.table(table)
        assert (after.foreign_keys, after.pks, after.strict) == (keys, pks, True)
        assert [(c.name, c.type) for c in after.columns] == [
            (c, "ANY" if c == "quantity" else kind) for c, kind in columns
        ]
        assert f"kept_{name}" in {trigger.name for trigger in after.triggers}
    assert "AUTOINCREMENT" in db.table("event").schema
    assert "WITHOUT ROWID" in db.table("disposal_lines").schema
    with pytest.raises(RuntimeError, match="no column of whole numbers"):
        building.take_any(db, "event", "quantity")
    db.close()
