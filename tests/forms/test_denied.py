"""No document states a result that the facts behind it deny: every such statement, and what denies it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from app.duties.case import Case, MissingFactsError
from app.printing.type.words import all_texts
from app.records import Assignment, Device, DeviceUse, Disposal, Event, Oath, Person, Statement, Training
from app.records.disposal import DisposalLine
from app.records.training import Attendance
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, Sample

Forms = Mapping[str, Form[Any]]
Denial = Callable[[Sample], object]
EVE = DAY - timedelta(days=1)
ABSENT = tuple(Attendance(person=number, outcome="欠席") for number in range(1, 9))


def lines(sample: Sample, number: int, **values: Any) -> None:
    held = sample.facts.get(Disposal, number).lines
    sample.change(Disposal, number, lines=tuple(replace(line, **values) for line in held))


def gone(sample: Sample, person: int, on: date = EVE) -> Person:
    return sample.change(Person, person, left_on=on)


def machine(sample: Sample, **values: Any) -> None:
    """The first machine, destroyed before the day: the use of it goes on."""
    line = DisposalLine(device=1, item="PC", medium="PC", quantity=1, unit="台", result="完了", serial="S-1")
    held = sample.facts.get(Disposal, 1)
    sample.add(replace(held, done_on=EVE, method="物理的破壊", lines=(line,), **values))


class Row(NamedTuple):
    """A statement of a form, what denies it, and where the refusal sends the officer."""

    form: str
    statement: str
    deny: Denial
    asked: tuple[str, int, str]
    contract: int = KIMITSU
    day: date = DAY


CERTIFICATE = "disposal-certificate"
ROWS = {
    "disposed of, yet a line failed": Row(
        CERTIFICATE,
        "完全に廃棄し又は消去して",
        lambda s: lines(s, 1, result="不良", followed="再実施"),
        ("disposal", 1, "lines"),
    ),
    "unreadable, yet not verified": Row(
        CERTIFICATE,
        "読み取りも復元もできない状態",
        lambda s: s.change(Disposal, 2, outcome="未確認"),
        ("disposal", 2, "outcome"),
    ),
    "unreadable, yet nothing is said of a verification": Row(
        CERTIFICATE,
        "読み取りも復元もできない状態",
        lambda s: s.change(Disposal, 2, outcome=""),
        ("disposal", 2, "outcome"),
    ),
    "unreadable, yet one line did not pass": Row(
        CERTIFICATE,
        "読み取りも復元もできない状態",
        lambda s: lines(s, 1, outcome="不合格"),
        ("disposal", 1, "outcome"),
    ),
    "unreadable, yet the remark says otherwise": Row(
        CERTIFICATE,
        "読み取りも復元もできない状態",
        lambda s: s.change(Disposal, 2, verification_result="不一致あり（12件）"),
        ("disposal", 2, "verification_result"),
    ),
    "unreadable, yet by a method that cannot work": Row(
        CERTIFICATE,
        "読み取りも復元もできない状態",
        lambda s: s.change(
            Disposal, 1, method="磁気消去", verification="目視", outcome="合格", verification_result="不能"
        ),
        ("disposal", 1, "method_reason"),
    ),
    "someone answered for it who had left": Row(
        CERTIFICATE, "責任者", lambda s: gone(s, 1, date(2026, 5, 17)), ("disposal", 1, "responsible")
    ),
    "someone verified it who had left": Row(
        CERTIFICATE, "確認", lambda s: gone(s, 2, date(2026, 5, 17)), ("disposal", 1, "confirmed_by")
    ),
    "works, yet has left": Row(
        "personnel-report", "従事する", lambda s: gone(s, 3), ("assignment", 31, "ends_on")
    ),
    "is in charge, yet has left": Row(
        "personnel-report", "責任者", lambda s: gone(s, 1), ("assignment", 11, "ends_on")
    ),
    "was told, yet after the day of the sheet": Row(
        "oath",
        "説明した者",
        lambda s: s.change(Oath, 2, explained_on=DAY + timedelta(days=1)),
        ("oath", 2, "explained_on"),
        KAWAGUCHI,
    ),
    "training was held, yet nobody came": Row(
        "training-report",
        "研修を実施した",
        lambda s: s.change(Training, 1, attendance=ABSENT),
        ("training", 1, "attendance"),
    ),
    "attended, yet had left": Row(
        "training-report", "済", lambda s: gone(s, 3, date(2026, 3, 24)), ("training", 1, "attendance")
    ),
    "made up for it, yet had left": Row(
        "training-report", "済", lambda s: gone(s, 7, date(2026, 3, 29)), ("training", 1, "attendance")
    ),
    "is in use, yet was destroyed": Row("device-register", "使用中", machine, ("device_use", 1, "ends_on")),
    "is in use, yet was given up": Row(
        "device-register",
        "使用中",
        lambda s: s.change(Device, 1, retired_on=EVE),
        ("device_use", 1, "ends_on"),
    ),
    "keeps it, yet has left": Row(
        "device-register", "管理者", lambda s: gone(s, 2), ("device_use", 2, "person")
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_statement_that_the_facts_deny_is_refused_with_the_record_to_open(
    name: str, sample: Sample, forms: Forms
) -> None:
    row = ROWS[name]
    form = forms[row.form]
    sheets = form.draw(form.gather(sample.case(row.contract, row.day)))
    assert row.statement in "".join(text for sheet in sheets for text in all_texts(sheet.blocks))
    row.deny(sample)
    with pytest.raises(MissingFactsError) as caught:
        form.gather(sample.case(row.contract, row.day))
    found = {(one.record, one.id, one.field): one.sentence for one in caught.value.missing}
    assert row.asked in found
    assert {(record, field) for record, _id, field in found} == {(row.asked[0], row.asked[2])}
    assert found[row.asked].endswith("ください。") or "登録してから" in found[row.asked]


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("personnel-report", lambda s: gone(s, 3, DAY)),
        ("personnel-report", lambda s: (gone(s, 3), s.change(Assignment, 31, ends_on=EVE))),
        ("device-register", lambda s: s.change(Device, 1, retired_on=DAY)),
        (
            "device-register",
            lambda s: (s.change(Device, 1, retired_on=EVE), s.change(DeviceUse, 1, ends_on=EVE)),
        ),
        ("device-register", lambda s: (gone(s, 2), s.change(DeviceUse, 2, ends_on=EVE))),
        ("device-register", lambda s: machine(s, outcome="不合格")),
    ],
    ids=["leaves today", "its work ended", "given up today", "its use ended", "kept it once", "not gone"],
)
def test_what_is_consistent_is_printed(form: str, change: Denial, sample: Sample, forms: Forms) -> None:
    change(sample)
    forms[form].gather(sample.case())


def test_nobody_who_has_left_is_asked_to_sign_unless_by_name(sample: Sample, forms: Forms) -> None:
    gone(sample, 4)
    assert "person:4" not in forms["oath"].gather(sample.case()).subjects
    assert forms["oath"].gather(sample.case(only=("person:4",))).subjects == ("person:4",)
    gone(sample, 4, DAY)
    assert "person:4" in forms["oath"].gather(sample.case()).subjects


def _transfers(case: Case, forms: Forms) -> tuple[list[list[str]], Statement]:
    statement = forms["transfer-record"].gather(case)
    return statement.facts["balance"], statement


@pytest.mark.parametrize(("outcome", "disposed", "held"), [("合格", "1件", "0件"), ("未確認", "0件", "1件")])
def test_the_record_of_transfers_says_gone_only_of_what_passed(
    sample: Sample, forms: Forms, outcome: str, disposed: str, held: str
) -> None:
    sample.change(Disposal, 2, outcome=outcome)
    rows, _statement = _transfers(sample.case(), forms)
    (row,) = (row for row in rows if row[0] == "A-0002")
    assert tuple(row[-2:]) == (disposed, held)


def test_the_record_of_transfers_says_with_whom_it_is_when_not_with_the_client(
    sample: Sample, forms: Forms
) -> None:
    (back,) = (one for one in sample.facts.of(Event, "asset", 6) if one.kind == "返還")
    sample.change(Event, back.id, to_party="架空運輸株式会社", counterpart="配送係")
    rows, _statement = _transfers(sample.case(), forms)
    (row,) = (row for row in rows if row[0] == "A-0006")
    assert "架空運輸株式会社" in row[1]
    assert row[6].startswith("0")


def test_the_record_of_transfers_tells_no_plan(sample: Sample, forms: Forms) -> None:
    (back,) = (one for one in sample.facts.of(Event, "asset", 6) if one.kind == "返還")
    sample.change(Event, back.id, status="予定")
    rows, statement = _transfers(sample.case(), forms)
    assert f"event:{back.id}" not in statement.stated
    assert next(row for row in rows if row[0] == "A-0006")[6].startswith("0")


def test_the_register_names_no_disposal_that_did_not_pass(sample: Sample, forms: Forms) -> None:
    machine(sample, outcome="不合格")
    told = forms["device-register"].gather(sample.case()).stated["device_use:1"]
    assert told["廃棄番号"] == "－"


def test_the_report_of_standing_calls_nothing_fulfilled_that_did_not_pass(
    sample: Sample, forms: Forms
) -> None:
    def told() -> str:
        held = forms["status-report"].gather(sample.case()).facts["chapters"]
        return str(held)

    passed = told()
    sample.change(Disposal, 2, outcome="不合格")
    assert "確認の判定が「不合格」" in told()
    assert "確認の判定" not in passed
