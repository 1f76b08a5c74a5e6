"""People across trainings and contracts: each mark is read where it is certain, and asked about where not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.common import PeopleError
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import lacking
from app.exchange.tables.telling import told
from app.records import SPECS, Contract, Facts, Person
from tests.support.registers import TODAY, entries, planned, sheet, statuses
from tests.support.sample import _records

RECORDS = tuple(_records())
ONE, TWO, THREE = (one.name for one in Facts(RECORDS).all(Person)[:3])
FIRST, SECOND = (one.number for one in Facts(RECORDS).all(Contract)[:2])
TAUGHT = {"topics.topic": "遵守事項", "contracts.contract": FIRST}
WORKS = {"roles.role": "従事者", "starts_on": "2026-04-01"}


def cross(kind: str, *rows: Any, said: Said | None = None, **more: Any) -> TablePlan:
    constants = TAUGHT if kind == "training" else WORKS
    return planned(kind, sheet(*rows, **more), records=RECORDS, said=said or Said(constants=constants))


def attended(found: TablePlan) -> dict[tuple[str, str], dict[str, str]]:
    """Title and day of each training → who, and how."""
    return {
        (entry["title"], entry.get("held_on", "")): {
            row["person"]: row.get("outcome", "") for row in entry["attendance"]
        }
        for entry in entries(found)
    }


def test_people_and_trainings() -> None:
    found = cross(
        "training",
        ("令和8年度　研修受講状況",),
        ("氏名", "所属", "個人情報保護研修", "セキュリティ研修\nR8.6.1", "事故対応（令和8年9月2日）"),
        (None, None, date(2026, 4, 10)),
        (ONE, "総務", "○", "×", "受講"),
        (TWO, "総務", "○", "－", None),
        (THREE, "総務", None, "○", "○"),
        ("受講率", None, "67%"),
    )
    assert set(statuses(found).values()) == {"new"}
    assert attended(found) == {
        ("個人情報保護研修", "2026-04-10"): {ONE: "出席", TWO: "出席"},
        ("セキュリティ研修", "2026-06-01"): {ONE: "欠席", THREE: "出席"},
        ("事故対応", "2026-09-02"): {ONE: "出席", THREE: "出席"},
    }
    data = told(found)
    assert data["header_row"] == [2, 3]
    assert [(row["sheet"], row["row"]) for row in data["rows"]] == [("台帳", 4)] * 3
    assert "「所属」の列は取り込みません。" in data["notes"]
    assert any("「－」の1か所" in note for note in data["notes"])
    assert any("受講率" in note for note in data["notes"])


def test_a_day_in_the_place_of_a_mark_is_the_day_of_the_training() -> None:
    found = cross(
        "training",
        ("氏名", "研修A", "研修B"),
        (ONE, "R8.4.1", "○"),
        (TWO, "R8.4.1", "○"),
        (THREE, "R8.5.7", "○"),
    )
    assert attended(found) == {
        ("研修A", "2026-04-01"): {ONE: "出席", TWO: "出席"},
        ("研修A", "2026-05-07"): {THREE: "出席"},
        ("研修B", ""): {ONE: "出席", TWO: "出席", THREE: "出席"},
    }
    # The day of a training is never guessed.
    assert list(statuses(found).values()) == ["new", "new", "ask"]


@pytest.mark.parametrize("mark", ["△", "未", "半日", "R8.5"])
def test_what_is_no_certain_mark_is_asked_at_its_place(mark: str) -> None:
    found = cross(
        "training",
        ("氏名", "研修A\nR8.4.1", "研修B\nR8.4.2"),
        (ONE, mark, "○"),
        (TWO, "○", "○"),
        (THREE, "○", "○"),
    )
    assert list(statuses(found).values()) == ["ask", "new"]
    (problem,) = found.lines[0].problems
    assert problem.at is not None
    assert (problem.at.letter, problem.at.row) == ("B", 2)


def test_a_day_without_a_year_is_asked() -> None:
    found = cross("training", ("氏名", "研修A（4/10）", "研修B（R8.4.2）"), (ONE, "○", "○"), (TWO, "○", "○"))
    assert list(statuses(found).values()) == ["ask", "new"]
    assert "年がありません" in found.lines[0].problems[0].reason


def test_people_and_contracts() -> None:
    found = cross(
        "assignment",
        ("氏名", "部署", FIRST, SECOND),
        (ONE, "総務", "○", "責任者"),
        (TWO, "総務", "業務責任者", "×"),
        (THREE, "総務", "R8.5.1", "○"),
    )
    assert [(one["contract"], one["roles"][0]["role"], one["starts_on"]) for one in entries(found)[:1]] == [
        (FIRST, "従事者", "2026-04-01")
    ]
    by_cell = {(at.letter, at.row): line for line in found.lines if (at := line.at) is not None}
    assert by_cell.keys() == {("C", 2), ("C", 3), ("C", 4), ("D", 2), ("D", 4)}
    assert by_cell["C", 3].entry["roles"] == [{"role": "業務責任者"}]
    assert by_cell["C", 4].entry["starts_on"] == "2026-05-01"
    assert by_cell["D", 2].status == "ask"
    assert "「×」の1か所は、該当なしとして取り込みません。" in found.told


def test_what_no_cell_says_is_asked_once() -> None:
    rows = (("氏名", FIRST, SECOND), (ONE, "○", "○"), (TWO, "○", None))
    assert lacking(cross("assignment", *rows, said=Said())) == ("roles.role", "starts_on")
    taught = (("氏名", "研修A\nR8.4.1", "研修B\nR8.4.2"), (ONE, "○", "○"), (TWO, "○", "○"))
    assert lacking(cross("training", *taught, said=Said())) == ("topics.topic", "contracts.contract")


def test_a_contract_that_nobody_knows_is_wrong_at_its_head() -> None:
    found = cross("assignment", ("氏名", FIRST, "なぞの契約"), (ONE, "○", "○"), (TWO, None, "○"))
    wrong = [line for line in found.lines if line.status == "error"]
    assert {line.problems[0].reason for line in wrong} == {"契約「なぞの契約」が台帳にありません。"}
    assert {line.problems[0].at.letter for line in wrong if line.problems[0].at} == {"C"}


def test_several_sheets_of_crosses_are_chosen_by_people() -> None:
    rows = (("氏名", "研修A\nR8.4.1", "研修B\nR8.4.2"), (ONE, "○", "○"))
    both = (sheet(*rows, name="令和7年度"), sheet(*rows, name="令和8年度"))
    with pytest.raises(PeopleError, match="どのシートか"):
        planned("training", *both, records=RECORDS)
    found = planned("training", *both, records=RECORDS, said=Said(sheet="令和8年度", constants=TAUGHT))
    assert found.sheet == "令和8年度"


@pytest.mark.parametrize("kind", [name for name, spec in SPECS.items() if spec.by_hand])
def test_no_other_type_takes_a_cross_for_records_of_its_own(kind: str) -> None:
    rows = (("氏名", "なぞ一", "なぞ二"), (ONE, "○", "○"), (TWO, "○", "×"))
    if kind in ("training", "assignment"):
        return
    try:
        found = planned(kind, sheet(*rows), records=RECORDS)
    except PeopleError:
        return
    assert found.stops


def test_a_register_of_one_training_stays_a_table() -> None:
    found = cross(
        "training",
        ("研修名", "実施日", "氏名", "出欠", "点数"),
        ("研修A", "R8.4.1", ONE, "○", 80),
        (None, None, TWO, "×", None),
    )
    assert found.head == (1,)
    assert attended(found) == {("研修A", "2026-04-01"): {ONE: "出席", TWO: "欠席"}}
    assert date(2026, 4, 1) < TODAY
