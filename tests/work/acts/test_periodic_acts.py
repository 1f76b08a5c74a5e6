"""Periodic acts over several places, contracts and systems: what failed is not written as done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import AccessReview, BackupRun, Check, Training
from app.records.training import Attendance
from app.work.acts.catalogue import ACTS
from app.work.acts.plan import Ground, with_values
from tests.support.acting import about, new, only, planned
from tests.support.world import DURING, END, START, World

CATALOGUE = load()
ONE = timedelta(days=1)


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def needed(plan: Any) -> list[str]:
    return [one.field for one in plan.asks if one.needed]


def test_several_places_are_looked_at_in_one_go(world: World) -> None:
    rooms = [world.place(name) for name in ("作業室", "保管庫")]
    for room in rooms:
        world.use(room)
    act = ACTS["check-storage"]
    assert needed(planned(world, act, *rooms)) == ["result"]
    plan = planned(world, act, *rooms, result="適")
    assert plan.ready
    assert [(one.location, one.good, one.done_on) for one in new(plan, Check)] == [
        (room.id, True, DURING) for room in rooms
    ]
    bad = planned(world, act, *rooms, result="不適")
    assert needed(bad) == ["found", "action"]
    bad = planned(world, act, *rooms, result="不適", found="扉が開いていた", action="施錠した")
    assert not any(one.good for one in new(bad, Check))


@pytest.mark.parametrize(("on", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_place_was_not_looked_at_before_it_was_used(world: World, on: int, refused: bool) -> None:
    room = world.place("作業室")
    world.use(room, starts=DURING)
    plan = planned(world, ACTS["check-storage"], room, today=END, on=DURING + on * ONE, result="適")
    assert bool(plan.refusals) is refused


def test_a_backup_covers_its_contracts_and_a_failed_one_none(world: World) -> None:
    other = world.add(with_values(world.contract, id=0, number="R8-002"))
    act = ACTS["back-up"]
    assert needed(planned(world, act, world.contract)) == ["what", "result"]
    plan = planned(world, act, world.contract, other, what="業務データ", result="正常終了")
    (made,) = new(plan, BackupRun)
    assert plan.ready
    assert set(made.contract_ids) == {world.contract.id, other.id}
    failed = planned(world, act, world.contract, what="業務データ", result="失敗")
    assert about(failed.draft.remarks, "行ったことになりません")
    world.add(with_values(made, id=0, encrypted=True))
    again = act.given(Ground(world.facts(), CATALOGUE, world.forms, DURING), (world.contract,))
    assert again["what"] == "業務データ"
    assert "encrypted" not in again, "whether it was encrypted is said anew"
    assert "result" not in again
    assert "末日" in only(planned(world, act, other, today=END + ONE, on=END + ONE, what="業", result="失敗"))


def test_a_backup_is_tried_once(world: World) -> None:
    act, run = ACTS["restore-test"], world.backup(START, result="正常終了")
    failed = world.backup(START, result="失敗", what="別")
    plan = planned(world, act, run, result="復元できた")
    (write,) = plan.writes
    assert isinstance(write.record, BackupRun)
    assert (write.record.restore_tested_on, write.record.restore_result) == (DURING, "復元できた")
    assert "失敗したバックアップ" in only(planned(world, act, failed, result="復元できた"))
    assert "失敗" not in only(planned(world, act, run, result="復元できた", on=START - ONE))
    tested = world.change(run, restore_tested_on=START, restore_result="復元できなかった")
    assert "登録されています" in only(planned(world, act, tested, result="復元できた"))
    assert not act.offered(Ground(world.facts(), CATALOGUE, world.forms, DURING), tested)


def test_a_log_is_read_on_from_where_it_was_read_last(world: World) -> None:
    act = ACTS["review-access"]
    read, fresh = world.system("読んだ"), world.system("初めて")
    world.review(read, START + 10 * ONE, period_to=START + 9 * ONE)
    assert needed(planned(world, act, read, fresh)) == ["anomalies"]
    plan = planned(world, act, read, fresh, anomalies=False)
    assert [(one.system, one.period_from, one.period_to) for one in new(plan, AccessReview)] == [
        (read.id, START + 10 * ONE, DURING),
        (fresh.id, START, DURING),
    ]
    skipped = planned(world, act, read, anomalies=False, since=START + 15 * ONE)
    assert about(skipped.draft.remarks, "令和8年4月11日から令和8年4月15日まで", "分析されないまま")
    assert needed(planned(world, act, read, anomalies=True)) == ["found"]
    ahead = planned(world, act, read, anomalies=False, until=DURING + ONE)
    assert "後です" in only(ahead)
    again = planned(world, act, read, anomalies=False, until=START + 9 * ONE)
    assert "分析済み" in only(again)


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_system_is_not_read_after_its_last_day(world: World, on: int, refused: bool) -> None:
    system = world.system(ends_on=DURING)
    day = DURING + on * ONE
    plan = planned(world, ACTS["review-access"], system, today=END, on=day, since=day, anomalies=False)
    assert bool(plan.refusals) is refused


def test_what_was_missed_is_made_up_in_the_session_itself(world: World) -> None:
    came, one, two = world.worker("来た人"), world.worker("休んだ人"), world.worker("もう一人")
    session = world.training(came, held=START)
    rows = (
        *session.attendance,
        Attendance(person=one.id, outcome="欠席", planned_on=DURING),
        Attendance(person=two.id, outcome="欠席"),
    )
    session = world.change(session, attendance=rows)
    act = ACTS["make-up"]
    plan = planned(world, act, session)
    (write,) = plan.writes
    assert isinstance(write.record, Training)
    held = [(row.person, row.outcome, row.made_up_on) for row in write.record.attendance]
    assert held == [(came.id, "出席", None), (one.id, "補講", DURING), (two.id, "補講", DURING)]
    label = act.fields_for(Ground(world.facts(), CATALOGUE, world.forms, DURING), (session,))[1].kind
    some = planned(world, act, session, people=(label.choices[0],))  # type: ignore[attr-defined]
    assert "まだ補講を受けていません" in some.draft.remarks[0]
    ahead = planned(world, act, session, on=DURING + ONE)
    (write,) = ahead.writes
    assert isinstance(write.record, Training)
    assert {row.outcome for row in write.record.attendance} == {"出席", "欠席"}
    assert about(ahead.draft.remarks, "受講したことにはなりません")
    assert "より前" in only(planned(world, act, session, on=START - ONE))


def test_only_a_session_from_which_somebody_is_missing_can_be_made_up(world: World) -> None:
    came, missing = world.worker("来た人"), world.worker("休んだ人")
    full, ahead = world.training(came, held=START), world.training(held=DURING)
    missed = world.change(
        world.training(held=START), attendance=(Attendance(person=missing.id, outcome="欠席"),)
    )
    ground = Ground(world.facts(), CATALOGUE, world.forms, DURING)
    assert ACTS["make-up"].barred(ground, (full, ahead, missed)) == {
        full.id: "欠席したままの者はいません。",
        ahead.id: "受講者がまだ登録されていません。",
    }
    assert "欠席したままの者はいません" in only(planned(world, ACTS["make-up"], full))


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_whoever_had_left_made_nothing_up(world: World, on: int, refused: bool) -> None:
    person = world.worker("去った人", left_on=DURING)
    session = world.training(held=START)
    session = world.change(session, attendance=(Attendance(person=person.id, outcome="欠席"),))
    day = DURING + on * ONE
    plan = planned(world, ACTS["make-up"], session, today=day, on=day)
    assert bool(plan.refusals) is refused
    if refused:
        assert "退職しています" in only(plan)


def test_a_day_to_come_is_refused_by_all_of_them(world: World) -> None:
    room, system, run = world.place("室"), world.system(), world.backup(START, result="正常終了")
    world.use(room)
    tomorrow: date = DURING + ONE
    for name, record, said in (
        ("check-storage", room, {"result": "適"}),
        ("back-up", world.contract, {"what": "業務", "result": "正常終了"}),
        ("restore-test", run, {"result": "復元できた"}),
        ("review-access", system, {"anomalies": False}),
    ):
        assert "きょうより後" in only(planned(world, ACTS[name], record, on=tomorrow, **said))
        assert planned(world, ACTS[name], record, on=DURING, **said).ready
