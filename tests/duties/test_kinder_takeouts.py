"""Taking out: where it begins, what counts as one, what came back when, and bans that nothing lifts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt, Within
from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Action, Duty
from app.duties.view import ContractView
from app.records import Approval, Asset, Event, Location
from app.records.breach_handling import Handled
from tests.support.around import around
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
BAN: dict[str, Any] = {"exception": (Exempt.NONE,)}


def takeouts(world: World, day: date = LATER, **asks: Any) -> Duty:
    return world.duty(day, "takeout-approval", "each-time", **{"exception": (Exempt.APPROVAL,), **asks})


def moved(world: World, place: Location, day: date = DURING, **values: Any) -> tuple[Asset, Event]:
    asset = world.received(**values)
    return asset, world.event(asset, "保管場所変更", day=day, location=place.id)


# 保管場所の変更


def test_what_is_moved_to_a_place_for_taking_out_is_taken_out(world: World) -> None:
    asset, event = moved(world, world.place("現地本部", kind="持出し先"))
    duty = takeouts(world)
    assert (duty.state, duty.missing[0].id) == (State.DUE, event.id)
    world.change(event, approval=world.approval("持出", asset, destination="現地本部").id)
    assert takeouts(world).state is State.SATISFIED


def test_what_is_moved_between_the_places_of_the_contract_is_not(world: World) -> None:
    office = world.place("支社")
    world.use(office)
    moved(world, office)
    assert takeouts(world).state is State.NOT_DUE


def test_of_a_place_that_the_contract_does_not_use_nobody_can_tell(world: World) -> None:
    office = world.place("支社")
    moved(world, office)
    duty = takeouts(world)
    assert duty.state is State.CONFIRM
    assert (duty.missing[0].record, duty.missing[0].id) == ("location", office.id)


@pytest.mark.parametrize(
    ("within", "place", "used", "state"),
    [
        (Within.PREMISES, {"kind": "作業"}, True, State.NOT_DUE),
        (Within.PREMISES, {"kind": "発注者の施設"}, True, State.DUE),
        (Within.PREMISES, {"kind": "その他：倉庫会社"}, True, State.CONFIRM),
        (Within.HANDLING, {"kind": "作業"}, True, State.NOT_DUE),
        (Within.HANDLING, {"kind": "作業"}, False, State.DUE),
        (Within.HANDLING, {"kind": "発注者のシステム環境"}, False, State.NOT_DUE),
        (Within.HANDLING, {"kind": "持出し先"}, True, State.DUE),
        (Within.AREA, {"area": "管理区域"}, True, State.NOT_DUE),
        (Within.AREA, {"area": "取扱区域"}, False, State.NOT_DUE),
        (Within.AREA, {"area": "指定なし"}, True, State.DUE),
        (Within.AREA, {"area": ""}, True, State.CONFIRM),
        (Within.AREA, {"area": "管理区域", "kind": "発注者の施設"}, True, State.DUE),
        (Within.DESIGNATED, {"area": "管理区域", "kind": "発注者の施設"}, True, State.NOT_DUE),
        (Within.DESIGNATED, {"area": "指定なし"}, True, State.DUE),
        (Within.DESIGNATED, {"area": ""}, True, State.CONFIRM),
    ],
)
@pytest.mark.parametrize("exception", [(Exempt.APPROVAL,), (Exempt.NONE,)])
def test_each_clause_draws_its_own_line(
    world: World,
    within: Within,
    place: dict[str, Any],
    used: bool,
    state: State,
    exception: tuple[Exempt, ...],
) -> None:
    there = world.place("ある場所", **place)
    if used:
        world.use(there)
    moved(world, there)
    assert takeouts(world, within=within, exception=exception).state is state


@pytest.mark.parametrize(("day", "state"), [(START - DAY, State.DUE), (START, State.NOT_DUE)])
def test_a_place_is_inside_from_its_first_day(world: World, day: date, state: State) -> None:
    office = world.place("支社")
    world.use(office)
    moved(world, office, day)
    assert takeouts(world, within=Within.HANDLING).state is state


@pytest.mark.parametrize(
    ("annex", "number", "options", "information"),
    [("besshi-44", "11", (), "個人情報"), ("minato", "第19条", ("特定個人情報",), "特定個人情報")],
)
def test_out_of_the_area_is_a_violation_where_the_text_names_one(
    world: World, annex: str, number: str, options: tuple[str, ...], information: str
) -> None:
    world.under(annex, options=options)
    hall = world.place("会議室", area="指定なし")
    world.use(hall)
    _asset, event = moved(world, hall, classification=information)
    duty = world.under_clause(LATER, number, "takeout-approval")
    assert (duty.state, duty.missing[0].id) == (State.DUE, event.id)
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, LATER)
    assert event.id in {one.id for one in findings(view) if one.check == "take-out-unapproved"}
    world.change(hall, area="取扱区域")
    assert world.under_clause(LATER, number, "takeout-approval").state is State.NOT_DUE


def test_the_systems_of_the_client_are_a_place_of_handling_in_hofu(world: World) -> None:
    world.under("hofu")
    moved(world, world.place("庁内システム", kind="発注者のシステム環境"), medium="電子データ")
    assert world.under_clause(LATER, "第5", "takeout-approval").state is State.NOT_DUE
    moved(world, world.place("自宅", kind="作業"), medium="電子データ")
    assert world.under_clause(LATER, "第5", "takeout-approval").state is State.DUE


# 持帰り


def trip(world: World, back: date | None) -> Event:
    asset = world.received()
    approval = world.approval("持出", asset, ends_on=DURING)
    event = world.event(asset, "持出", day=START, approval=approval.id)
    if back:
        world.event(asset, "持帰", day=back)
    return event


@pytest.mark.parametrize(("back", "late"), [(DURING - DAY, False), (DURING, False), (DURING + DAY, True)])
def test_what_is_back_by_the_last_day_is_back_in_time(world: World, back: date, late: bool) -> None:
    event = trip(world, back)
    duty = takeouts(world)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until, one.late) for one in duty.remarks] == (
        [(event.id, DURING, back, True)] if late else []
    )


@pytest.mark.parametrize(
    ("day", "state"), [(DURING - DAY, State.DUE), (DURING, State.DUE), (DURING + DAY, State.OVERDUE)]
)
def test_what_is_out_is_overdue_after_the_last_day(world: World, day: date, state: State) -> None:
    trip(world, None)
    duty = takeouts(world, day)
    assert (duty.state, duty.due) == (state, DURING)


@pytest.mark.parametrize(("day", "state"), around(DURING, State.DUE, State.DUE, State.OVERDUE))
def test_what_was_promised_for_a_day_is_late_after_it(world: World, day: date, state: State) -> None:
    event = trip(world, None)
    world.change(event, approval=None, return_by=DURING)
    world.change(world.facts().all(Approval)[0], ends_on=None)
    duty = takeouts(world, day)
    assert (duty.state, duty.due) == (state, DURING)


@pytest.mark.parametrize("promised", [DURING - DAY, DURING, DURING + DAY])
def test_of_a_promise_and_an_approval_whichever_ends_first_counts(world: World, promised: date) -> None:
    world.change(trip(world, None), return_by=promised)
    assert takeouts(world).due == min(promised, DURING)


def test_what_came_back_after_its_promise_stays_told(world: World) -> None:
    event = trip(world, DURING)
    world.change(event, return_by=DURING - DAY)
    (remark,) = takeouts(world).remarks
    assert (remark.since, remark.until, "持帰り予定日" in remark.text) == (DURING - DAY, DURING, True)


def test_brought_to_another_place_outside_it_is_not_back(world: World) -> None:
    asset = world.received()
    approval = world.approval("持出", asset, ends_on=DURING)
    world.event(asset, "持出", day=START, approval=approval.id)
    back = world.event(asset, "持帰", day=START + DAY, location=world.place("宿", kind="持出し先").id)
    assert takeouts(world).state is State.OVERDUE
    world.change(back, location=world.place().id)
    assert takeouts(world).state is State.SATISFIED


@pytest.mark.parametrize(("back", "late"), [(DURING, False), (DURING + DAY, True)])
def test_what_was_moved_out_is_back_where_it_is_put_inside_again(
    world: World, back: date, late: bool
) -> None:
    office = world.place()
    world.use(office)
    asset, event = moved(world, world.place("現地本部", kind="持出し先"), START)
    approval = world.approval("持出", asset, ends_on=DURING, destination="現地本部")
    world.change(event, approval=approval.id)
    assert takeouts(world).state is State.OVERDUE
    world.event(asset, "保管場所変更", day=back, location=office.id)
    duty = takeouts(world)
    assert duty.state is State.SATISFIED
    assert [one.until for one in duty.remarks] == ([back] if late else [])


# 例外のない禁止


def test_a_banned_take_out_stays_open_until_it_is_back_and_the_client_was_told(world: World) -> None:
    asset = world.received()
    event = world.event(asset, "持出", day=START, approval=world.approval("持出", asset).id)
    clause = world.clause("takeout-approval", "standing", **BAN)
    assert world.duties(LATER)[0].state is State.DUE
    world.handle(event, START, clause, handled_on=DURING)
    assert world.duties(LATER)[0].state is State.DUE
    world.event(asset, "持帰", day=START + DAY)
    (duty,) = world.duties(LATER)
    assert duty.state is State.NOT_DUE
    (remark,) = duty.remarks
    assert (remark.id, remark.since, remark.until, remark.late) == (event.id, START, START + DAY, False)
    assert world.duties(DURING - DAY)[0].state is State.DUE


def test_a_banned_take_out_that_is_back_asks_for_how_it_was_handled(world: World) -> None:
    asset = world.received()
    event = world.event(asset, "持出", day=START)
    world.event(asset, "持帰", day=START + DAY)
    duty = takeouts(world, **BAN)
    assert duty.state is State.DUE
    assert (duty.next.action, duty.next.target) == (Action.ADD, "breach_handling")
    assert dict(duty.next.given)["record_id"] == event.id
    world.handle(event, START, duty.clause, handled=Handled.NEEDLESS.value, handled_on=DURING, reason="軽微")
    assert world.duties(LATER)[0].state is State.DUE


# 機器とともに持ち出された情報


def test_a_device_used_outside_may_carry_information_out(world: World) -> None:
    device = world.device()
    use = world.device_use(device, location=world.place("宿", kind="持出し先").id, status="実績")
    duty = takeouts(world, **BAN)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, use.id)
    asset = world.received(medium="電子データ")
    approval = world.approval("持出", asset)
    world.event(asset, "持出", day=DURING, device=device.id, approval=approval.id)
    assert takeouts(world).state is State.SATISFIED


def test_a_device_that_the_client_let_go_raises_no_question_unless_nothing_may_go(world: World) -> None:
    device = world.device()
    approval = world.approval("機器持出", device)
    world.device_use(
        device, location=world.place("宿", kind="持出し先").id, status="実績", approval=approval.id
    )
    assert takeouts(world).state is State.NOT_DUE
    assert takeouts(world, **BAN).state is State.CONFIRM


def test_a_box_for_paper_and_a_plan_raise_none(world: World) -> None:
    inn = world.place("宿", kind="持出し先")
    world.device_use(world.device(None, kind="紙保管箱"), location=inn.id, status="実績")
    world.device_use(world.device(), location=inn.id, status="予定")
    assert takeouts(world).state is State.NOT_DUE


# 持込み


def test_a_device_that_worked_at_the_clients_was_brought_there(world: World) -> None:
    hall = world.place("架空市役所", kind="発注者の施設")
    office = world.place()
    world.use(office)
    device, medium = world.device(), world.device(kind="USBメモリ")
    world.device_use(device, location=office.id)
    event = world.event(world.received(), "複写", day=DURING, device=medium.id, location=hall.id)
    duty = world.duty(LATER, "bringin-approval", "each-time", exception=(Exempt.APPROVAL,))
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, event.id)
    assert dict(duty.next.given) == {"device": medium.id, "location": hall.id}
    world.device_use(
        medium, DURING, location=hall.id, approval=world.approval("持込", medium, destination="架空市役所").id
    )
    assert world.duties(LATER)[0].state is State.SATISFIED
