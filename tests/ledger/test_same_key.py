"""A natural key is one key in whatever spelling, and the first spelling stays."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import DuplicateKeyError, LedgerError
from app.records import Client, Device, Location, Person
from tests.ledger.test_search import person


def device(number: str, **given: Any) -> Device:
    return Device(control_number=number, kind="PC", owner="自社", **given)


def numbers(ledger: Ledger) -> list[str]:
    return [one.control_number for one in ledger.facts().all(Device)]


@pytest.mark.parametrize("typed", ["ＰＣ－９０１", "pc-901", "PC－901 ", "PCー901", "PC -901"])
def test_the_same_number_in_another_spelling_is_refused_and_names_the_first(
    ledger: Ledger, typed: str
) -> None:
    ledger.add(device("PC-901"))
    with pytest.raises(DuplicateKeyError) as refused:
        ledger.add(device(typed))
    assert str(refused.value) == (
        f"PC・媒体「{typed}」は、登録済みの「PC-901」と同じです"
        "（全角と半角、大文字と小文字、空白、ハイフンの違いは区別しません）。"
        "別の番号・名称にするか、登録済みのものを変更してください。"
    )
    assert list(refused.value.fields) == ["control_number"]
    assert numbers(ledger) == ["PC-901"]


@pytest.mark.parametrize("typed", ["PC901", "PC-9012", "PC-90 1"])
def test_another_number_is_another(ledger: Ledger, typed: str) -> None:
    ledger.add(device("PC-901"))
    ledger.add(device(typed))
    assert len(numbers(ledger)) == 2


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (Client(name="見本市", addressee="市長"), Client(name="見本 市", addressee="市長")),
        (
            Location(name="本社３階", kind="作業", address="東京"),
            Location(name="本社3階", kind="作業", address="東京"),
        ),
        (person("甲", employee_number="E-1"), person("乙", employee_number="ｅ－１")),
    ],
)
def test_every_natural_key_is_compared_so(ledger: Ledger, first: Any, again: Any) -> None:
    ledger.add(first)
    with pytest.raises(DuplicateKeyError):
        ledger.add(again)


def test_within_one_change_and_after_a_change_of_the_number(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.add(device("PC-3"))
        with pytest.raises(DuplicateKeyError):
            change.add(device("ＰＣ-3"))
    first, second = ledger.add(device("PC-1")), ledger.add(device("PC-2"))
    with pytest.raises(DuplicateKeyError):
        ledger.change(replace(second, control_number="pc-1"))
    ledger.change(replace(first, control_number="ＰＣ－１"))
    assert numbers(ledger) == ["PC-3", "ＰＣ－１", "PC-2"]
    assert ledger.verify().ok


def test_a_retired_number_is_free_and_comes_back_only_while_it_is(ledger: Ledger) -> None:
    ledger.retire(ledger.add(device("PC-1")), "誤り")
    ledger.add(device("ｐｃ-1"))
    change = ledger.history("device", 1)[0].change
    with pytest.raises(LedgerError, match="に使われています"):
        ledger.undo(change)
    assert numbers(ledger) == ["ｐｃ-1"]


def alike_pair(ledger: Ledger) -> tuple[Device, Device]:
    """Two devices as an older program let them in."""
    first, second = ledger.add(device("PC-1")), ledger.add(device("PC-9"))
    connection = ledger._connection
    connection.execute("UPDATE device SET control_number = 'ＰＣ－１' WHERE id = 2")
    connection.execute("UPDATE search SET key = 'pc-1' WHERE record_id = 2")
    ledger._facts = None
    return first, ledger.get(Device, second.id)


def test_a_pair_that_is_there_can_still_be_changed_otherwise(ledger: Ledger) -> None:
    _first, second = alike_pair(ledger)
    held = ledger.change(replace(second, maker="見本"))
    assert (held.control_number, held.maker) == ("ＰＣ－１", "見本")
    with pytest.raises(DuplicateKeyError, match="「PC-1」は既に登録されています"):
        ledger.change(replace(held, control_number="PC-1"))
    freed = ledger.change(replace(held, control_number="PC-2"))
    ledger.undo()
    assert ledger.get(Device, freed.id).control_number == "ＰＣ－１"


def test_a_number_given_by_the_ledger_is_free_in_every_spelling(ledger: Ledger) -> None:
    ledger.add(device("ＰＣ－００７"))
    assert ledger.add(device("")).control_number == "PC-008"


def test_what_was_already_wrong_does_not_stop_another_change(ledger: Ledger) -> None:
    held = ledger.add(person("佐藤"))
    with closing(ledger._connection.execute("UPDATE person SET name = '佐\u3164藤' WHERE id = 1")):
        ledger._facts = None
    old = ledger.get(Person, held.id)
    assert ledger.change(replace(old, post="主任")).name == "佐\u3164藤"
    with pytest.raises(Exception, match="目に見えない文字"):
        ledger.change(replace(ledger.get(Person, held.id), name="佐藤\u3164"))
