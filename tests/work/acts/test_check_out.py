"""持出し・持帰り・使用者の変更: who has what, where, until when and under which approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.duties.rules.references import back_before_out
from app.records import Approval, Asset, Device, DeviceUse, Disposal, Event, Location, Person
from app.records.days import DayOnly
from app.records.disposal import DisposalLine
from app.work.acts.devices.check_in import CHECK_IN
from app.work.acts.devices.check_in_assets import CHECK_IN_ASSET
from app.work.acts.devices.check_out import CHECK_OUT
from app.work.acts.devices.check_out_assets import CHECK_OUT_ASSET
from app.work.acts.devices.lend import LEND
from app.work.acts.devices.move import MOVE
from app.work.acts.offering import offers
from app.work.acts.permitted.bring_in import BRING_IN
from app.work.acts.plan import Act, Ground, Plan
from app.work.acts.rounds.check_devices import CHECK_DEVICES
from app.work.desks.outside import outside
from tests.support.acting import about, new, only, planned, then
from tests.support.around import around
from tests.support.world import BEFORE, DURING, START, World

DAY = DURING
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
AHEAD = DAY + timedelta(days=7)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour))


class Trip:
    """One asset and one device in the office, somebody to carry them, and somewhere to go."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.home = world.place("本社")
        world.use(self.home)
        self.person: Person = world.worker("小林翔")
        self.asset: Asset = world.received(10, medium="紙")
        self.device: Device = world.device()
        self.use = world.device_use(self.device, location=self.home.id, person=self.person.id)
        self.place: Location = world.place("協力会社", kind="持出し先")

    def asset_out(self, *assets: Asset, on: date = DAY, **answers: Any) -> Plan:
        given = {"to": "市役所", "on": at(on), "person": self.person.id, **answers}
        return planned(self.world, CHECK_OUT_ASSET, *(assets or (self.asset,)), **given)

    def asset_back(self, on: Any = None, **answers: Any) -> Plan:
        return planned(self.world, CHECK_IN_ASSET, self.asset, on=on or at(DAY, 17), **answers)

    def out(self, on: date = DAY, **answers: Any) -> Plan:
        return planned(self.world, CHECK_OUT, self.device, **{"to": self.place.id, "on": on, **answers})

    def back(self, on: date = DAY, **answers: Any) -> Plan:
        return planned(self.world, CHECK_IN, self.device, on=on, **answers)

    def is_out(self, since: date = EVE, **values: Any) -> DeviceUse:
        self.world.change(self.use, ends_on=since)
        return self.world.device_use(self.device, starts=since, location=self.place.id, **values)


@pytest.fixture
def trip(world: World) -> Trip:
    return Trip(world)


# assets


def test_an_asset_goes_out_under_the_approval_that_names_it(trip: Trip) -> None:
    trip.world.clause("takeout-approval", "each-time")
    approval = trip.world.approval("持出", trip.asset, ends_on=NEXT)
    plan = trip.asset_out(safeguards=("施錠ケース",), purpose="打合せ")
    assert plan.ready
    assert not plan.asks
    (event,) = new(plan, Event)
    assert (event.kind, event.status, event.quantity) == ("持出", "実績", 10)
    assert (event.approval, event.person, event.destination) == (approval.id, trip.person.id, "市役所")
    assert (event.safeguards, event.reason) == (("施錠ケース",), "打合せ")
    assert about(plan.draft.remarks, approval.number, "までに持ち帰ってください")


def test_without_an_approval_the_clause_and_the_form_are_named(trip: Trip) -> None:
    clause = trip.world.clause("takeout-approval", "each-time")
    plan = trip.asset_out()
    assert not plan.ready
    (ask,) = [one for one in plan.asks if one.needed]
    assert ask.field == "without"
    assert clause.number in ask.text
    assert "情報資産持出承諾申請書" in ask.text
    (paper,) = [one for one in plan.papers if one.form == "takeout-application"]
    assert paper.clauses == (clause.number,)


