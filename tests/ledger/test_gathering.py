"""Many records written together leave exactly what they leave when each is written alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import PeopleError
from app.ledger import outgoing
from app.ledger.content import keys
from app.ledger.content.search import NAMESAKE
from app.ledger.door import Ledger
from app.ledger.errors import DuplicateKeyError
from app.ledger.file import driver
from app.ledger.proof import identity, journal
from app.ledger.undoing import fitting
from app.ledger.writing import Change
from app.records import Device, Person
from app.records.device import Encryption, Storage
from tests.ledger.conftest import Clock
from tests.support.ledgers import Original

MANY = keys.WORTH
_INDEX = "SELECT rowid FROM search_fts WHERE search_fts MATCH ?"

Write = Callable[[Change], None]


def device(number: str, **given: Any) -> Device:
    return Device(control_number=number, kind="PC", owner="自社", **given)


@contextmanager
def written(together: bool) -> Iterator[None]:
    """Every change gathers, three records at a time, or none does; salts are the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        worth = 1 if together else 1_000_000
        patch.setattr(outgoing, "WORTH", worth)
        patch.setattr(fitting, "WORTH", worth)
        patch.setattr(outgoing, "_TOGETHER", 3)
        salts = count()
        patch.setattr(secrets, "token_hex", lambda size: f"{next(salts):0{size * 2}x}")
        yield


def everything(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the index's own, and of that which rows hold each text of a record."""
    connection = ledger._connection
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    tables = [name for (name,) in names if not name.startswith("search_fts") and name != "search_vocabulary"]
    held = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in tables}  # noqa: S608  # its own names
    words = {word for row in held["search"] for word in row[3].split() if len(word) >= 3}
    found = {word: sorted(connection.execute(_INDEX, (f'"{word}"',)).fetchall()) for word in words}
    config = connection.execute("SELECT v FROM search_fts_config WHERE k = 'secure-delete'").fetchall()
    return held | {"found": sorted(found.items()), "config": config}


def done(original: Original, steps: Sequence[Write], *, together: bool) -> tuple[Any, ...]:
    """What the steps leave in a copy of a ledger, each a change of its own, and what was refused."""
    with TemporaryDirectory() as folder, written(together):
        path = Path(folder) / "copy.jutaku"
        key = original.copy_to(path)
        said: list[tuple[str, ...]] = []
        with closing(Ledger.open(path, key, clock=Clock())) as ledger:
            for step in steps:
                try:
                    with ledger.write("取込み") as change:
                        change.gather(10)
                        step(change)
                except PeopleError as error:
                    said.append((str(error), *error.problems))
            with_undo = [everything(ledger)]
            for _ in range(2):
                for newest in ledger.done(1):
                    ledger.undo(ledger.undoing(newest.number))
                    with_undo.append(everything(ledger))
            assert ledger.verify().ok
            return said, with_undo, ledger.facts().all(Device), ledger.facts().all(Person)


NUMBERS = st.sampled_from(["", "PC-1", "PC-2", "ＰＣ－２", "PC-3", "pc-3", "PC-4", "PC-5"])
STEP = st.tuples(
    st.sampled_from(["add", "add", "add", "person", "change", "twice", "retire"]),
    NUMBERS,
    st.integers(0, 5),
    st.sampled_from(["", "佐藤の席", "U+1F600 は使わない", "壊れた" * 3]),
)


def apply(change: Change, drawn: list[tuple[str, str, int, str]]) -> None:
    """Carry out what was drawn, as far as there is something to carry it out on."""
    made: list[Any] = list(change.facts.all(Device))
    for what, number, at, note in drawn:
        if what == "add":
            rows = (Storage(name="SSD", encryption=str(next(iter(Encryption)))),) * (at % 3)
            made.append(change.add(device(number, note=note, storages=rows)))
        elif what == "person":
            change.add(Person(name=f"山田 {note or '太郎'}", employment="社員"))
        elif made and what in ("change", "twice"):
            held = made.pop(at % len(made))
            held = change.change(replace(held, control_number=number, note=note))
            if what == "twice":
                held = change.change(replace(held, note=note + "。", storages=()))
            made.append(held)
        elif made and what == "retire":
            change.retire(made.pop(at % len(made)), "廃棄")


@settings(max_examples=15)
@given(drawn=st.lists(st.lists(STEP, min_size=1, max_size=8), min_size=1, max_size=4))
def test_many_records_together_leave_what_each_alone_leaves(
    blank: tuple[Original, Any], drawn: list[list[tuple[str, str, int, str]]]
) -> None:
    steps = [partial(apply, drawn=some) for some in drawn]
    assert done(blank[0], steps, together=True) == done(blank[0], steps, together=False)


