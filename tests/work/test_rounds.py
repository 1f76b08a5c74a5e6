"""定期作業: a round is as late as its duty, and says from when it is counted and who says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.records import Device
from app.records.contract import ContractParameter
from app.work.acts.plan import Ground
from app.work.rounds.rounds import Round, rounds
from app.work.rounds.together import way_of
from tests.support.world import DURING, END, START, World

CATALOGUE = load()
ONE = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return World(CATALOGUE)


def seen(world: World, day: date, work: str = "") -> tuple[Round, ...]:
    found = rounds(Ground(world.facts(), world.catalogue, world.forms, day))
    return tuple(one for one in found if work in ("", one.work))


def only(world: World, day: date, work: str) -> Round:
    (found,) = seen(world, day, work)
    return found


def in_use(world: World) -> Device:
    device = world.device()
    world.device_use(device)
    return device


@pytest.mark.parametrize(
    ("days", "state", "late"), [(-1, State.SATISFIED, 0), (0, State.SATISFIED, 0), (1, State.OVERDUE, 1)]
)
def test_a_round_is_late_from_the_day_after(world: World, days: int, state: State, late: int) -> None:
    device, other = in_use(world), in_use(world)
    world.device_check(device, START + 9 * ONE)
    world.device_check(other, START + 20 * ONE)
    world.clause("software-hygiene", "periodic", period_months=1)
    day = date(2026, 5, 10) + timedelta(days=days)
    one = only(world, day, "ソフトウェア点検")
    assert (one.state, one.late, one.last) == (state, late, START + 9 * ONE)
    assert one.things == (device.control_number, other.control_number)
    assert one.due == date(2026, 5, 10)
    (duty,) = (held for held in world.duties(day) if held.kind == "software-hygiene")
    assert duty.state is one.state
    if late:
        assert one.way is not None
        assert one.way.ids == (device.id,), "what was looked at in time is left alone"


@pytest.mark.parametrize("period", [1, 3, 12])
@pytest.mark.parametrize("done", [(), (10,), (10, 100), (200,)])
@pytest.mark.parametrize("cycle", ["rolling", "contract-year", "fiscal-year"])
def test_a_round_is_never_kinder_than_its_duty(
    world: World, period: int, done: tuple[int, ...], cycle: str
) -> None:
    system = world.system(logged=True, log_kept_months=24, monitoring="常時監視している")
    for days in done:
        world.backup(START + timedelta(days=days), result="正常終了")
        world.review(system, START + timedelta(days=days))
    world.clause("backup-check", "periodic", period_months=period, cycle=cycle, items=("バックアップ",))
    world.clause("access-log", "periodic", period_months=period, cycle=cycle, items=("分析",))
    ranks = (State.NOT_DUE, State.SATISFIED, State.DUE, State.OVERDUE)
    for day in (START + timedelta(days=step) for step in range(0, 365, 45)):
        duties = {held.kind: held for held in world.duties(day)}
        for one in seen(world, day):
            duty = duties[one.kind]
            if duty.state in ranks and duty.state is not State.NOT_DUE:
                assert ranks.index(one.state) >= ranks.index(duty.state) or one.state is duty.state
            if duty.state is State.SATISFIED and duty.again:
                assert one.due == duty.again


def test_who_says_how_often_and_from_when(world: World) -> None:
    clause = world.clause("backup-check", "periodic", period_months=6, items=("バックアップ",))
    world.backup(START, result="正常終了")
    one = only(world, DURING, "バックアップ")
    assert (one.often, one.source) == ("6か月に1回（前回から）", "条項")
    rows = (ContractParameter(annex=clause.annex, clause=clause.number, name="頻度", value="1"),)
    world.change(world.contract, parameters=rows)
    one = only(world, DURING, "バックアップ")
    assert (one.often, one.source, one.state) == ("1か月に1回（前回から）", "契約の設定", State.OVERDUE)
    row = ContractParameter(
        annex=clause.annex, clause=clause.number, name="期間の数え方", value="fiscal-year"
    )
    world.change(world.contract, parameters=(row,))
    one = only(world, DURING, "バックアップ")
    assert one.often == "6か月に1回（年度ごと）"


def test_of_two_clauses_the_stricter_is_shown(world: World) -> None:
    for months in (12, 1):
        world.clause("backup-check", "periodic", period_months=months, items=("バックアップ",))
    world.backup(START, result="正常終了")
    one = only(world, DURING, "バックアップ")
    assert one.state is State.OVERDUE
    assert len(one.clauses) == 2


def test_a_contract_that_is_over_has_no_rounds(world: World) -> None:
    world.clause("backup-check", "periodic", period_months=1, items=("バックアップ",))
    assert seen(world, END, "バックアップ")
    assert not seen(world, END + ONE)


def test_several_rounds_are_one_act_where_one_act_does_them(world: World) -> None:
    device = in_use(world)
    world.clause("software-hygiene", "periodic", period_months=1)
    world.clause("backup-check", "periodic", period_months=1, items=("バックアップ", "復元"))
    day = date(2026, 8, 1)
    software, backup = only(world, day, "ソフトウェア点検"), only(world, day, "バックアップ")
    way = way_of((software, software))
    assert way is not None
    assert (way.act, way.ids) == ("check-devices", (device.id,))
    assert way_of((software, backup)) is None
    assert way_of(()) is None
    restore = only(world, day, "復元の試験")
    assert restore.way is not None
    assert restore.way.act == "back-up", "there is nothing yet that could be restored"
    run = world.backup(DURING, result="正常終了")
    restore = only(world, day, "復元の試験")
    assert restore.way is not None
    assert (restore.way.act, restore.way.ids) == ("restore-test", (run.id,))


def test_a_session_that_is_announced_is_told(world: World) -> None:
    person = world.worker("甲")
    world.clause("training", "periodic", period_months=3)
    world.training(person, held=START)
    session = world.training(held=DURING + 10 * ONE)
    one = only(world, DURING, "教育・研修")
    assert one.planned == session.held_on
    assert only(world, DURING + 11 * ONE, "教育・研修").planned is None