def test_going_on_all_the_same_needs_a_reason_and_stays_visible(trip: Trip) -> None:
    clause = trip.world.clause("takeout-approval", "each-time")
    plan = trip.asset_out(without="災害対応のため", until=NEXT)
    assert plan.ready
    (event,) = new(plan, Event)
    assert event.approval is None
    assert (event.reason, event.return_by) == ("承諾を得ない理由：災害対応のため", NEXT)
    assert clause.number in about(plan.draft.remarks, "災害対応のため", "要対応のまま")
    assert "takeout-application" not in [one.form for one in plan.papers], "nothing is left to apply for"


def test_a_reason_that_nobody_asked_for_is_not_kept_as_one(trip: Trip) -> None:
    plan = trip.asset_out(without="急ぐため")
    assert new(plan, Event)[0].reason == ""
    assert about(plan.draft.remarks, "理由は記録しません")


def test_what_lies_ahead_is_a_plan_with_its_application(trip: Trip) -> None:
    trip.world.clause("takeout-approval", "each-time")
    plan = trip.asset_out(on=AHEAD, until=AHEAD + timedelta(days=1), purpose="打合せ")
    assert plan.ready
    (approval,), (event,) = new(plan, Approval), new(plan, Event)
    assert (event.status, event.approval) == ("予定", approval.id)
    assert "の予定）" in plan.draft.title
    assert (approval.kind, approval.basis, approval.purpose) == ("持出", "承諾", "打合せ")
    assert [row.asset for row in approval.subjects] == [trip.asset.id]
    assert (approval.starts_on, approval.return_by) == (AHEAD, AHEAD + timedelta(days=1))
    assert (approval.granted_on, approval.applied_on) == (None, None)
    (paper,) = [one for one in plan.papers if one.form == "takeout-application"]
    assert paper.due == AHEAD - timedelta(days=1)
    assert "承諾（持出）は、まだ発注者に申請していません" in paper.text


def test_an_application_that_was_made_is_waited_for_and_not_made_again(trip: Trip) -> None:
    trip.world.clause("takeout-approval", "each-time")
    held = trip.world.approval("持出", trip.asset, granted=None, applied_on=EVE)
    plan = trip.asset_out(on=AHEAD)
    assert not new(plan, Approval)
    assert new(plan, Event)[0].approval == held.id
    assert about((one.text for one in plan.asks), held.number, "発注者の回答前")
    assert not plan.papers
    trip.world.change(held, applied_on=None)
    assert [one.form for one in trip.asset_out(on=AHEAD).papers] == ["takeout-application"]
    assert [one.field for one in trip.asset_out().asks if one.needed] == ["without"]


def test_a_plan_becomes_a_fact_on_its_day(trip: Trip) -> None:
    ahead = trip.world.event(trip.asset, "持出", 4, AHEAD, status="予定", person=trip.person.id)
    plan = trip.asset_out(on=AHEAD, today=AHEAD, quantity=4)
    (write,) = plan.writes
    assert write.before == ahead
    assert isinstance(write.record, Event)
    assert (write.record.status, write.record.quantity) == ("実績", 4)


def test_what_is_banned_whatever_the_client_says_is_not_planned(trip: Trip) -> None:
    clause = trip.world.clause("takeout-approval", "each-time", exception=(Exempt.NONE,))
    assert clause.number in only(trip.asset_out(on=AHEAD))
    plan = trip.asset_out()
    assert [one.field for one in plan.asks if one.needed] == ["without"]
    assert not any("先に「" in one.text for one in plan.asks)
    assert trip.asset_out(without="災害対応のため").ready


def test_nothing_goes_out_twice(trip: Trip) -> None:
    trip.world.event(trip.asset, "持出", 10, EVE)
    assert "を持出し中です" in only(trip.asset_out())
    assert "を持出し中です" in only(trip.asset_out(quantity=1))


