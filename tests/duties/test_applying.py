"""What is entered to be allowed and not asked for yet: due, with the application as its next step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from tests.support.world import BEFORE, DURING, World

ONE = timedelta(days=1)
APPROVAL: dict[str, Any] = {"exception": (Exempt.APPROVAL,)}
KINDS = {
    "copy-approval": ("複写", "copy-application"),
    "takeout-approval": ("持出", "takeout-application"),
    "equipment-takeout": ("機器持出", "equipment-takeout-application"),
    "bringin-approval": ("持込", "bringin-application"),
    "subcontract-approval": ("再委託", "subcontract-application"),
    "disposal-approval": ("廃棄", "disposal-application"),
    "collection-limit": ("取得", "purpose-application"),
    "purpose-limit": ("目的外利用", "purpose-application"),
}
"""Kind of duty → the kind of the approval, and the form on which it is asked for."""


def judge(world: World, kind: str, day: date = DURING) -> Duty:
    if kind in ("equipment-takeout", "bringin-approval"):
        place = world.place()
        world.use(place)
        world.device_use(world.device(), location=place.id)
    return world.duty(day, kind, "each-time", **APPROVAL)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_asked_for_yet_is_due_and_its_form_is_next(world: World, kind: str) -> None:
    wanted, form = KINDS[kind]
    made = world.approval(wanted, granted=None)
    duty = judge(world, kind)
    assert duty.state is State.DUE
    assert f"{made.number}（{wanted}）は、まだ発注者に申請していません。" in [
        gap.text for gap in duty.missing
    ]
    (gap,) = (gap for gap in duty.missing if gap.id == made.id)
    assert (gap.step.action, gap.step.target) == (Action.ISSUE, form)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_is_to_be_handed_in(world: World, kind: str) -> None:
    wanted, form = KINDS[kind]
    made = world.approval(wanted, granted=None)
    printed = world.issue(form, submitted=None, only=(f"approval:{made.id}",))
    (gap,) = (gap for gap in judge(world, kind).missing if gap.id == made.id)
    assert (gap.step.action, gap.step.id) == (Action.SUBMIT, printed.id)


@pytest.mark.parametrize(
    ("applied", "state"), [(DURING - ONE, State.WAITING), (DURING, State.WAITING), (DURING + ONE, State.DUE)]
)
def test_from_the_day_of_the_application_the_client_is_waited_for(
    world: World, applied: date, state: State
) -> None:
    world.approval("複写", granted=None, applied_on=applied, written=None)
    asks = {**APPROVAL, "written": True}
    assert world.duty(DURING, "copy-approval", "each-time", **asks).state is state


@pytest.mark.parametrize("values", [{"basis": "指示"}, {"refused_on": BEFORE}, {"ends_on": DURING - ONE}])
def test_what_need_not_or_cannot_be_asked_is_not_due(world: World, values: dict[str, Any]) -> None:
    world.approval("複写", granted=None, **values)
    assert judge(world, "copy-approval").state is State.NOT_DUE


def test_what_is_over_today_can_still_be_asked(world: World) -> None:
    world.approval("複写", granted=None, ends_on=DURING)
    assert judge(world, "copy-approval").state is State.DUE


def test_an_absolute_ban_is_not_applied_against(world: World) -> None:
    world.approval("持出", granted=None)
    duty = world.duty(DURING, "takeout-approval", "each-time", exception=(Exempt.NONE,))
    assert duty.state is State.NOT_DUE
    assert duty.next.action is Action.NONE
