"""What is recorded of an accident afterwards: who was told, what was done, and that it is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from app.records import Incident
from app.records.incident import Statute
from app.work.acts.incidents.measures import CLOSE_INCIDENT, CONTAIN, STATUTORY, TELL_PERSONS
from app.work.acts.incidents.telling import NOTE, TELL
from app.work.acts.plan import Ground, Plan
from tests.support.acting import about, only, planned, then
from tests.support.world import DURING, World

AT = datetime.combine(DURING, time(13, 5))


def changed(plan: Plan) -> Incident:
    assert plan.ready, plan.refusals
    (write,) = plan.writes
    assert isinstance(write.record, Incident)
    return write.record


def test_a_call_is_a_notice_and_a_line_of_the_course(world: World) -> None:
    held = world.incident("滅失")
    made = changed(planned(world, TELL, held, at=AT, to_whom="保険課 森下", by="業務部 佐藤"))
    (row,) = made.notices
    assert (row.stage, row.how, row.to_whom) == ("第一報（口頭・電話）", "電話", "保険課 森下")
    assert row.notified_at == AT
    assert [(one.at, one.who) for one in made.timeline] == [(AT, "業務部 佐藤")]


def test_a_second_call_is_no_written_report(world: World) -> None:
    """The next stage is proposed only where somebody opens the act; a call itself says nothing of paper."""
    held = world.tell(world.incident("滅失"), "第一報（口頭・電話）", DURING)
    asked = TELL.given(Ground(world.facts(), world.catalogue, world.forms, DURING), (held,))
    assert asked["stage"] == "書面報告"
    assert asked["how"] == ""


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_nobody_is_told_before_it_was_found(world: World, minutes: int) -> None:
    found = datetime.combine(DURING, time(10))
    held = world.add(Incident(contract=world.contract.id, kinds=("滅失",), found_at=found))
    plan = planned(world, TELL, held, at=found + timedelta(minutes=minutes))
    if minutes < 0:
        assert "発見した日時" in only(plan)
    else:
        assert plan.ready


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_what_lies_ahead_was_not_done(world: World, days: int) -> None:
    held = world.incident("滅失", found=DURING - timedelta(days=3))
    plan = planned(world, NOTE, held, at=AT + timedelta(days=days), what="警察に届け出た")
    if days > 0:
        assert "きょうより後" in only(plan)
    else:
        assert plan.ready


def test_the_course_stands_in_the_order_of_what_happened(world: World) -> None:
    held = world.incident("滅失")
    first = changed(planned(world, NOTE, held, at=AT, what="停止した"))
    held = world.change(held, timeline=first.timeline)
    again = changed(planned(world, NOTE, held, at=AT - timedelta(minutes=30), what="気付いた"))
    assert [one.what for one in again.timeline] == ["気付いた", "停止した"]


def test_what_was_not_said_stays_as_it_is(world: World) -> None:
    held = world.incident("漏えい", cause="宛先の確認漏れ")
    made = changed(planned(world, CONTAIN, held, containment="回線から切り離した", contained_on=DURING))
    assert (made.containment, made.contained_on) == ("回線から切り離した", DURING)
    assert made.cause == "宛先の確認漏れ"


def test_nothing_said_is_nothing_written(world: World) -> None:
    assert not planned(world, CONTAIN, world.incident("漏えい")).ready


def test_what_the_record_refuses_is_told_before_it_is_written(world: World) -> None:
    plan = planned(world, TELL_PERSONS, world.incident("漏えい"), persons_notified=True)
    assert "通知した日" in only(plan)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_no_report_to_the_commission_before_the_discovery(world: World, days: int) -> None:
    held = world.incident("漏えい", found=DURING - timedelta(days=2))
    day = held.found_at.date() + timedelta(days=days)
    plan = planned(world, STATUTORY, held, statute=str(Statute.REPORT), statute_first_on=day)
    if days < 0:
        assert "発見した日より前" in only(plan)
    else:
        assert plan.ready


def test_closing_with_something_open_is_recorded_and_says_what_is_open(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    held = world.incident("滅失")
    plan = planned(world, CLOSE_INCIDENT, held)
    assert changed(plan).closed_on == DURING
    asks = [one.text for one in plan.asks]
    assert about(asks, held.number or "事故", "報告が記録されていません")
    assert about(asks, "第26条")
    assert then(plan).get(Incident, held.id).closed_on == DURING


def test_what_is_closed_keeps_the_day_on_which_it_was_closed(world: World) -> None:
    held = world.incident("滅失", closed_on=DURING)
    told = only(planned(world, CLOSE_INCIDENT, held, today=DURING + timedelta(days=1)))
    assert told.startswith(f"{held.number}は")
    assert "に終結したと登録されています" in told


def test_it_is_not_closed_before_it_was_found(world: World) -> None:
    held = world.incident("滅失")
    assert "発見した日より前" in only(planned(world, CLOSE_INCIDENT, held, on=DURING - timedelta(days=1)))
    assert "きょうより後" in only(planned(world, CLOSE_INCIDENT, held, on=DURING + timedelta(days=1)))


def test_a_report_held_to_be_needless_is_told_what_speaks_for_it(world: World) -> None:
    held = world.incident("漏えい", persons=1001)
    told = planned(world, STATUTORY, held, statute=str(Statute.NONE)).draft.remarks
    assert about(told, "1,000人を超えます")
    assert about(told, "理由が記録されていません")
    why = planned(world, STATUTORY, held, statute=str(Statute.NONE), statute_why="暗号化").draft.remarks
    assert not any("理由が記録されていません" in one for one in why)


@pytest.mark.parametrize(("later", "told"), [(0, False), (1, True)])
def test_a_clock_of_the_act_never_moves_later_unsaid(world: World, later: int, told: bool) -> None:
    held = world.incident("漏えい")
    known = held.found_at.date() + timedelta(days=later)
    remarks = planned(world, STATUTORY, held, statute_known_on=known).draft.remarks
    assert any("遅くなります" in one for one in remarks) is told