def test_of_what_is_here_a_part_may_go_after_another(trip: Trip) -> None:
    trip.world.event(trip.asset, "持出", 6, EVE)
    assert "を持出し中です" in only(trip.asset_out())
    assert trip.asset_out(quantity=4).ready
    assert "4枚を超えます" in only(trip.asset_out(quantity=5))


def test_what_is_not_here_cannot_go(trip: Trip) -> None:
    empty = trip.world.asset()
    assert "残っていません" in only(trip.asset_out(empty))


def wrong(trip: Trip, name: str) -> Approval:
    """An approval that does not allow what is done on the day."""
    world = trip.world
    match name:
        case "later":
            return world.approval("持出", trip.asset, granted=NEXT)
        case "over":
            return world.approval("持出", trip.asset, ends_on=EVE)
        case "refused":
            return world.approval("持出", trip.asset, granted=None, refused_on=EVE)
        case "kind":
            return world.approval("複写", trip.asset)
        case _:
            other = world.add(replace(world.contract, number="R8-002"))
            return world.change(world.approval("持出"), contract=other.id)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("later", "より後です"),
        ("over", "有効期間に"),
        ("refused", "承諾されませんでした"),
        ("kind", "「複写」の承諾"),
        ("other", "別の契約"),
    ],
)
def test_an_approval_that_does_not_fit_is_refused_in_one_sentence(trip: Trip, name: str, words: str) -> None:
    assert words in only(trip.asset_out(approval=wrong(trip, name).id))


def test_an_approval_serves_from_its_day_to_its_last(trip: Trip) -> None:
    held = trip.world.approval("持出", trip.asset, granted=DAY, ends_on=DAY)
    assert trip.asset_out(approval=held.id).ready
    assert trip.asset_out(approval=held.id, until=DAY).ready
    assert "期限" in only(trip.asset_out(approval=held.id, until=NEXT))


def test_nothing_is_carried_on_what_is_out_of_use(trip: Trip) -> None:
    device = trip.world.change(trip.device, retired_on=EVE)
    assert "使用を終えています" in only(trip.asset_out(device=device.id))
    trip.world.change(device, retired_on=DAY)
    assert not trip.asset_out(device=device.id).refusals


def test_it_is_not_back_before_it_goes_and_whoever_left_takes_nothing(trip: Trip) -> None:
    assert "より前です" in only(trip.asset_out(until=EVE))
    assert trip.asset_out(until=DAY).ready
    gone = trip.world.person("退職者", left_on=EVE)
    assert "退職しているため" in only(trip.asset_out(person=gone.id))
    young = trip.world.person("新人", joined_on=NEXT)
    assert "入社は" in only(trip.asset_out(person=young.id))
    stranger = trip.world.person("他部署", left_on=DAY)
    assert about(trip.asset_out(person=stranger.id).draft.remarks, "従事者として登録されていません")


def test_what_is_out_is_back_in_one_step(trip: Trip) -> None:
    world = trip.world
    approval = world.approval("持出", trip.asset, ends_on=DAY)
    world.event(trip.asset, "保管場所変更", 10, START, location=trip.home.id, hour=12)
    carried = ("施錠ケース",)
    world.event(trip.asset, "持出", 4, DAY, person=trip.person.id, approval=approval.id, safeguards=carried)
    plan = trip.asset_back()
    assert plan.ready
    assert not plan.draft.remarks
    (event,) = new(plan, Event)
    assert (event.kind, event.quantity, event.location) == ("持帰", 4, trip.home.id)
    assert event.person == trip.person.id
    assert event.safeguards == ()  # How it was carried back, nobody said.
    late = trip.asset_back(at(NEXT), today=NEXT)
    assert about(late.draft.remarks, approval.number, "期限", "の後の持帰り")


