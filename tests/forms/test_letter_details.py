"""What a clerk looks for on every letter: the period, the office in charge, the seal, days to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.exchange.documents.composing import compose
from app.printing.blocks import Submitter
from app.records import (
    Asset,
    Assignment,
    Client,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Location,
    LocationUse,
    Statement,
    Training,
    Vendor,
)
from app.records.contract import ContractAnnex
from app.records.training import Attendance
from forms import all_forms
from forms.form import Form
from tests.support.prepared import extend
from tests.support.sample import DAY, KIMITSU, LATER, Sample

FORMS: Mapping[str, Form[Any]] = all_forms()
NUMBERED = [name for name, form in FORMS.items() if form.numbered]
REGISTERS = (
    *("worker-list", "supervision-record"),
    *("transfer-agreement", "transfer-slip", "handling-ledger", "closing-statement"),
    *("safety-checklist", "storage-check", "software-check", "backup-record", "audit-response"),
    *("subcontract-supervision", "evidence-binder"),
)
"""Registers, records and what both sides sign: they bear no seal."""
LETTERS = [name for name in NUMBERED if name not in REGISTERS]
TextOf = Callable[[Statement], str]
numbered = pytest.mark.parametrize("name", NUMBERED)
letters = pytest.mark.parametrize("name", LETTERS)
ONE = timedelta(days=1)


@numbered
def test_a_paper_tells_the_period_and_the_office_in_charge(
    sample: Sample, text_of: TextOf, name: str
) -> None:
    extend(sample, name)
    text = text_of(FORMS[name].gather(sample.case()))
    assert "契約期間令和8年4月1日から令和9年3月31日まで" in text
    assert "みなと北市（担当保険年金課）" in text
    sample.change(Client, 1, department="")
    assert "担当保険年金課" not in text_of(FORMS[name].gather(sample.case()))


@pytest.mark.parametrize(("unsealed", "place"), [(None, True), (False, True), (True, False)])
@letters
def test_a_seal_may_be_left_out_for_a_contract(
    sample: Sample, name: str, unsealed: bool | None, place: bool
) -> None:
    extend(sample, name)
    out = BytesIO()
    Image.new("RGB", (60, 60), "red").save(out, "PNG")
    sample.change(Vendor, 1, seal="ab" * 32)
    sample.change(Contract, KIMITSU, unsealed=unsealed)
    statement = FORMS[name].gather(sample.case())
    document = compose(FORMS[name], statement, "", lambda _sha256: out.getvalue(), "2026-0001")
    (block,) = (one for one in document.sheets[0].blocks if isinstance(one, Submitter))
    assert (block.seal_row is not None, block.seal is not None) == (place, place)


@numbered
def test_a_statement_of_an_older_version_can_still_be_drawn(sample: Sample, name: str) -> None:
    extend(sample, name)
    statement = FORMS[name].gather(sample.case())
    letter = {key: value for key, value in statement.facts["letter"].items() if key != "sealed"}
    contract = {key: value for key, value in letter["contract"].items() if key != "period"}
    older = replace(statement, facts={**statement.facts, "letter": {**letter, "contract": contract}})
    assert FORMS[name].draw(older)


def test_parties_are_called_as_in_the_annex_even_where_no_clause_is_cited(
    sample: Sample, text_of: TextOf
) -> None:
    statement = FORMS["transfer-record"].gather(sample.case())
    assert statement.facts["letter"]["cited"] == ""
    assert "発注者（甲）" in text_of(statement)


def test_an_item_of_a_paragraph_is_cited_as_one(sample: Sample) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex="hofu"),))
    assert FORMS["location-notice"].gather(sample.case()).facts["letter"]["cited"].endswith("第4第1項第二号")


def test_a_place_in_japan_is_not_said_to_be_there(sample: Sample, text_of: TextOf) -> None:
    assert "（日本）" not in text_of(FORMS["location-notice"].gather(sample.case()))
    sample.change(Location, 1, country="架空国")
    assert "（架空国）" in text_of(FORMS["location-notice"].gather(sample.case()))


def test_older_notices_that_said_so_are_no_different(sample: Sample) -> None:
    form = FORMS["location-notice"]
    statement = form.gather(sample.case())
    stated = {
        key: {label: f"{text}（日本）" if label == "所在地" else text for label, text in entry.items()}
        for key, entry in statement.stated.items()
    }
    submission = sample.submitted(replace(statement, stated=stated))
    assert form.gather(sample.case(day=LATER, again=True)).variant == "再提出"
    told = sample.facts.told(submission)
    assert told is not None
    assert form.recall(told, sample.facts, sample.case().contract).stated == statement.stated


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_day_to_come_is_marked_as_planned(sample: Sample, text_of: TextOf, shift: int) -> None:
    day, mark = DAY + shift * ONE, "（予定）" if shift > 0 else ""
    told = f"令和8年{day.month}月{day.day}日"
    sample.change(LocationUse, 1, starts_on=day)
    sample.change(Assignment, 41, starts_on=day)
    (place,) = (
        p for p in FORMS["location-notice"].gather(sample.case()).facts["places"] if "第一" in p["名称"]
    )
    assert place["使用開始日"] == told + mark
    report = FORMS["personnel-report"].gather(sample.case())
    assert [row[5] for row in report.facts["workers"] if row[0].startswith("葛")] == [told + mark]
    assert report.stated["person:4"]["従事開始日"] == told, "what is compared does not depend on the day"
    assert (f"{told}{mark}から" in text_of(report)) is True


@pytest.mark.parametrize("shift", [0, 1])
def test_an_end_to_come_is_marked_as_planned(sample: Sample, shift: int) -> None:
    sample.change(LocationUse, 3, ends_on=DAY + shift * ONE)
    sample.change(DeviceUse, 1, ends_on=DAY + shift * ONE)
    (place,) = (
        p for p in FORMS["location-notice"].gather(sample.case()).facts["places"] if "印刷" in p["名称"]
    )
    (device,) = (
        row
        for row in FORMS["device-register"].gather(sample.case()).facts["rows"]
        if row["管理番号"] == "PC-001"
    )
    assert ("（予定）" in place["使用終了日"], "（予定）" in device["使用終了日"]) == (shift > 0, shift > 0)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_change_to_come_is_told_as_planned(sample: Sample, text_of: TextOf, shift: int) -> None:
    form = FORMS["location-notice"]
    sample.submitted(form.gather(sample.case()))
    sample.moved(LATER + shift * ONE)
    statement = form.gather(sample.case(day=LATER))
    (row,) = statement.facts["changes"]
    assert row["planned"] == ("（予定）" if shift > 0 else "")
    assert (f"{row['on']}（予定）" in text_of(statement)) is (shift > 0)


def test_a_control_number_is_no_serial_number(sample: Sample, text_of: TextOf) -> None:
    sample.change(Device, 8, control_number="SV-001", serial="ML30-88120", capacity="2TB")
    held = sample.facts.get(Disposal, 2)
    for line in (
        replace(held.lines[1], device=8, serial="SV-001"),
        replace(held.lines[1], device=None, asset=2, serial="SV-001"),
        replace(held.lines[1], device=8, serial=""),
    ):
        sample.change(Disposal, 2, lines=(line,))
        items = FORMS["disposal-certificate"].gather(sample.case()).facts["items"]
        assert items[-1]["製造番号等"] == "ML30-88120"
        assert items[-1]["管理番号・機種・容量"] == "SV-001\n北斗電機　HK-800\n2TB"
    sample.change(Disposal, 2, lines=(replace(held.lines[1], device=8, serial="ML30-99"),))
    items = FORMS["disposal-certificate"].gather(sample.case()).facts["items"]
    assert items[-1]["製造番号等"] == "ML30-99", "what is recorded of the line goes first"


def test_a_disposal_that_nobody_saw_says_so(sample: Sample, text_of: TextOf) -> None:
    for number in (1, 2):
        sample.change(Disposal, number, witness="")
    text = text_of(FORMS["disposal-certificate"].gather(sample.case()))
    assert "立会いなし" in text
    assert "立会人" not in text


def test_the_register_tells_the_capacity_and_the_record_the_number_of_persons(
    sample: Sample, text_of: TextOf
) -> None:
    sample.change(Device, 1, capacity="512GB")
    assert "SN26000001（容量512GB）" in text_of(FORMS["device-register"].gather(sample.case()))
    sample.change(Asset, 1, persons=38200)
    assert "38200" in text_of(FORMS["transfer-record"].gather(sample.case())).replace(",", "")


def test_a_session_tells_its_hours_and_the_scores_where_a_test_was_held(
    sample: Sample, text_of: TextOf
) -> None:
    before = text_of(FORMS["training-report"].gather(sample.case()))
    assert "確認テスト" not in before
    held = sample.facts.get(Training, 1)
    scored = (Attendance(person=1, outcome="出席", score=85), *held.attendance[1:])
    sample.change(Training, 1, hours="13時から14時30分まで", attendance=scored)
    text = text_of(FORMS["training-report"].gather(sample.case()))
    assert "実施日令和8年3月25日13時から14時30分まで" in text
    assert "令和8年3月25日85点" in text


def test_a_report_counts_each_person_once(sample: Sample, text_of: TextOf) -> None:
    held = sample.facts.get(Assignment, 41)
    sample.add(replace(held, work="検査"))
    assert "計8人（うち責任者等の役割のみの者2人）" in text_of(
        FORMS["personnel-report"].gather(sample.case())
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　私は、誓います。\n　以上です。\n", "　私は、誓います。\n　以上です。"),
        ("\r\n \t　字下げ", "　字下げ"),
        ("　\n　", ""),
        ("私は", "私は"),
    ],
)
def test_a_pasted_oath_keeps_the_indent_of_its_first_paragraph(typed: str, kept: str) -> None:
    assert Contract.spec.field("oath_wording").kind.from_text(typed) == kept
    assert Contract.spec.field("title").kind.from_text(f"　{typed.strip()}　") == typed.strip()
