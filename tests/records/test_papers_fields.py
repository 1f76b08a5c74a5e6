"""What records hold for papers: two fields never say opposite things, and what was not known is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from app.records import (
    Approval,
    Audit,
    BackupRun,
    Disposal,
    Event,
    Improvement,
    Incident,
    Location,
    PaperSetting,
    Record,
    SafetyMeasure,
    Training,
)
from app.records.audit import Finding
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.incident import IncidentAsset
from app.records.paper_setting import PaperColumn, PaperWording
from app.records.training import Attendance, TrainingTopic
from tests.support.around import around

DAY = date(2026, 6, 10)
FOUND = datetime.fromisoformat("2026-06-10 16:40")
EARLIER = datetime.fromisoformat("2026-06-01 09:00")


def problems(record: Record) -> list[str]:
    return sorted(record.spec.check(record))


def incident(**more: Any) -> Incident:
    return Incident(contract=1, kinds=("おそれ",), found_at=FOUND, **more)


def training(row: Attendance) -> Training:
    return Training(
        title="研修",
        held_on=DAY,
        topics=(TrainingTopic(topic="罰則"),),
        contracts=(ForContract(contract=1),),
        attendance=(row,),
    )


def disposal(**more: Any) -> Disposal:
    line = DisposalLine(
        asset=1, item="名簿", medium="紙", quantity=1, unit="冊", result=more.pop("result", "完了")
    )
    given = {"status": "実績", **more}
    return Disposal(contract=1, done_on=DAY, method="裁断", lines=(line,), responsible=1, **given)


@pytest.mark.parametrize(("day", "holds"), around(DAY, True, True, False))
def test_what_had_to_be_back_is_not_allowed_after_that_day(day: date, holds: bool) -> None:
    approval = Approval(contract=1, kind="持出", basis="承諾", ends_on=date(2026, 7, 1), return_by=DAY)
    assert approval.in_period(day) is holds


def test_a_source_belongs_to_a_collection_alone() -> None:
    held: dict[str, Any] = {"contract": 1, "basis": "承諾", "source": "本人"}
    assert problems(Approval(kind="取得", **held)) == []
    assert problems(Approval(kind="複写", **held)) == ["source"]


@pytest.mark.parametrize(("day", "known"), around(DAY, False, True, True))
def test_a_cause_is_known_from_the_day_on_which_it_became_known(day: date, known: bool) -> None:
    assert incident(cause="手順の誤り", cause_known_on=DAY).known("cause", day) is known


def test_what_has_no_day_was_not_known_to_a_first_report() -> None:
    assert not incident(cause="手順の誤り").known("cause", date(2030, 1, 1))
    assert not incident(cause_known_on=DAY).known("cause", DAY)


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_nothing_of_an_incident_was_known_before_it_was_found(day: date, refused: bool) -> None:
    assert problems(incident(cause="誤り", cause_known_on=day)) == (["cause_known_on"] if refused else [])
    row = IncidentAsset(item="名簿", known_on=day)
    assert problems(incident(assets=(row,))) == (["assets.1.known_on"] if refused else [])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cause_known_on": DAY}, "cause_known_on"),
        ({"published": False, "publication_planned_on": DAY}, "publication_planned_on"),
        ({"published": True, "published_on": DAY, "no_publication_why": "軽微"}, "no_publication_why"),
        ({"no_publication_why": "軽微"}, "no_publication_why"),
        ({"persons_notified": False, "notice_planned_on": DAY}, "notice_planned_on"),
        ({"no_notice_why": "軽微"}, "no_notice_why"),
        ({"persons_notified_count": 3}, "persons_notified_count"),
        ({"persons_notified_how": "文書の郵送"}, "persons_notified_how"),
    ],
)
def test_an_incident_does_not_say_two_things_at_once(given: dict[str, Any], field: str) -> None:
    assert problems(incident(**given)) == [field]


def test_a_publication_is_done_planned_or_not_needed() -> None:
    assert problems(incident(published=True, published_on=DAY, published_where="ウェブサイト")) == []
    assert problems(incident(publication_planned_on=DAY)) == []
    assert problems(incident(published=False, no_publication_why="流出がないため")) == []


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_nobody_is_told_of_an_incident_before_it_is_found(day: date, refused: bool) -> None:
    told = incident(persons_notified=True, persons_notified_on=day)
    assert problems(told) == (["persons_notified_on"] if refused else [])
    told = incident(published=True, published_on=day, published_where="ウェブサイト")
    assert problems(told) == (["published_on"] if refused else [])


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_a_final_report_does_not_stand_before_the_first(day: date, refused: bool) -> None:
    told = replace(incident(statute_first_on=DAY, statute_final_on=day), found_at=EARLIER)
    assert problems(told) == (["statute_final_on"] if refused else [])


@pytest.mark.parametrize(("told", "refused"), [(2, False), (3, False), (4, True)])
def test_no_more_persons_are_told_than_there_are(told: int, refused: bool) -> None:
    given = {"persons_notified": True, "persons_notified_on": DAY, "persons_notified_count": told}
    found = problems(incident(persons=3, **given))
    assert found == (["persons_notified_count"] if refused else [])


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_a_session_is_made_up_for_on_its_day_or_later(day: date, refused: bool) -> None:
    found = problems(training(Attendance(person=1, outcome="欠席", planned_on=day)))
    assert found == (["attendance.1.planned_on"] if refused else [])


def test_who_attended_has_nothing_to_make_up_for() -> None:
    found = problems(training(Attendance(person=1, outcome="出席", planned_on=DAY)))
    assert found == ["attendance.1.planned_on"]


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_a_disposal_is_verified_when_it_is_done_or_later(day: date, refused: bool) -> None:
    assert problems(disposal(verified_on=day)) == (["verified_on"] if refused else [])


def test_a_plan_was_verified_by_nobody() -> None:
    assert problems(disposal(status="予定", result="", verified_on=DAY)) == ["verified_on"]
    assert problems(disposal(status="予定", result="", witness_asked=True)) == []


def test_a_backup_that_failed_cannot_have_been_restored() -> None:
    held: dict[str, Any] = {"what": "サーバ", "contracts": (), "done_on": DAY, "result": "失敗"}
    held["contracts"] = (ForContract(contract=1),)
    restored: dict[str, Any] = {"restore_tested_on": DAY, "restore_result": "復元できた"}
    assert problems(BackupRun(**held)) == []
    assert problems(BackupRun(**held, **restored)) == ["result"]


def test_findings_are_called_by_their_number_or_else_by_their_place() -> None:
    rows = (Finding(finding="記入漏れ"), Finding(finding="氏名なし", number=7), Finding(finding="鍵"))
    audit = Audit(contract=1, kind="検査", findings=rows)
    assert problems(audit) == []
    assert [audit.finding(number) for number in (1, 7, 3, 2)] == [*rows, None]


def test_two_findings_are_not_called_alike() -> None:
    rows = (Finding(finding="記入漏れ"), Finding(finding="氏名なし", number=1))
    assert problems(Audit(contract=1, kind="検査", findings=rows)) == [
        "findings.1.number",
        "findings.2.number",
    ]


def test_an_improvement_names_a_finding_of_an_audit_alone() -> None:
    held: dict[str, Any] = {"source": "監査・調査", "found_on": DAY, "finding": "鍵", "finding_number": 2}
    assert problems(Improvement(**held, audit=1)) == []
    assert problems(Improvement(**held)) == ["finding_number"]


def test_only_what_is_handed_over_has_the_number_of_a_hand_over() -> None:
    held: dict[str, Any] = {"asset": 1, "status": "実績", "happened_at": FOUND, "quantity": 1}
    assert problems(Event(kind="受領", handover="H-0001", **held)) == []
    assert problems(Event(kind="使用", handover="H-0001", **held)) == ["handover"]


def test_a_paper_setting_names_each_column_and_paragraph_once() -> None:
    columns = (PaperColumn(column="氏名"), PaperColumn(column="氏名", heading="名"))
    wording = (PaperWording(paragraph="本文", text="甲"), PaperWording(paragraph="本文", text="乙"))
    setting = PaperSetting(contract=1, form="oath", starts_on=DAY, columns=columns, wording=wording)
    assert problems(setting) == [
        "columns.1.column",
        "columns.2.column",
        "wording.1.paragraph",
        "wording.2.paragraph",
    ]


def test_the_blanks_before_a_paragraph_are_kept() -> None:
    words = "　私は、次の事項を守ります。\n　　一　秘密を漏らさないこと。"
    given = {"contract": "1", "form": "oath", "starts_on": "R8.6.10"}
    setting, found = PaperSetting.spec.from_texts(
        {**given, "wording": [{"paragraph": "誓約文", "text": words}]}
    )
    assert found == {}
    assert setting is not None
    assert setting.wording[0].text == words


@pytest.mark.parametrize(("day", "holds"), around(DAY, False, True, True))
def test_a_paper_setting_holds_from_its_day_on(day: date, holds: bool) -> None:
    assert PaperSetting(contract=1, form="oath", starts_on=DAY).holds_on(day) is holds


@pytest.mark.parametrize(("day", "holds"), around(DAY, True, True, False))
def test_a_paper_setting_holds_until_its_last_day(day: date, holds: bool) -> None:
    setting = PaperSetting(contract=1, form="oath", starts_on=date(2026, 1, 1), ends_on=DAY)
    assert setting.holds_on(day) is holds


def test_a_measure_ends_after_it_began() -> None:
    measure = SafetyMeasure(measure="人的", what="研修", starts_on=DAY, ends_on=date(2026, 6, 9))
    assert problems(measure) == ["ends_on"]


def test_a_place_may_belong_to_a_sub_contractor() -> None:
    assert problems(Location(name="入力室", kind="作業", address="緑川市", subcontractor=1)) == []