def test_nothing_comes_back_that_is_not_out_or_not_yet(trip: Trip) -> None:
    assert "持ち出されたままではありません" in only(trip.asset_back())
    trip.world.event(trip.asset, "持出", 4, DAY)
    assert any("きょうより後" in one for one in trip.asset_back(at(NEXT)).refusals)
    assert trip.asset_back(DayOnly(DAY), today=DAY).ready
    assert not trip.asset_back(at(DAY, 8)).ready
    assert [one.field for one in trip.asset_back().asks] == ["to"]


@pytest.mark.parametrize(("quantity", "left"), [(5, 7), (11, 1), (12, 0), (None, 0)])
def test_of_what_is_out_a_part_comes_back_and_the_rest_stays_out(
    trip: Trip, quantity: int | None, left: int
) -> None:
    asset = trip.world.received(12, medium="紙")
    trip.world.event(asset, "持出", 12, EVE, destination="市役所")
    plan = planned(trip.world, CHECK_IN_ASSET, asset, on=at(DAY, 17), quantity=quantity)
    assert plan.ready
    assert [one.quantity for one in new(plan, Event)] == [12 - left]
    rest = outside(Ground(then(plan), trip.world.catalogue, trip.world.forms, DAY))
    assert [one.quantity for one in rest] == ([left] if left else [])
    assert [f"残りの{left}" in one for one in plan.draft.remarks] == ([True] if left else [])


def test_never_more_comes_back_than_is_out_nor_twice(trip: Trip) -> None:
    trip.world.event(trip.asset, "持出", 4, START)
    assert trip.asset_back(quantity=4).ready
    assert "持出し中の4枚を超えます" in only(trip.asset_back(quantity=5))
    trip.world.event(trip.asset, "持帰", 3, DAY)
    assert "持出し中の1枚を超えます" in only(trip.asset_back(at(EVE), quantity=2))
    assert [one.quantity for one in new(trip.asset_back(at(EVE), quantity=None), Event)] == [1]


def test_what_is_known_of_the_way_back_is_there_before_it_is_asked(trip: Trip) -> None:
    world = trip.world
    other = world.received(6, medium="紙")
    for one in (trip.asset, other):
        world.event(one, "保管場所変更", 4, START, location=trip.home.id, hour=12)
        world.event(one, "持出", 4, EVE, person=trip.person.id)
    trip.is_out()
    ground = Ground(world.facts(), world.catalogue, world.forms, DAY)
    known = {"on": DayOnly(DAY), "to": trip.home.id, "person": trip.person.id}
    assert CHECK_IN_ASSET.given(ground, (trip.asset,)) == {**known, "quantity": 4}
    assert CHECK_IN_ASSET.given(ground, (trip.asset, other)) == known
    several = CHECK_IN_ASSET.fields_for(ground, (trip.asset, other))
    assert "quantity" not in [one.name for one in several], "of several all that is out"
    assert CHECK_IN.given(ground, (trip.device,)) == {"on": DAY, "to": trip.home.id}


def two_trips(trip: Trip) -> tuple[str, str]:
    """Four sheets that are late and two that left later and are not; how each is called."""
    trip.world.event(trip.asset, "持出", 4, START + timedelta(days=1), return_by=EVE)
    trip.world.event(trip.asset, "持出", 2, EVE, return_by=NEXT, person=trip.person.id)
    return "令和8年4月2日の持出し", "令和8年5月31日の持出し"


@pytest.mark.parametrize(
    ("on", "quantity", "late"),
    [(EVE, 6, 0), (DAY, 1, 1), (DAY, 5, 1), (DAY, None, 1), (NEXT, 6, 1), (AHEAD, 4, 1), (AHEAD, 5, 2)],
)
def test_late_is_each_trip_that_ends_and_not_the_latest_alone(
    trip: Trip, on: date, quantity: int | None, late: int
) -> None:
    called = two_trips(trip)
    plan = trip.asset_back(at(on, 17), today=AHEAD, quantity=quantity)
    told = [one for one in plan.draft.remarks if "の後の持帰り" in one]
    assert [name for name in called for one in told if name in one] == list(called[:late])


