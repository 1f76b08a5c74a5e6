"""What the client asked for stands in the clause that has it reported, and is overdue there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.annexes.choices import Submit
from app.annexes.kinds import State
from tests.support.world import DURING, World

DAY = timedelta(days=1)
DUE = DURING + 7 * DAY
LATER = DURING + 60 * DAY
CLAUSE = "契約書 第8条"


def _people(world: World) -> None:
    world.worker()


def _place(world: World) -> None:
    world.use(world.place())


def _device(world: World) -> None:
    world.device_use(world.device(), location=world.place().id, person=world.person().id)


KINDS: list[tuple[str, str, Callable[[World], None], str]] = [
    ("worker-list", "責任者・従事者", _people, "personnel-report"),
    ("work-location", "作業場所", _place, "location-notice"),
    ("equipment-register", "PC・媒体", _device, "device-register"),
]
every = pytest.mark.parametrize(("kind", "matter", "setting", "form"), KINDS, ids=[one[0] for one in KINDS])


@every
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (DURING - DAY, State.SATISFIED),
        (DURING, State.DUE),
        (DUE, State.DUE),
        (DUE + DAY, State.OVERDUE),
    ],
)
def test_an_open_request_is_overdue_in_the_clause_itself(
    world: World, kind: str, matter: str, setting: Callable[[World], None], form: str, day: date, state: State
) -> None:
    del form
    world.under("kawaguchi")
    setting(world)
    world.instruction("報告の求め", DURING, due_on=DUE, about=(matter,))
    duty = world.under_clause(day, CLAUSE, kind)
    assert (duty.state, duty.due) == (state, None if state is State.SATISFIED else DUE)


@every
def test_what_answers_it_closes_it(
    world: World, kind: str, matter: str, setting: Callable[[World], None], form: str
) -> None:
    world.under("kawaguchi")
    setting(world)
    world.instruction("報告の求め", DURING, due_on=DUE, about=(matter,))
    world.issue(form, on=DURING - DAY, submitted=DURING - DAY)
    assert world.under_clause(LATER, CLAUSE, kind).state is State.OVERDUE
    world.issue(form, on=DUE, submitted=DUE)
    duty = world.under_clause(LATER, CLAUSE, kind)
    assert (duty.state, duty.remarks) == (State.SATISFIED, ())


@every
@pytest.mark.parametrize(("on", "late"), [(DUE - DAY, False), (DUE, False), (DUE + DAY, True)])
def test_an_answer_after_its_day_stays_visible(
    world: World, kind: str, matter: str, setting: Callable[[World], None], form: str, on: date, late: bool
) -> None:
    del form
    world.under("kawaguchi")
    setting(world)
    one = world.instruction("報告の求め", DURING, due_on=DUE, about=(matter,), answered_on=on)
    duty = world.under_clause(LATER, CLAUSE, kind)
    assert duty.state is State.SATISFIED
    assert [(r.record, r.id, r.since, r.until) for r in duty.remarks] == (
        [("instruction", one.id, DUE, on)] if late else []
    )


@every
def test_a_request_about_something_else_is_not_this_clauses(
    world: World, kind: str, matter: str, setting: Callable[[World], None], form: str
) -> None:
    del form
    world.under("kawaguchi")
    setting(world)
    others = tuple(one for _kind, one, _setting, _form in KINDS if one != matter)
    world.instruction("報告の求め", DURING, due_on=DUE, about=others)
    assert world.under_clause(LATER, CLAUSE, kind).state is State.SATISFIED


@every
def test_a_request_that_does_not_say_what_it_is_about_may_be_for_each(
    world: World, kind: str, matter: str, setting: Callable[[World], None], form: str
) -> None:
    del matter, form
    world.under("kawaguchi")
    setting(world)
    world.instruction("報告の求め", DURING, due_on=DUE)
    duty = world.under_clause(LATER, CLAUSE, kind)
    assert duty.state is State.OVERDUE
    assert "何についての求めかは登録されていません" in duty.missing[0].text


def test_without_a_day_of_the_client_or_the_clause_it_is_due_speedily(world: World) -> None:
    world.worker()
    world.instruction("報告の求め", DURING, about=("責任者・従事者",))
    duty = world.duty(DURING, "worker-list", "before-start", submit=Submit.ON_REQUEST)
    assert (duty.state, duty.due) == (State.DUE, date(2026, 6, 4))
    assert "想定" in duty.counted


def test_a_clause_that_has_nothing_reported_on_request_is_left_alone(world: World) -> None:
    world.worker()
    world.instruction("報告の求め", DURING, about=("責任者・従事者",))
    assert world.duty(LATER, "worker-list", "before-start").state is State.SATISFIED


@pytest.mark.parametrize(
    ("kind", "matter"),
    [
        ("responsible-person", "責任者・従事者"),
        ("management-system", "管理体制"),
        ("transfer-record", "授受・返還の記録"),
    ],
)
def test_the_others_show_it_as_well(world: World, kind: str, matter: str) -> None:
    world.structure(world.worker("佐藤花子", "業務責任者"))
    world.received()
    roles = {"roles": ("業務責任者",)} if kind == "responsible-person" else {}
    asks = {"submit": Submit.ON_REQUEST, **roles}
    asked = world.instruction("報告の求め", DURING, due_on=DUE, about=(matter,))
    assert world.duty(DUE + DAY, kind, "standing", **asks).state is State.OVERDUE
    world.change(asked, answered_on=DUE)
    assert world.duty(DUE + DAY, kind, "standing", **asks).state is State.SATISFIED
