"""A register of machines with columns for who uses them, where and since when: two types in one plan."""

from __future__ import annotations

from typing import Any

import pytest

from app.exchange.coming_in.importing import ImportRefusedError
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import lacking, plan
from app.exchange.tables.telling import told
from app.ledger.door import Ledger
from app.records import SPECS, Contract, Device, DeviceUse, Location, Person
from tests.support.registers import TODAY, reasons, sheet, statuses

HEAD = ("管理番号", "種別", "所有", "導入日", "使用者", "設置場所", "使用開始日")
WHO, WHERE = "髙橋 美咲", "本社 保管庫"
SAID = Said(constants={"device_use.contract": "MK-1024"})


def planned(ledger: Ledger, *rows: tuple[Any, ...], head: Any = HEAD, said: Said = SAID) -> TablePlan:
    return plan(ledger.facts(), SPECS["device"], Book((sheet(head, *rows),)), said, today=TODAY)


def pc(number: str, *more: Any) -> tuple[Any, ...]:
    return (number, "PC", "自社", "R5.4.1", *more)


def uses(ledger: Ledger) -> dict[str, tuple[str, str, str]]:
    """Machine → its contract, who uses it and where."""
    facts = ledger.facts()
    found = {}
    for use in facts.all(DeviceUse):
        who, where = facts.find(Person, use.person), facts.find(Location, use.location)
        machine, contract = facts.get(Device, use.device), facts.get(Contract, use.contract)
        names = (contract.number, who.name if who else "", where.name if where else "")
        found[machine.control_number] = names
    return found


def test_devices_and_their_use_are_one_change(ledger: Ledger) -> None:
    found = planned(
        ledger,
        pc("PC-1", WHO, WHERE, "R8.4.1"),
        pc("PC-2", "－", None, None),
        pc("PC-3", WHO, None, "R8.4.1"),
    )
    assert [column.path for column in found.columns][4:] == [
        "device_use.person",
        "device_use.location",
        "device_use.starts_on",
    ]
    assert found.stops == ()
    assert statuses(found) == {2: "new", 3: "new", 4: "new"}
    (beside,) = found.besides
    assert beside.plan.counts["new"] == 2
    row = told(found)["rows"][0]
    assert row["record"] == {
        "control_number": "PC-1",
        "kind": "PC",
        "owner": "自社",
        "introduced_on": "2023-04-01",
    }
    assert row["beside"] == [
        {
            "kind": "device_use",
            "status": "new",
            "record": {
                "device": "PC-1",
                "contract": "MK-1024",
                "person": WHO,
                "location": WHERE,
                "starts_on": "2026-04-01",
            },
        }
    ]
    before = ledger.facts()
    planning.apply(ledger, found, None)
    assert uses(ledger) == {"PC-1": ("MK-1024", WHO, WHERE), "PC-3": ("MK-1024", WHO, "")}
    assert len(ledger.facts().all(Device)) == 3
    ledger.undo()
    assert ledger.facts().all(Device) == before.all(Device) == ()
    assert ledger.facts().all(DeviceUse) == ()


def test_the_same_register_again_changes_nothing(ledger: Ledger) -> None:
    rows = (pc("PC-1", WHO, WHERE, "R8.4.1"),)
    planning.apply(ledger, planned(ledger, *rows), None)
    again = planned(ledger, *rows)
    assert statuses(again) == {2: "same"}
    assert again.besides[0].plan.counts["same"] == 1
    planning.apply(ledger, again, None)
    assert len(ledger.facts().all(DeviceUse)) == 1


def test_machines_without_a_number_have_their_use_as_well(ledger: Ledger) -> None:
    said = Said(constants={**SAID.constants, "control_number": ""})
    found = planned(ledger, pc("", WHO, WHERE, "R8.4.1"), pc("", "佐藤 大輔", WHERE, "R8.4.1"), said=said)
    planning.apply(ledger, found, None)
    assert sorted(who for _, who, _ in uses(ledger).values()) == ["佐藤 大輔", WHO]


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        (pc("PC-1", "なぞの人", WHERE, "R8.4.1"), "E2", "要員「なぞの人」が台帳にありません"),
        (pc("PC-1", WHO, "なぞの室", "R8.4.1"), "F2", "作業場所「なぞの室」が台帳にありません"),
        (pc("PC-1", WHO, WHERE, "4/1"), "G2", "年がありません"),
        (pc("PC-1", WHO, WHERE, None), "2", "使用開始日がありません"),
        (pc("PC-1", None, None, "R8.4.1"), "G2", "使用者も設置場所もありません"),
    ],
)
def test_what_is_not_certain_of_a_use_is_asked(
    ledger: Ledger, row: tuple[Any, ...], place: str, reason: str
) -> None:
    found = planned(ledger, row, pc("PC-9", WHO, WHERE, "R8.4.1"))
    assert list(reasons(found)) == [place]
    assert reason in reasons(found)[place]
    with pytest.raises(ImportRefusedError):
        planning.apply(ledger, found, None)
    assert ledger.facts().all(Device) == ()


def test_what_the_file_lacks_of_the_use_is_asked_once(ledger: Ledger) -> None:
    found = planned(ledger, pc("PC-1", WHO, WHERE), head=HEAD[:-1], said=Said())
    assert lacking(found) == ("device_use.contract", "device_use.starts_on")
    said = Said(constants={**SAID.constants, "device_use.starts_on": "2026-04-01"})
    assert statuses(planned(ledger, pc("PC-1", WHO, WHERE), head=HEAD[:-1], said=said)) == {2: "new"}


def test_a_machine_in_use_is_not_put_to_use_twice(ledger: Ledger) -> None:
    planning.apply(ledger, planned(ledger, pc("PC-1", WHO, WHERE, "R8.4.1")), None)
    found = planned(ledger, pc("PC-1", "佐藤 大輔", WHERE, "R8.10.1"))
    assert "から使用中です" in reasons(found)["E2"]


def test_a_machine_that_is_gone_is_used_by_nobody(ledger: Ledger) -> None:
    head = (*HEAD, "廃棄日", "使用終了年月日")
    found = planned(ledger, pc("PC-1", WHO, WHERE, "R8.4.1", "R8.9.30"), head=head[:-1])
    assert "使用終了日がありません" in reasons(found)["2"]


def test_without_a_holder_the_day_is_that_of_the_machine(ledger: Ledger) -> None:
    found = planned(ledger, ("PC-1", "PC", "自社", "R8.4.1"), head=("管理番号", "種別", "所有", "使用開始日"))
    assert found.columns[3].path == "introduced_on"
    assert found.besides == ()


def test_a_column_of_the_use_can_be_dropped_or_given_by_hand(ledger: Ledger) -> None:
    none = Said(columns={5: None, 6: None, 7: None})
    found = planned(ledger, pc("PC-1", "なぞの人", "なぞの室", "R8.4.1"), said=none)
    assert (statuses(found), found.besides) == ({2: "new"}, ())
    by_hand = Said(
        columns={2: "device_use.person"}, constants={**SAID.constants, "kind": "PC", "owner": "自社"}
    )
    found = planned(ledger, ("PC-1", WHO, "R8.4.1"), head=("管理番号", "なぞ", "使用開始日"), said=by_hand)
    assert found.besides[0].plan.counts["new"] == 1