def test_of_the_later_trip_what_came_back_first_says_nothing(trip: Trip) -> None:
    called = two_trips(trip)
    trip.world.event(trip.asset, "持帰", 4, DAY)
    plan = trip.asset_back(at(NEXT, 17), today=NEXT)
    assert not [one for one in plan.draft.remarks if "の後の持帰り" in one]
    late = trip.asset_back(at(AHEAD, 17), today=AHEAD)
    (said,) = (one for one in late.draft.remarks if "の後の持帰り" in one)
    assert said.startswith(f"{trip.asset.number}は、")
    assert called[0] not in said


def test_what_is_out_is_named_trip_by_trip(trip: Trip) -> None:
    two_trips(trip)
    said = only(trip.asset_out())
    assert "令和8年4月2日から架空市役所に、令和8年5月31日から架空市役所に6枚を持出し中です" in said


# devices


def where(plan: Plan, device: Device, day: date) -> list[int | None]:
    return [
        use.location
        for use in then(plan).of(DeviceUse, "device", device.id)
        if use.starts_on <= day and (use.ends_on is None or day <= use.ends_on)
    ]


def test_a_device_is_out_from_the_day_on_under_its_approval(trip: Trip) -> None:
    trip.world.clause("equipment-takeout", "each-time")
    approval = trip.world.approval("機器持出", trip.device)
    plan = trip.out()
    assert plan.ready
    assert where(plan, trip.device, EVE) == [trip.home.id]
    assert where(plan, trip.device, DAY) == [trip.place.id]
    assert [one.approval for one in new(plan, DeviceUse)] == [approval.id]


def test_a_device_without_an_approval_needs_a_reason(trip: Trip) -> None:
    clause = trip.world.clause("equipment-takeout", "each-time")
    plan = trip.out()
    assert [one.field for one in plan.asks if one.needed] == ["without"]
    assert clause.number in plan.asks[0].text
    assert "機器持出承諾申請書" in plan.asks[0].text
    assert "equipment-takeout-application" in [one.form for one in plan.papers]
    gone = trip.out(without="復旧のため")
    assert gone.ready
    assert new(gone, DeviceUse)[0].reason == "承諾を得ない理由：復旧のため"


def test_a_device_that_goes_later_gets_its_application(trip: Trip) -> None:
    trip.world.clause("equipment-takeout", "each-time")
    plan = trip.out(AHEAD, person=trip.person.id, until=AHEAD)
    (approval,), (use,) = new(plan, Approval), new(plan, DeviceUse)
    assert use.approval == approval.id
    assert [row.device for row in approval.subjects] == [trip.device.id]
    assert [row.person for row in approval.persons] == [trip.person.id]
    assert approval.destination == trip.place.name


def test_into_the_clients_building_another_application_is_asked_for(trip: Trip) -> None:
    trip.world.clause("bringin-approval", "each-time")
    client = trip.world.place("市役所", kind="発注者の施設")
    plan = trip.out(AHEAD, to=client.id)
    assert [(one.kind, one.premises) for one in new(plan, Approval)] == [("持込", client.id)]
    assert "bringin-application" in [one.form for one in plan.papers]


def test_a_device_does_not_go_out_twice_nor_to_a_place_of_work(trip: Trip) -> None:
    assert "「移動」で登録" in only(trip.out(to=trip.home.id))
    trip.is_out()
    assert "に持ち出されています" in only(trip.out())


def test_on_the_day_on_which_it_came_back_it_is_not_said_to_be_out(trip: Trip) -> None:
    trip.world.change(trip.is_out(EVE), ends_on=DAY)
    trip.world.device_use(trip.device, starts=DAY, location=trip.home.id)
    said = only(trip.out(DAY))
    assert "に持ち帰ったと登録されています" in said
    assert "持ち出されています" not in said
    assert trip.out(NEXT).ready