def test_as_many_as_are_worth_it_wait_and_one_fewer_does_not(ledger: Ledger) -> None:
    for number, waiting in ((MANY - 1, False), (MANY, True), (MANY + 1, True)):
        with ledger.write() as change:
            change.gather(number)
            change.add(device(f"PC-{number}"))
            held = ledger._connection.execute("SELECT count(*) FROM device").fetchone()[0]
            assert (held == ledger.facts().count(Device)) == waiting
    assert ledger.facts().count(Device) == 3


def test_a_key_taken_twice_within_is_refused_at_the_second_and_leaves_nothing(ledger: Ledger) -> None:
    before = everything(ledger)
    with pytest.raises(DuplicateKeyError):
        fill(ledger, [device("PC-1"), device("PC-2"), device("ＰＣ－１")])
    assert everything(ledger) == before
    ledger.add(device("PC-1"))
    assert ledger.verify().ok


def test_a_key_given_up_within_may_be_taken_within(ledger: Ledger) -> None:
    first, second = ledger.add(device("PC-1")), ledger.add(device("PC-2"))
    with ledger.write() as change:
        change.gather(MANY)
        change.change(replace(first, control_number="PC-9"))
        change.retire(second, "廃棄")
        change.add(device("PC-1"))
        change.add(device("pc-2"))
    assert sorted(one.control_number for one in ledger.facts().all(Device)) == ["PC-1", "PC-9", "pc-2"]
    assert ledger.verify().ok


def test_what_waits_is_not_lost_where_a_refusal_is_caught_within(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.gather(MANY)
        change.add(device("PC-1"))
        with pytest.raises(DuplicateKeyError):
            change.add(device("PC-1"))
        change.add(device("PC-2"))
    assert ledger.facts().count(Device) == 2
    assert [hit.key for hit in ledger.search("PC-2")] == ["PC-2"]
    assert ledger.verify().ok


def test_numbers_that_the_ledger_gives_go_on_from_what_waits(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.gather(MANY)
        change.add(device("PC-007"))
        assert change.add(device("")).control_number == "PC-008"


def person() -> Person:
    return Person(name="鈴木 花子", employment="社員")


def test_records_that_name_records_of_the_same_change_go_in_behind_them(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.gather(MANY)
        for number in range(4):
            owner = change.add(device(f"PC-{number}"))
            change.add(replace(person(), name=f"山田 {owner.id}"))
    assert ledger.facts().count(Device) == ledger.facts().count(Person) == 4
    assert ledger.verify().ok


def blocks(ledger: Ledger) -> str:
    """All bytes of the index's own blocks, as text in which an unbroken word is found."""
    held = ledger._connection.execute("SELECT block FROM search_fts_data").fetchall()
    return b"".join(block for (block,) in held).decode("utf-8", "replace")


def test_of_what_many_records_said_nothing_is_left_in_the_index(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.gather(MANY)
        for number in range(MANY):
            change.add(device(f"PC-{number}", note="鰯鱚鰆" if number == 7 else ""))
    assert "鰯鱚" in blocks(ledger)
    ledger.undo()
    assert not ledger.facts().all(Device)
    assert "鰯鱚" not in blocks(ledger)


def test_a_change_that_failed_goes_on_cutting_texts_out_at_once(ledger: Ledger) -> None:
    held, other = ledger.add(device("PC-1", note="鰯鱚鰆")), ledger.add(device("PC-0", note="鯖"))
    with pytest.raises(DuplicateKeyError):
        fill(ledger, [replace(other, note="鮎"), device("PC-1")])
    ledger.retire(held, "廃棄")
    assert "鰯鱚" not in blocks(ledger)


def test_whose_key_is_the_same_is_looked_up_and_not_gone_through(ledger: Ledger) -> None:
    told = ledger._connection.execute(f"EXPLAIN QUERY PLAN {NAMESAKE}", ("device", "pc-1", 1)).fetchall()
    assert any("search_key" in row[3] for row in told), told


def fill(ledger: Ledger, records: list[Device]) -> None:
    with ledger.write() as change:
        change.gather(MANY)
        for record in records:
            _ = change.change(record) if record.id else change.add(record)


def test_entries_of_one_record_that_wait_together_stand_in_one_chain(ledger: Ledger) -> None:
    """Else the ledger would call itself altered: a clock that was set back is told before the deed."""
    ledger.close()
    with closing(driver.connect(ledger.path, ledger.key)) as connection, driver.transaction(connection):
        actor = journal.Actor("担当 花子", "login")
        first = identity.deed(connection, "clock set back", "時計")
        writer = journal.Writer(connection, ledger.id, actor, datetime(2026, 4, 2, tzinfo=UTC), first)
        writer.add(identity.deed(connection, "restore", "復元"))
        writer.add(identity.deed(connection, "restore", "復元"))
        writer.write()
    with Ledger.open(ledger.path, ledger.key, clock=Clock()) as again:
        assert again.verify().ok
