"""An hour of today that lies ahead has not come: nothing of it is done yet, whatever the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

import pytest

from app.records import Approval, Device, Event, Incident
from app.records.days import DayOnly
from app.records.kinds import Moment
from app.work.acts.catalogue import ACTS
from app.work.acts.handing.rows import ReceivedThing, ReturnedThing
from app.work.acts.plan import Plan
from tests.support.acting import new, only, planned
from tests.support.world import DURING, World

NOW = datetime.combine(DURING, time(14, 3, 27))
MINUTE = NOW.replace(second=0)
THING = ReceivedThing(item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚")
Done = Callable[[World, object], Plan]


def act(name: str, world: World, *records: object, **answers: object) -> Plan:
    return planned(world, ACTS[name], *records, clock=NOW, **answers)  # type: ignore[arg-type]  # records


def incident(world: World) -> Incident:
    return world.incident("滅失", found=DURING - timedelta(days=1))


def tell(world: World, at: object) -> Plan:
    return act("tell-client", world, incident(world), at=at)


def note(world: World, at: object) -> Plan:
    return act("note-incident", world, incident(world), at=at, what="警察に届け出た")


def found(name: str) -> Done:
    return lambda world, at: act(name, world, _of(name, world), kind="盗難", found=at, **_by(name, world))


def happened(name: str) -> Done:
    return lambda world, at: act(
        name, world, _of(name, world), kind="盗難", found=DayOnly(DURING), happened=at, **_by(name, world)
    )


def _of(name: str, world: World) -> object:
    match name:
        case "lose":
            device: Device = world.device()
            world.device_use(device)
            return device
        case "lose-asset":
            return world.received(3)
        case "report-accident-by":
            return world.worker("小林翔")
        case _:
            return world.contract


def _by(name: str, world: World) -> Mapping[str, object]:
    return {"contract": world.contract.id} if name == "report-accident-by" else {}


def receive(world: World, at: object) -> Plan:
    return act("receive", world, world.contract, on=at, things=(THING,))


def give_back(world: World, at: object) -> Plan:
    asset = world.received(3)
    return act("return", world, asset, on=at, things=(ReturnedThing(asset=asset.id, quantity=3),))


def return_all(world: World, at: object) -> Plan:
    world.received(3)
    return act("return-all", world, world.contract, on=at)


def back(world: World, at: object) -> Plan:
    asset = world.received(3)
    world.event(asset, "持出", 3, DURING, hour=9)
    return act("check-in-asset", world, asset, on=at)


_ACCIDENTS = ("lose", "lose-asset", "report-accident", "report-accident-by")
DONE: Mapping[tuple[str, str], Done] = {
    ("tell-client", "at"): tell,
    ("note-incident", "at"): note,
    **{(name, "found"): found(name) for name in _ACCIDENTS},
    **{(name, "happened"): happened(name) for name in _ACCIDENTS},
    ("receive", "on"): receive,
    ("return", "on"): give_back,
    ("return-all", "on"): return_all,
    ("check-in-asset", "on"): back,
}
"""Act and field → the plan where the field holds a moment, all else being as it should."""


def test_every_moment_of_what_is_done_is_among_them() -> None:
    declared = {
        (one.name, field.name)
        for one in ACTS.values()
        for field in one.fields
        if isinstance(field.kind, Moment) and field.kind.past
    }
    assert declared == set(DONE)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
@pytest.mark.parametrize("name", DONE)
def test_what_is_done_was_done_by_now(world: World, name: tuple[str, str], minutes: int) -> None:
    plan = DONE[name](world, MINUTE + timedelta(minutes=minutes))
    if minutes > 0:
        said = only(plan)
        assert "令和8年6月1日 14時04分）がいま（14時03分）より後です" in said
        assert said.endswith(("登録してください。", "日時を確かめてください。", "登録できます。"))
    else:
        assert plan.ready, (plan.refusals, plan.asks)


@pytest.mark.parametrize("name", DONE)
def test_an_hour_that_nobody_knows_lies_ahead_of_none(world: World, name: tuple[str, str]) -> None:
    assert DONE[name](world, DayOnly(DURING)).ready
    assert "きょうより後" in only(DONE[name](world, DayOnly(DURING + timedelta(days=1))))


@pytest.mark.parametrize(("minutes", "status"), [(-1, "実績"), (0, "実績"), (1, "予定")])
@pytest.mark.parametrize("name", ["check-out-asset", "copy"])
def test_what_leaves_or_is_copied_later_today_is_a_plan(
    world: World, name: str, minutes: int, status: str
) -> None:
    at = MINUTE + timedelta(minutes=minutes)
    plan = act(name, world, world.received(3), on=at, to="市役所", quantity=1)
    assert plan.ready, plan.refusals
    assert [one.status for one in new(plan, Event)] == [status]
    assert any("14時04分の予定として" in one for one in plan.draft.remarks) is (status == "予定")


def test_what_leaves_later_today_is_still_applied_for(world: World) -> None:
    world.clause("takeout-approval", "each-time")
    asset = world.received(3)
    plan = act("check-out-asset", world, asset, on=NOW + timedelta(hours=3), to="市役所")
    assert plan.ready, plan.asks
    (paper,) = (one for one in plan.papers if one.form == "takeout-application")
    assert paper.due == DURING
    assert [one.status for one in new(plan, Event)] == ["予定"]
    assert new(plan, Approval)