def test_a_device_goes_out_only_while_it_is_used(trip: Trip) -> None:
    assert "に始まっています" in only(trip.out(START - timedelta(days=1)))
    assert trip.out(START).ready
    retired = trip.world.change(trip.device, retired_on=EVE)
    assert "使用を終えています" in only(planned(trip.world, CHECK_OUT, retired, to=trip.place.id, on=DAY))


def test_what_is_on_it_is_named(trip: Trip) -> None:
    asset = trip.world.asset(medium="電子データ", unit="件")
    trip.world.event(asset, "作成", device=trip.device.id)
    assert about((one.text for one in trip.out().asks), asset.number, "「情報資産の持出し」")


def test_a_device_comes_back_to_where_it_stood(trip: Trip) -> None:
    approval = trip.world.approval("機器持出", trip.device, ends_on=DAY)
    trip.is_out(approval=approval.id)
    plan = trip.back()
    assert plan.ready
    assert not plan.draft.remarks
    assert where(plan, trip.device, EVE) == [trip.home.id, trip.place.id]
    assert where(plan, trip.device, NEXT) == [trip.home.id]
    assert [one.approval for one in new(plan, DeviceUse)] == [None]
    assert about(trip.back(NEXT, today=NEXT).draft.remarks, approval.number, "の後の持帰り")


def test_a_trip_within_one_day_does_not_vanish(trip: Trip) -> None:
    trip.is_out(DAY)
    plan = trip.back(DAY)
    assert plan.ready
    assert trip.place.id in where(plan, trip.device, DAY)
    assert where(plan, trip.device, NEXT) == [trip.home.id]


def test_a_device_comes_back_once_and_not_before_today_is_over(trip: Trip) -> None:
    assert "に持ち出されていません" in only(trip.back())
    trip.is_out(DAY)
    assert "に持ち出されていません" in only(trip.back(EVE))
    assert "きょうより後" in only(trip.back(NEXT))
    client = trip.world.place("市役所", kind="発注者の施設")
    assert "戻した場所にできません" in only(trip.back(to=client.id))


@pytest.mark.parametrize("since", [DAY, EVE])
def test_what_came_back_on_the_day_is_not_brought_back_again(trip: Trip, since: date) -> None:
    out = trip.is_out(since)
    (home,) = new(trip.back(), DeviceUse)
    trip.world.change(out, ends_on=DAY)
    trip.world.device_use(trip.device, starts=home.starts_on, location=home.location)
    assert "に持ち出されていません" in only(trip.back())


def test_where_it_goes_back_to_is_asked_where_nothing_tells(trip: Trip) -> None:
    device = trip.world.device()
    trip.world.device_use(device, location=trip.place.id)
    asked = planned(trip.world, CHECK_IN, device, on=DAY)
    assert [one.field for one in asked.asks if one.needed] == ["to"]
    assert planned(trip.world, CHECK_IN, device, on=DAY, to=trip.home.id).ready


# another person


def test_a_device_is_in_other_hands_from_the_day_on(trip: Trip) -> None:
    other = trip.world.worker("鈴木次郎")
    plan = planned(trip.world, LEND, trip.device, to=other.id, on=DAY)
    assert plan.ready
    held = then(plan).of(DeviceUse, "device", trip.device.id)
    assert [(one.person, one.ends_on) for one in held] == [(trip.person.id, EVE), (other.id, None)]
    assert {one.location for one in held} == {trip.home.id}


@pytest.mark.parametrize(("left", "ready"), [(EVE, False), (DAY, True), (NEXT, True)])
def test_nobody_gets_it_after_the_last_day_at_work(trip: Trip, left: date, ready: bool) -> None:
    other = trip.world.worker("鈴木次郎", left_on=left)
    plan = planned(trip.world, LEND, trip.device, to=other.id, on=DAY)
    assert plan.ready is ready


