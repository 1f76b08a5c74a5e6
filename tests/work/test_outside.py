"""持出しの状況: what is out, with whom, until when and on which ground, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.records import Asset, Event
from app.work.acts.plan import Ground
from app.work.desks.outside import Lateness, Outside, counted, outside, summary
from tests.support.around import around
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)
BAN = {"exception": (Exempt.NONE,)}


def seen(world: World, today: date = DURING, contract: int = 0) -> tuple[Outside, ...]:
    return outside(Ground(world.facts(), world.catalogue, world.forms, today), contract)


def only(world: World, today: date = DURING) -> Outside:
    (found,) = seen(world, today)
    return found


def taken(world: World, quantity: int = 10, day: date = START, **values: Any) -> tuple[Asset, Event]:
    asset = world.received(10, medium="紙")
    return asset, world.event(asset, "持出", quantity, day, destination="市役所", **values)


def test_nothing_is_out_where_nothing_left(world: World) -> None:
    world.use(place := world.place())
    world.device_use(world.device(), location=place.id)
    world.received()
    assert seen(world) == ()
    assert summary(()) == ("", Lateness.NO_DAY)


def test_what_is_out_says_with_whom_where_since_and_until_when(world: World) -> None:
    person = world.worker("小林翔")
    asset, event = taken(world, 4, person=person.id, return_by=DURING + DAY)
    one = only(world)
    assert (one.record, one.thing, one.contract) == (event, asset, world.contract)
    assert (one.quantity, one.unit, one.person, one.place, one.day) == (
        4,
        asset.unit,
        person,
        "市役所",
        START,
    )
    assert one.limit is not None
    assert (one.limit.day, one.limit.word) == (DURING + DAY, "持帰り予定日")


@pytest.mark.parametrize(("until", "late"), around(DURING, Lateness.OVERDUE, Lateness.TODAY, Lateness.LATER))
def test_it_is_late_after_its_day(world: World, until: date, late: Lateness) -> None:
    taken(world, return_by=until)
    assert only(world).lateness is late


def test_the_end_of_an_approval_counts_where_nothing_was_promised(world: World) -> None:
    world.clause("takeout-approval", "each-time", exception=(Exempt.APPROVAL,))
    asset, event = taken(world)
    approval = world.approval("持出", asset, ends_on=DURING - DAY, destination="市役所")
    world.change(event, approval=approval.id)
    one = only(world)
    assert one.lateness is Lateness.OVERDUE
    assert one.standing.text.startswith(approval.number)
    assert one.standing.allowed
    assert one.standing.clauses


def test_without_a_day_it_stands_last(world: World) -> None:
    for until in (None, DURING + DAY, DURING - DAY, DURING):
        taken(world, return_by=until)
    assert [one.lateness for one in seen(world)] == list(Lateness)


def test_what_came_back_in_part_is_out_with_the_rest(world: World) -> None:
    asset, first = taken(world, 4)
    second = world.event(asset, "持出", 3, START + DAY, destination="支所")
    world.event(asset, "持帰", 5, START + 2 * DAY)
    assert [(one.record, one.quantity) for one in seen(world)] == [(second, 2)]
    world.event(asset, "持帰", 2, START + 3 * DAY)
    assert seen(world) == ()
    assert first.quantity == 4


def test_what_was_only_planned_is_not_out(world: World) -> None:
    taken(world, status="予定", day=DURING + DAY)
    world.device_use(world.device(), location=world.place("出張先", kind="持出し先").id, status="予定")
    assert seen(world) == ()


def test_what_was_moved_out_is_out_and_no_take_out_to_bring_back(world: World) -> None:
    asset = world.received()
    place = world.place("現地本部", kind="持出し先")
    world.event(asset, "保管場所変更", day=START, location=place.id)
    one = only(world)
    assert (one.thing, one.place, one.act) == (asset, "現地本部", "")


# PC・媒体


@pytest.mark.parametrize(("ends", "out"), around(DURING, False, False, True))
def test_a_machine_is_out_until_its_use_there_ends(world: World, ends: date, out: bool) -> None:
    device = world.device()
    place = world.place("出張先", kind="持出し先")
    use = world.device_use(device, START, location=place.id, ends_on=ends, return_by=DURING)
    found = seen(world)
    assert bool(found) is out
    if found:
        assert (found[0].record, found[0].thing, found[0].act) == (use, device, "check-in")
        assert found[0].lateness is Lateness.TODAY


def test_in_other_hands_it_is_still_out_since_it_left(world: World) -> None:
    device, place = world.device(), world.place("出張先", kind="持出し先")
    left, passed = START + timedelta(days=3), DURING - timedelta(days=2)
    world.device_use(device, left, location=place.id, ends_on=passed - timedelta(days=1))
    world.device_use(device, passed, location=place.id)
    assert (only(world).since, only(world).who) == (left, "管理者（使用者）")


def test_of_an_earlier_trip_that_was_over_it_says_nothing(world: World) -> None:
    device, place = world.device(), world.place("出張先", kind="持出し先")
    world.device_use(device, START, location=place.id, ends_on=DURING - timedelta(days=4))
    world.device_use(device, DURING - timedelta(days=2), location=place.id)
    assert only(world).since == DURING - timedelta(days=2)


def test_a_machine_brought_to_the_client_is_out_and_one_lent_by_it_is_not(world: World) -> None:
    hall = world.place("架空市役所", kind="発注者の施設")
    own = world.device()
    world.device_use(own, location=hall.id)
    world.device_use(world.device(owner="貸与"), location=hall.id)
    assert only(world).thing == own


# 根拠


def test_without_an_approval_the_reason_stands_there_plainly(world: World) -> None:
    world.clause("takeout-approval", "each-time", exception=(Exempt.APPROVAL,))
    _asset, event = taken(world)
    assert only(world).standing.text == "承諾なし：理由の記録がありません"
    world.change(event, reason="打合せ。承諾を得ない理由：災害対応のため")
    one = only(world).standing
    assert (one.text, one.allowed) == ("承諾なし：災害対応のため", False)


def test_an_approval_that_does_not_fit_allows_nothing(world: World) -> None:
    world.clause("takeout-approval", "each-time", exception=(Exempt.APPROVAL,))
    _asset, event = taken(world)
    world.change(event, approval=world.approval("持出", world.received()).id)
    one = only(world).standing
    assert ("では認められません" in one.text, one.allowed) == (True, False)


def test_a_ban_is_named_whatever_was_allowed(world: World) -> None:
    world.clause("takeout-approval", "standing", **BAN)
    asset, event = taken(world)
    world.change(event, approval=world.approval("持出", asset).id)
    one = only(world).standing
    assert ("禁じています" in one.text, one.allowed) == (True, False)


def test_where_no_clause_asks_nothing_is_wrong(world: World) -> None:
    taken(world)
    assert only(world).standing == ("承諾を求める条項はありません", True, ())


# きょう


@pytest.mark.parametrize(("until", "word"), around(DURING, "期限を過ぎて", "きょうまでに", "外にあるもの1件"))
def test_the_line_of_today_tells_the_most_urgent(world: World, until: date, word: str) -> None:
    asset, _event = taken(world, return_by=until)
    text, late = summary(seen(world))
    assert word in text
    assert (asset.number in text) is (late is not Lateness.LATER)


def test_of_one_contract_only_its_own_is_told(world: World) -> None:
    taken(world)
    assert len(seen(world, contract=world.contract.id)) == 1
    assert seen(world, contract=world.contract.id + 999) == ()


def test_a_machine_of_two_contracts_is_one_machine_that_is_out(world: World) -> None:
    device, place = world.device(), world.place("出張先", kind="持出し先")
    world.device_use(device, location=place.id, return_by=DURING - DAY)
    other = world.add(replace(world.contract, id=0, number="R8-002", title="別の業務"))
    use = world.device_use(world.device(), location=place.id, return_by=DURING + DAY)
    world.add(replace(use, id=0, device=device.id, contract=other.id, return_by=DURING))
    found = seen(world)
    assert len(found) == 3
    assert {late: many for late, many in counted(found).items() if many} == {
        Lateness.OVERDUE: 1,
        Lateness.LATER: 1,
    }
    assert summary(found)[0] == (
        f"期限を過ぎて持ち出されたままのもの：{device.control_number}（外にあるもの2件）"
    )
