"""When a task begins to press, and what stands together or apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Gap, Step
from app.work.calendar_days import FIRST, LAST, deadlines, month_of
from app.work.jobs import jobs
from app.work.matrix_cells import Square, grounds
from app.work.tasks import Group, Task, coming, ordered
from tests.support.around import DAY, about, around
from tests.support.world import World

TODAY = date(2026, 4, 20)
CLAUSE = load().annex("kimitsu-hoji").clauses[1]
PRINT = Step("作成", Action.ISSUE, "location-notice")


def duty(state: State = State.DUE, due: date | None = None, contract: int = 1, **values: Any) -> Duty:
    held = Duty(contract, "kimitsu-hoji", CLAUSE, "work-location", state, due, why="第2条：必要です。")
    return replace(held, **{"next": PRINT, **values})


def task(*duties: Duty) -> Task:
    return Task(duties[0].contract, PRINT, duties)


@pytest.mark.parametrize(("due", "group"), around(TODAY, Group.OVERDUE, Group.SOON, Group.SOON))
def test_what_is_due_today_is_not_past_its_day(due: date, group: Group) -> None:
    assert task(duty(due=due)).group(TODAY) is group


@pytest.mark.parametrize(
    ("due", "group"), around(TODAY + timedelta(days=7), Group.SOON, Group.SOON, Group.LATER)
)
def test_seven_days_are_soon(due: date, group: Group) -> None:
    assert task(duty(due=due)).group(TODAY) is group


@pytest.mark.parametrize(("due", "state"), around(TODAY, State.OVERDUE, State.DUE, State.DUE))
def test_one_thing_of_an_overdue_task_may_be_in_time(due: date, state: State) -> None:
    late = Gap("甲が未提出です。", due=TODAY - 30 * DAY)
    own = Gap("乙が未提出です。", due=due)
    held = task(duty(State.OVERDUE, late.due, missing=(late, own)))
    (shown,) = deadlines([held], TODAY)[due]
    assert shown.state is state


@pytest.mark.parametrize(("again", "told"), around(TODAY + timedelta(days=60), True, True, False))
def test_what_comes_round_is_told_sixty_days_ahead(again: date, told: bool) -> None:
    assert bool(coming([duty(State.SATISFIED, again=again)], TODAY)) is told


def test_in_a_group_the_day_goes_before_the_state_and_the_contract() -> None:
    held = [
        task(duty(State.DUE, TODAY + 3 * DAY, contract=1)),
        task(duty(State.DUE, TODAY + 2 * DAY, contract=3)),
        task(duty(State.DUE, TODAY + 2 * DAY, contract=2)),
    ]
    ((group, found),) = ordered(held, TODAY)
    assert group is Group.SOON
    assert [(one.due, one.contract) for one in found] == [
        (TODAY + 2 * DAY, 2),
        (TODAY + 2 * DAY, 3),
        (TODAY + 3 * DAY, 1),
    ]
    overdue = task(duty(State.OVERDUE, TODAY - DAY, contract=4))
    older = task(duty(State.DUE, TODAY - 2 * DAY, contract=5))
    ((group, found),) = ordered([overdue, older], TODAY)
    assert (group, [one.contract for one in found]) == (Group.OVERDUE, [5, 4])


@pytest.mark.parametrize("kind", ["incident-notice", "incident-followup"])
@pytest.mark.parametrize(
    ("due", "first"), [(TODAY - DAY, True), (TODAY, True), (TODAY + 7 * DAY, True), (TODAY + 8 * DAY, False)]
)
def test_an_accident_to_be_told_stands_before_whatever_is_late(kind: str, due: date, first: bool) -> None:
    late = task(duty(State.OVERDUE, TODAY - 300 * DAY))
    state = State.OVERDUE if due < TODAY else State.DUE
    accident = task(
        duty(state, due, contract=2, kind=kind, next=Step("報告", Action.ISSUE, "incident-first"))
    )
    groups = ordered([late, accident], TODAY)
    assert (groups[0] == (Group.ACCIDENT, [accident])) is first
    assert [one for _, held in groups for one in held] == ([accident, late] if first else [late, accident])


@pytest.mark.parametrize(
    ("state", "group"), [(State.WAITING, Group.WAITING), (State.SATISFIED, Group.COMING)]
)
def test_an_accident_of_which_the_client_knows_does_not_press(state: State, group: Group) -> None:
    assert task(duty(state, TODAY, kind="incident-notice")).group(TODAY) is group


@pytest.mark.parametrize(("number", "more"), about(2, "", "（ほか1件）", "（ほか2件）"))
def test_one_missing_thing_is_told_and_the_others_are_counted(number: int, more: str) -> None:
    gaps = tuple(Gap(f"{at}が未提出です。") for at in range(number))
    assert task(duty(missing=gaps)).text == f"0が未提出です。{more}"


@pytest.mark.parametrize(("number", "more"), about(3, "", "", "\nほか1件"))
def test_three_grounds_are_told_and_the_others_are_counted(number: int, more: str) -> None:
    lines = [f"第{at}条：必要です。" for at in range(number)]
    square = Square(State.DUE, tuple(duty(why=line) for line in lines))
    assert grounds(square) == "\n".join(lines[:3]) + more


def test_the_grounds_of_what_presses_less_are_left_out() -> None:
    square = Square(State.OVERDUE, (duty(State.OVERDUE, why="第1条：過ぎました。"), duty(State.SATISFIED)))
    assert grounds(square) == "第1条：過ぎました。"


@pytest.mark.parametrize(("months", "month"), about(0, FIRST, FIRST, date(1900, 2, 1)))
def test_the_calendar_begins_with_its_first_month(months: int, month: date) -> None:
    assert month_of(FIRST, months) == month


@pytest.mark.parametrize(
    ("months", "month"), about(0, date(2199, 11, 1), date(2199, 12, 1), date(2199, 12, 1))
)
def test_the_calendar_ends_with_its_last_month(months: int, month: date) -> None:
    assert month_of(LAST, months) == month


@pytest.mark.parametrize(("contracts", "shared"), about(2, False, True, True))
def test_a_job_serves_two_contracts_at_least(world: World, contracts: int, shared: bool) -> None:
    step = Step("追加", Action.ADD, "device_check", given=(("device", 7),))
    held = [duty(contract=number, next=step) for number in range(1, contracts + 1)]
    assert bool(jobs(world.facts(), held)) is shared


def test_one_record_of_a_type_is_no_answer_to_two_kinds_of_duty(world: World) -> None:
    step = Step("追加", Action.ADD, "device_check", given=(("device", 7),))
    held = [
        duty(contract=contract, next=step, kind=kind)
        for contract in (1, 2)
        for kind in ("software-hygiene", "equipment-register")
    ]
    assert [[one.kind for one in job.duties] for job in jobs(world.facts(), held)] == [
        ["software-hygiene", "software-hygiene"],
        ["equipment-register", "equipment-register"],
    ]