def test_who_has_it_already_or_when_it_was_not_used_is_one_sentence(trip: Trip) -> None:
    same = planned(trip.world, LEND, trip.device, to=trip.person.id, on=DAY)
    assert "既に小林翔です" in only(same)
    other = trip.world.worker("鈴木次郎")
    early = planned(trip.world, LEND, trip.device, to=other.id, on=BEFORE)
    assert "に始まっています" in only(early)
    assert [one.field for one in planned(trip.world, LEND, trip.device).asks] == ["to", "on"]


# until when


def test_what_goes_out_says_until_when_whatever_its_approval_says(trip: Trip) -> None:
    trip.world.clause("takeout-approval", "each-time")
    trip.world.approval("持出", trip.asset, ends_on=AHEAD)
    (event,) = new(trip.asset_out(until=NEXT), Event)
    assert event.return_by == NEXT
    (use,) = new(trip.out(until=NEXT), DeviceUse)
    assert use.return_by == NEXT


def test_a_machine_that_is_back_is_promised_no_more(trip: Trip) -> None:
    trip.is_out(return_by=NEXT)
    (home,) = new(trip.back(), DeviceUse)
    assert home.return_by is None


@pytest.mark.parametrize(("back", "late"), around(DAY, False, False, True))
def test_what_comes_back_after_its_day_is_told_as_late(trip: Trip, back: date, late: bool) -> None:
    trip.is_out(START, return_by=DAY)
    told = any("の後の持帰りです" in one for one in planned_back(trip, back).draft.remarks)
    assert told is late


def planned_back(trip: Trip, day: date) -> Plan:
    return planned(trip.world, CHECK_IN, trip.device, today=AHEAD, on=day)


def test_that_a_trip_was_not_over_in_time_is_no_want_of_an_approval(trip: Trip) -> None:
    trip.world.clause("equipment-takeout", "each-time")
    trip.world.approval("機器持出", trip.device, granted=START)
    plan = trip.out(EVE, until=EVE)
    assert plan.ready
    assert not plan.papers


def test_a_machine_that_is_late_can_pass_into_other_hands_and_stays_late(trip: Trip) -> None:
    trip.is_out(START + timedelta(days=1), return_by=EVE)
    other = trip.world.worker("高橋優")
    plan = planned(trip.world, LEND, trip.device, to=other.id, on=DAY)
    assert plan.ready
    (use,) = new(plan, DeviceUse)
    assert (use.person, use.return_by) == (other.id, EVE)


@pytest.mark.parametrize(("until", "refused"), around(DAY, True, False, False))
def test_a_machine_is_not_to_be_back_before_it_went(trip: Trip, until: date, refused: bool) -> None:
    use = trip.is_out(DAY, return_by=until)
    assert ("return_by" in {path for path, _said in back_before_out(trip.world.facts(), use)}) is refused


def test_that_a_machine_of_two_contracts_is_late_is_told_once(trip: Trip) -> None:
    away = trip.is_out(return_by=EVE)
    other = trip.world.add(replace(trip.world.contract, id=0, number="R8-002", title="別の業務"))
    trip.world.add(replace(trip.use, id=0, contract=other.id, ends_on=EVE))
    trip.world.add(replace(away, id=0, contract=other.id))
    plan = trip.back()
    assert plan.ready
    assert sum("の後の持帰りです" in one for one in plan.draft.remarks) == 1


def destroy(trip: Trip) -> None:
    line = DisposalLine(
        device=trip.device.id, item="申請データ", medium="PC", quantity=1, unit="台", result="完了"
    )
    trip.world.add(
        Disposal(
            contract=trip.world.contract.id,
            number="D-1",
            done_on=DAY,
            method="物理的破壊",
            status="実績",
            responsible=trip.world.worker("立会の者").id,
            lines=(line,),
        )
    )


IN_USE = (MOVE, LEND, CHECK_OUT, CHECK_IN, BRING_IN, CHECK_DEVICES)


def offered(trip: Trip, today: date) -> set[str]:
    world = trip.world
    ground = Ground(world.facts(), world.catalogue, world.forms, today)
    device = ground.facts.get(Device, trip.device.id)
    return {one.act.name for one in offers(ground, (device,))} & {one.name for one in IN_USE}


