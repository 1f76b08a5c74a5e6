"""The facts are filled by a quick way, and it gives what the plain way gives, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.content import living, store
from app.ledger.content.contents import content_of, record_of
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.records import SPECS, Device, Record, Spec, fields_of
from app.records.kinds import Row, Rows, Text
from app.records.ordering import key_text
from tests.ledger.test_schema import migrated
from tests.support.values import IDS, holders

EARLY = datetime.fromisoformat("2026-04-01 09:05")
MOMENTS = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2099-12-31"))
STORED = st.sampled_from(
    [
        "",
        " ",
        "受領",
        "2026-04-01",
        "2026-04-01 09:05",
        "2026-04-01T09:05:30",
        "2026-13-01",
        "12.5",
        "01.50",
        "NaN",
    ]
) | st.sampled_from(["[]", '["紙", "紙"]', '"紙"', "[", "null", 0, 1, -1, 2, 2**63 - 1])
"""What a file may hold where nothing of this program wrote it."""


@pytest.fixture(scope="module")
def empty() -> Iterator[Any]:
    """Every table, and no reference or key that is looked at: any record may stand alone."""
    made = migrated().conn
    made.execute("PRAGMA foreign_keys=OFF")
    for spec in SPECS.values():
        made.execute(f'DROP INDEX IF EXISTS "{spec.name}_key"')
    yield made
    made.close()


def plainly(connection: Any, name: str) -> list[Record]:
    contents = store.read_all(connection, store.shape(name), retired=False)
    return [record_of(name, content) for content in contents]


def quickly(connection: Any, name: str) -> list[Record]:
    return list(living.living(connection, name))


def written(record: Record, by: str, at: datetime, gone: datetime | None) -> Record:
    now = at.replace(microsecond=0)
    retired = gone and gone.replace(microsecond=0)
    return replace(record, revision=3, recorded_at=now, recorded_by=by, retired_at=retired, retired_why=by)


def put(connection: Any, record: Record) -> None:
    where = store.shape(record.spec.name)
    store.insert(connection, where, [content_of(record) | {"id": store.next_id(connection, where)}])


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@settings(max_examples=5)
@given(data=st.data())
def test_both_ways_read_the_same_records(spec: Spec[Any], empty: Any, data: st.DataObject) -> None:
    empty.execute("BEGIN")
    try:
        for _ in range(data.draw(st.integers(0, 2))):
            kept = (data.draw(st.sampled_from(["", "佐藤"])), data.draw(MOMENTS))
            record = written(data.draw(holders(spec.cls, IDS)), *kept, data.draw(st.none() | MOMENTS))
            put(empty, record)
        assert repr(quickly(empty, spec.name)) == repr(plainly(empty, spec.name))
        assert quickly(empty, spec.name) == plainly(empty, spec.name)
    finally:
        empty.execute("ROLLBACK")


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@settings(max_examples=5)
@given(data=st.data())
def test_both_ways_fail_at_the_same_values(spec: Spec[Any], empty: Any, data: st.DataObject) -> None:
    where = store.shape(spec.name)
    places = [(where.table, column) for column in where.columns[2:]]
    places += [(table, column) for table, columns in where.children.values() for column in columns]
    empty.execute("BEGIN")
    try:
        record = written(data.draw(holders(spec.cls, IDS)), "佐藤", EARLY, None)
        put(empty, record)
        for table, column in data.draw(st.lists(st.sampled_from(places), max_size=3)):
            told = data.draw(STORED)
            try:
                empty.execute(f'UPDATE "{table}" SET "{column}" = ?', (told,))  # noqa: S608  # declared names
            except driver.Error:
                continue  # a whole number is asked for there
        assert outcome(quickly, empty, spec.name) == outcome(plainly, empty, spec.name)
    finally:
        empty.execute("ROLLBACK")


def outcome(way: Any, connection: Any, name: str) -> str:
    """What comes of it; where several values are wrong, either of them may be met first."""
    try:
        return repr(way(connection, name))
    except (ValueError, TypeError, ArithmeticError):
        return "refused"


def test_more_records_than_are_read_at_once_all_come_in_order(
    empty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "_AT_ONCE", 2)
    spec = SPECS["device"]
    empty.execute("BEGIN")
    try:
        for number in range(5):
            device = Device(control_number=f"PC-{number}", kind="PC", owner="自社")
            put(empty, written(device, "佐藤", EARLY, None))
        found = quickly(empty, spec.name)
        assert [key_text(record) for record in found] == [f"PC-{number}" for number in range(5)]
    finally:
        empty.execute("ROLLBACK")


def test_values_that_are_alike_are_one_object(ledger: Ledger) -> None:
    """Else 100,000 records would each hold a day, a name and a kind of their own: most of the memory."""
    for number in ("PC-1", "PC-2"):
        ledger.add(Device(control_number=number, kind="PC", owner="貸与"))
    ledger._facts = None
    one, other = ledger.facts().all(Device)
    assert one.owner is other.owner
    assert one.recorded_at is other.recorded_at or one.recorded_at != other.recorded_at
    assert one.storages is other.storages


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_nothing_is_done_when_a_record_is_made_that_the_quick_way_leaves_out(spec: Spec[Any]) -> None:
    nested = [f.kind.of for f in spec.fields if isinstance(f.kind, Rows)]
    for cls in (spec.cls, *nested):
        assert not hasattr(cls, "__post_init__")
        assert all(f.init for f in fields(cls))
        assert fields_of(cls)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(Row):
    name: Annotated[str, Text(label="氏名")]
    kana: Annotated[str, Text(label="フリガナ")] = ""


def test_a_field_that_would_be_left_unset_is_an_error_at_once() -> None:
    with pytest.raises(TypeError, match="_Named has other fields than name"):
        living._Maker(_Named, ["name"])
    (made,) = living._Maker(_Named, ["name", "kana"]).make([["佐藤"], [""]], 1)
    assert made == _Named(name="佐藤")
    with pytest.raises(AttributeError):
        made.name = "鈴木"  # type: ignore[misc]  # that it cannot be written is what is asked
