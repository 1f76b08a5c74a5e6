"""周知 and 監督: each clause asks for its own, about its own matter, of everyone who has to be reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Oversight
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records.check import Theme
from tests.support.world import BEFORE, DURING, EVE, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
BAN, HANDLING, SECRECY = Theme.TAKE_OUT.value, Theme.HANDLING.value, Theme.SECRECY.value


def asked(world: World, day: date = DURING, *when: str, **asks: Any) -> Duty:
    return world.duty(day, "supervision", *(when or ("standing",)), **asks)


NOTICE: dict[str, Any] = {"oversight": (Oversight.NOTICE,), "themes": (Theme.TAKE_OUT,)}


# 周知は監督ではない


@pytest.mark.parametrize(
    ("wanted", "made", "state"),
    [
        (Oversight.NOTICE, "周知", State.SATISFIED),
        (Oversight.NOTICE, "監督", State.CONFIRM),
        (Oversight.SUPERVISION, "監督", State.SATISFIED),
        (Oversight.SUPERVISION, "周知", State.CONFIRM),
    ],
)
def test_a_notice_is_no_supervision(world: World, wanted: Oversight, made: str, state: State) -> None:
    world.check(made, world.worker())
    assert asked(world, oversight=(wanted,)).state is state


def test_where_both_are_wanted_one_alone_is_not_enough(world: World) -> None:
    person = world.worker()
    world.check("周知", person)
    both: dict[str, Any] = {"oversight": (Oversight.NOTICE, Oversight.SUPERVISION)}
    duty = asked(world, **both)
    assert duty.state is State.DUE
    assert "監督の記録がありません" in duty.missing[0].text
    world.check("監督", person)
    assert asked(world, **both).state is State.SATISFIED


# 事項


@pytest.mark.parametrize(
    ("themes", "state"),
    [
        ((BAN,), State.SATISFIED),
        ((HANDLING, BAN), State.SATISFIED),
        ((HANDLING,), State.DUE),
        ((), State.CONFIRM),
    ],
)
def test_one_notice_serves_only_what_it_was_about(
    world: World, themes: tuple[str, ...], state: State
) -> None:
    world.check("周知", world.worker(), themes=themes)
    assert asked(world, **NOTICE).state is state


def test_the_themes_may_be_told_one_by_one(world: World) -> None:
    person = world.worker()
    world.check("周知", person, themes=(BAN,))
    asks: dict[str, Any] = {"oversight": (Oversight.NOTICE,), "themes": (Theme.TAKE_OUT, Theme.SECRECY)}
    assert asked(world, **asks).state is State.DUE
    world.check("周知", person, themes=(SECRECY,))
    assert asked(world, **asks).state is State.SATISFIED


def test_the_general_notice_of_the_sample_annexes_serves_no_clause_by_itself(world: World) -> None:
    world.under("hofu")
    world.check("周知", world.worker("管理花子", "管理責任者"), world.worker(), themes=(SECRECY,))
    assert world.under_clause(DURING, "第4第1項三", "supervision").state is State.DUE
    assert world.under_clause(DURING, "第4第2項", "supervision").state is State.CONFIRM


# だれに及んだか


@pytest.mark.parametrize(
    ("starts", "state"),
    [(DURING - DAY, State.SATISFIED), (DURING, State.SATISFIED), (DURING + DAY, State.DUE)],
)
def test_a_notice_that_names_nobody_reaches_those_who_worked_on_its_day(
    world: World, starts: date, state: State
) -> None:
    world.worker()
    late = world.worker("𠮷田一郎", starts=starts)
    world.check("周知", on=DURING, themes=(BAN,))
    duty = asked(world, LATER, **NOTICE)
    assert duty.state is state
    assert [gap.id for gap in duty.missing] == ([late.id] if state is State.DUE else [])


@pytest.mark.parametrize(("left", "reached"), [(DURING - DAY, False), (DURING, True), (DURING + DAY, True)])
def test_nobody_is_reached_after_leaving_the_company(world: World, left: date, reached: bool) -> None:
    world.worker()
    gone = world.worker("𠮷田一郎", left_on=left)
    world.check("周知", on=DURING, themes=(BAN,))
    duty = asked(world, LATER, **NOTICE)
    assert duty.state is State.SATISFIED
    unreached = f"{gone.name}は、周知を受けないまま"
    assert any(unreached in one.text for one in duty.remarks) is not reached


def test_no_worker_at_all_is_no_everyone(world: World) -> None:
    world.check("周知", themes=(BAN,))
    assert asked(world, **NOTICE).state is State.CONFIRM


def test_who_worked_before_is_told_as_well_where_the_clause_means_them(world: World) -> None:
    world.under("minato")
    gone = world.worker("𠮷田一郎", ends=START + DAY)
    world.check("周知", world.worker(), on=START, themes=(SECRECY,))
    duty = world.under_clause(DURING, "第3条", "supervision")
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.DUE, [gone.id])
    world.check("周知", gone, on=START + DAY, themes=(SECRECY,))
    assert world.under_clause(DURING, "第3条", "supervision").state is State.SATISFIED


# だれが行ったか


@pytest.mark.parametrize(
    ("starts", "left", "state"),
    [
        (START, None, State.SATISFIED),
        (DURING, None, State.SATISFIED),
        (DURING + DAY, None, State.DUE),
        (START, DURING - DAY, State.DUE),
        (START, DURING, State.SATISFIED),
    ],
)
def test_who_supervises_holds_the_role_on_that_day(
    world: World, starts: date, left: date | None, state: State
) -> None:
    world.under("hofu")
    manager = world.person("管理花子", left_on=left)
    world.assign(manager, "管理責任者", starts=starts)
    worker = world.worker()
    world.check("監督", worker, manager, on=DURING, checked_by=manager.id, themes=(HANDLING,))
    assert world.under_clause(LATER, "第4第2項", "supervision").state is state


# 遅れたもの


@pytest.mark.parametrize(("on", "late"), [(EVE - DAY, False), (EVE, False), (START, True)])
def test_told_after_the_start_is_a_remark(world: World, on: date, late: bool) -> None:
    world.check("周知", world.worker(), on=on, themes=(BAN,))
    duty = asked(world, DURING, "before-start", **NOTICE)
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until, one.late) for one in duty.remarks] == (
        [("assignment", EVE, START, True)] if late else []
    )


def test_days_at_work_without_the_notice_are_a_remark(world: World) -> None:
    world.check("周知", world.worker(), on=DURING, themes=(BAN,))
    duty = asked(world, **NOTICE)
    assert duty.state is State.SATISFIED
    (one,) = duty.remarks
    assert (one.since, one.until, one.late) == (START, DURING - DAY, False)


@pytest.mark.parametrize(
    ("second", "late"), [(date(2026, 6, 30), False), (date(2026, 7, 1), False), (date(2026, 7, 2), True)]
)
def test_a_round_that_was_missed_and_made_up_for_is_a_remark(world: World, second: date, late: bool) -> None:
    person = world.worker()
    world.check("監督", person, on=date(2026, 4, 1))
    newest = world.check("監督", person, on=second)
    duty = asked(world, date(2026, 8, 1), "periodic", period_months=3)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until) for one in duty.remarks] == (
        [(newest.id, date(2026, 7, 1), second)] if late else []
    )


def test_a_supervised_worker_of_whom_the_last_was_too_long_ago_is_overdue(world: World) -> None:
    sato, yoshida = world.worker(), world.worker("𠮷田一郎")
    world.check("監督", sato, yoshida, on=START)
    world.check("監督", sato, on=date(2026, 5, 1))
    duty = asked(world, date(2026, 5, 2), "periodic", period_months=1)
    assert (duty.state, duty.due, duty.missing[0].id) == (State.OVERDUE, date(2026, 5, 1), yoshida.id)


def test_a_notice_before_anybody_works_reaches_who_is_named(world: World) -> None:
    person = world.worker()
    check = world.check("周知", on=BEFORE, themes=(BAN,))
    assert asked(world, **NOTICE).state is State.DUE
    world.remove(check)
    world.check("周知", person, on=BEFORE, themes=(BAN,))
    assert asked(world, **NOTICE).state is State.SATISFIED