@pytest.mark.parametrize(("after", "gone"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize("out", [False, True], ids=["here", "out"])
def test_of_a_destroyed_machine_nothing_is_offered_that_needs_it(
    trip: Trip, out: bool, after: int, gone: bool
) -> None:
    if out:
        trip.is_out()
    today = DAY + timedelta(days=after)
    assert offered(trip, today)
    destroy(trip)
    held = offered(trip, today) - ({"check-devices"} if after == 0 else set())
    assert bool(held) is not gone


@pytest.mark.parametrize(("after", "gone"), [(-1, False), (0, False), (1, True)])
def test_of_a_retired_machine_nothing_is_offered_that_needs_it(trip: Trip, after: int, gone: bool) -> None:
    trip.world.change(trip.use, ends_on=DAY)
    trip.world.change(trip.device, retired_on=DAY)
    assert bool(offered(trip, DAY + timedelta(days=after))) is not gone


@pytest.mark.parametrize("act", IN_USE, ids=lambda act: act.name)
@pytest.mark.parametrize("destroyed", [True, False])
def test_asked_for_by_name_it_is_said_why_not(trip: Trip, act: Act, destroyed: bool) -> None:
    client = trip.world.place("市役所の執務室", kind="発注者の施設")
    trip.is_out(ends_on=DAY)
    device = trip.world.change(trip.device, retired_on=None if destroyed else DAY)
    if destroyed:
        destroy(trip)
    to = {MOVE: trip.home.id, LEND: trip.person.id, CHECK_OUT: trip.place.id, BRING_IN: client.id}
    given: dict[str, Any] = {"to": to[act]} if act in to else {}
    if act is CHECK_DEVICES:
        given = {"patches": True, "antimalware": True, "forbidden": False}
    plan = planned(trip.world, act, device, today=NEXT, on=NEXT, **given)
    assert not plan.writes
    retired = "持ち出されていません" if act is CHECK_IN else "使用を終えています"
    said = "廃棄済みです（D-1）" if destroyed else retired
    assert said in " ".join(plan.refusals)


@pytest.mark.parametrize("act", [MOVE, LEND, CHECK_OUT, CHECK_DEVICES], ids=lambda act: act.name)
@pytest.mark.parametrize(
    ("after", "refused"),
    [(-1, False), (0, False), (1, True)],
    ids=["the day before", "on the day", "the day after"],
)
def test_nothing_is_done_with_a_machine_that_was_destroyed(
    trip: Trip, act: Act, after: int, refused: bool
) -> None:
    # Its use goes on in the ledger: a check of it would be kept as a proof of what is no more.
    world, other = trip.world, trip.world.worker("ほかの者")
    destroy(trip)
    to = {MOVE: world.place("支店").id, LEND: other.id, CHECK_OUT: trip.place.id}
    checked = {"patches": True, "antimalware": True, "forbidden": False} if act is CHECK_DEVICES else {}
    given = {"to": to[act]} if act in to else checked
    on = DAY + timedelta(days=after)
    plan = planned(world, act, trip.device, today=on, on=on, **given)
    said = [one for one in plan.refusals if "廃棄済みです（D-1）" in one]
    assert bool(said) is refused
    assert bool(plan.writes) is not refused


def test_a_box_whose_paper_was_shredded_is_still_moved(trip: Trip) -> None:
    world = trip.world
    box, person = world.device(kind="紙保管箱"), world.worker("責任者").id
    world.device_use(box)
    line = DisposalLine(device=box.id, item="申請書", medium="紙", quantity=1, unit="箱", result="完了")
    world.add(
        Disposal(
            contract=world.contract.id,
            done_on=EVE,
            method="裁断",
            status="実績",
            responsible=person,
            lines=(line,),
        )
    )
    assert planned(world, MOVE, box, today=DAY, to=world.place("支店").id, on=DAY).writes
