"""What PCs told, held against the PC・媒体 of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.exchange.coming_in.planner import ImportPlan, Outcome
from app.exchange.machine.machine import Disk, Machine
from app.exchange.machine.planning import plan
from app.records import Device, Facts
from app.records.device import Encryption, Storage

DAY = date(2026, 11, 27)
PC = Machine(
    on=DAY,
    name="SOUMU-03",
    maker="KAKUU",
    model="KD-1400",
    serial="KD14-0033",
    os="Windows 11 Pro 24H2",
    capacity="512GB",
    disks=(Disk("Cドライブ", Encryption.FULL, "BitLocker"),),
    anti_malware="Windows Defender",
    patched="KB5046617",
)
HELD = Device(
    id=7,
    revision=1,
    control_number="PC-003",
    kind="PC",
    maker="架空電機",
    serial="KD14-0033",
    os="Windows 10 Pro",
    owner="リース",
    storages=(Storage(name="内蔵SSD", encryption="なし"),),
)


def device(planned: ImportPlan) -> Device:
    (row,) = planned.rows
    assert isinstance(row.record, Device)
    return row.record


def test_a_new_pc_is_registered_with_what_it_told() -> None:
    planned = plan(Facts(()), [PC], owner="自社")
    made = device(planned)
    assert (planned.rows[0].outcome, planned.problems, planned.notes) == (Outcome.NEW, (), ())
    assert (made.kind, made.owner, made.maker, made.os) == ("PC", "自社", "KAKUU", "Windows 11 Pro 24H2")
    assert made.storages == (Storage(name="Cドライブ", encryption="全体", tool="BitLocker"),)
    assert made.note == "コンピュータ名：SOUMU-03"


def test_whose_a_new_pc_is_has_to_be_said() -> None:
    planned = plan(Facts(()), [PC])
    assert [problem.field for problem in planned.problems] == ["owner"]


def test_a_pc_is_known_by_its_serial_number_and_keeps_what_was_typed() -> None:
    planned = plan(Facts((HELD,)), [replace(PC, serial="ｋｄ14-0033")])
    made = device(planned)
    assert (planned.rows[0].outcome, made.id, made.owner) == (Outcome.CHANGED, 7, "リース")
    assert (made.maker, made.serial, made.model) == ("架空電機", "KD14-0033", "KD-1400")
    assert made.os == "Windows 11 Pro 24H2"


def test_what_changed_holds_from_the_day_it_was_read() -> None:
    made = device(plan(Facts((HELD,)), [PC]))
    assert {row.what: row.was for row in made.former if row.until == date(2026, 11, 26)} == {
        "OS": "Windows 10 Pro",
        "記憶装置": "内蔵SSD／なし",
        "マルウェア対策ソフト": "",
    }


def test_one_disk_of_which_nothing_is_known_leaves_all_storage_units_as_they_are() -> None:
    told = replace(PC, disks=(*PC.disks, Disk("Dドライブ", None)))
    planned = plan(Facts((HELD,)), [told])
    assert device(planned).storages == HELD.storages
    assert planned.notes == ("SOUMU-03：記憶装置 Dドライブの暗号化は、確認できませんでした。",)
    assert device(plan(Facts(()), [told], owner="自社")).storages == ()


def test_storage_units_that_are_encrypted_alike_keep_their_names() -> None:
    held = replace(HELD, storages=(Storage(name="内蔵SSD", encryption="全体", method="AES-256"),))
    assert device(plan(Facts((held,)), [PC])).storages == held.storages


def test_what_was_not_told_erases_nothing() -> None:
    blank = Machine(on=DAY, serial="KD14-0033")
    planned = plan(Facts((HELD,)), [blank])
    assert (planned.rows[0].outcome, device(planned)) == (Outcome.SAME, HELD)


def test_without_a_serial_number_it_is_asked_which_one_it_is() -> None:
    blank = replace(PC, serial="")
    planned = plan(Facts((HELD,)), [blank], owner="自社")
    assert planned.rows[0].outcome is Outcome.ERROR
    assert "管理番号を指定してください" in planned.problems[0].sentence
    assert device(plan(Facts((HELD,)), [blank], number="pc-003")).id == 7
    assert device(plan(Facts((HELD,)), [blank], owner="自社", number="PC-009")).control_number == "PC-009"


def test_a_number_of_another_pc_is_refused() -> None:
    planned = plan(Facts((HELD,)), [replace(PC, serial="KD14-0034")], number="PC-003")
    assert planned.rows[0].outcome is Outcome.ERROR
    assert "製造番号は「KD14-0033」" in planned.problems[0].sentence


def test_the_same_pc_twice_and_a_serial_number_of_two_are_asked_about() -> None:
    twice = plan(Facts(()), [PC, PC], owner="自社")
    assert [row.outcome for row in twice.rows] == [Outcome.NEW, Outcome.ERROR]
    both = plan(Facts((HELD, replace(HELD, id=8, control_number="PC-004"))), [PC])
    assert both.rows[0].outcome is Outcome.ERROR
    assert "2件登録されています" in both.problems[0].sentence


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_pc_was_read_by_today(days: int) -> None:
    read = replace(PC, on=DAY + timedelta(days=days))
    for facts in (Facts((HELD,)), Facts(())):
        planned = plan(facts, [read], owner="自社", today=DAY)
        said = [problem.sentence for problem in planned.problems]
        assert any("読み取った日" in one and "きょうより後です" in one for one in said) is (days > 0)
        assert (planned.rows[0].outcome is Outcome.ERROR) is (days > 0)
