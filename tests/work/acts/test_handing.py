"""授受: many things come or go at once as one hand-over, never more than is there, at no invented hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.duties.case import Case, MissingFactsError
from app.duties.holding.balance import balance
from app.records import Asset, Client, Event
from app.records.days import DayOnly
from app.work.acts.disposing.rest import spent
from app.work.acts.handing.give_back import RETURN
from app.work.acts.handing.receive import RECEIVE
from app.work.acts.handing.rows import ReceivedThing, ReturnedThing
from app.work.acts.plan import PROVISIONAL, Ground, Misfit, Plan, with_values
from app.work.acts.standing_in import with_numbers
from app.work.acts.year.return_all import RETURN_ALL
from forms import all_forms
from tests.support.acting import about, new, only, planned, then
from tests.support.around import around
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)
SHEETS = ReceivedThing(item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚")
STICK = ReceivedThing(
    item="名簿",
    classification="個人情報",
    medium="USBメモリ",
    quantity=1,
    unit="個",
    identifier="S-1",
    persons=90,
)
SAID = {"place": "市役所", "method": "手渡し", "counterpart": "高橋", "safeguards": ("施錠ケース",)}


def received(world: World, *things: ReceivedThing, **answers: Any) -> Plan:
    given = {"things": things or (SHEETS, STICK), "on": DayOnly(DURING), **SAID, **answers}
    return planned(world, RECEIVE, world.contract, **given)


def returned(world: World, *assets: Asset, **answers: Any) -> Plan:
    return planned(world, RETURN, *assets, **{"on": DayOnly(DURING), **SAID, **answers})


# 受領


def test_what_came_at_once_is_one_hand_over_of_new_assets(world: World) -> None:
    plan = received(world)
    assert plan.ready, plan.refusals
    sheets, stick = new(plan, Asset)
    assert (sheets.item, sheets.unit, sheets.contract) == ("申請書", "枚", world.contract.id)
    assert (stick.medium, stick.identifier, stick.persons) == ("USBメモリ", "S-1", 90)
    events = new(plan, Event)
    assert [(one.asset, one.quantity) for one in events] == [(sheets.id, 3), (stick.id, 1)]
    assert len({one.numbered_with() for one in events}) == 1, "they get one number"
    (slip,) = (one for one in plan.papers if one.form == "transfer-slip")
    assert slip.contract == world.contract.id
    assert [one.held for one in balance(then(plan), world.contract.id)] == [3, 1]
    assert sheets.id >= PROVISIONAL


def test_the_parties_and_the_way_stand_on_each_thing(world: World) -> None:
    for event in new(received(world), Event):
        assert (event.from_party, event.counterpart) == ("架空市", "高橋")
        assert (event.handover_place, event.method, event.safeguards) == ("市役所", "手渡し", ("施錠ケース",))


@pytest.mark.parametrize("at", [DayOnly(DURING), datetime.combine(DURING, time(9, 30))])
def test_an_hour_is_never_invented(world: World, at: Any) -> None:
    assert {one.happened_at for one in new(received(world, on=at), Event)} == {at}


@pytest.mark.parametrize(("day", "refused"), around(DURING, False, False, True))
def test_what_is_still_to_come_was_not_received(world: World, day: date, refused: bool) -> None:
    plan = received(world, on=DayOnly(day))
    assert bool(plan.refusals) is refused


def test_half_a_stick_is_refused_once_by_its_row(world: World) -> None:
    half = replace(STICK, quantity=Decimal("1.5"))
    assert only(received(world, SHEETS, half)).startswith("2行目：数量「1.5」は小数です。")
    (refused,) = received(world, SHEETS, half).refusals
    assert isinstance(refused, Misfit)
    assert refused.path == "things.2.quantity"
    assert refused.plain.startswith("数量「1.5」")
    assert received(world, SHEETS, replace(half, unit="kg")).ready


def test_what_the_ledger_refuses_of_a_record_made_out_of_a_row_is_said_of_its_cell(world: World) -> None:
    """Whatever rule of the ledger it is: the officer sees the row, not the record that it would become."""
    long = replace(STICK, unit="とても長い単位の名前です")
    (refused,) = received(world, SHEETS, long).refusals
    assert isinstance(refused, Misfit)
    assert refused.path == "things.2.unit"
    assert refused == f"2行目：{refused.plain}"


def test_nothing_is_written_before_the_three_things_are_said(world: World) -> None:
    plan = planned(world, RECEIVE, world.contract, from_party="")
    assert [one.field for one in plan.asks if one.needed] == ["on", "from_party", "things"]
    assert not plan.writes


def test_what_the_slip_would_lack_is_asked(world: World) -> None:
    plan = received(world, place="", method="", counterpart="", safeguards=())
    assert {one.field for one in plan.asks} >= {"place", "method", "counterpart", "safeguards", "location"}
    assert plan.ready


def lacking(case: Case) -> set[str]:
    """The fields of a hand-over without which the slip is refused."""
    try:
        all_forms()["transfer-slip"].gather(case)
    except MissingFactsError as error:
        return {one.field for one in error.missing if one.record == "event"}
    return set()


@pytest.mark.parametrize("field", ["place", "method"])
def test_without_what_the_slip_needs_it_is_said_that_there_will_be_none(world: World, field: str) -> None:
    """The hand-over can be recorded all the same; what is said is what the form itself refuses."""
    for said in ("", "市役所"):
        plan = received(world, **{field: said})
        assert plan.ready
        told = [one.field for one in plan.asks if "入力しないと、授受票を発行できません" in one.text]
        assert told == ([] if said else [field])
        facts = then(plan)
        only = tuple(f"event:{one.id}" for one in new(plan, Event))
        case = Case(facts, world.catalogue, world.contract, DURING, only=only)
        wanting = lacking(case) - {"to_party"}  # The vendor, of whom this ledger knows no name.
        assert wanting == (set() if said else {"handover_place" if field == "place" else "method"})


@pytest.mark.parametrize(
    ("person", "alone"),
    [
        ("保険年金課 森下 和也", "森下 和也"),
        ("保険年金課　森下和也", "森下和也"),
        ("市民生活部 保険年金課 森下 和也", "森下 和也"),
        ("広聴課 森下 和也", "広聴課 森下 和也"),
        ("保険年金課", "保険年金課"),
        ("森下　和也", "森下　和也"),
        ("", ""),
    ],
)
def test_the_section_that_the_giver_names_is_not_named_again(world: World, person: str, alone: str) -> None:
    client = world.facts().get(Client, world.contract.client)
    world.change(client, department="市民生活部 保険年金課", handover_person=person)
    asset = world.received(1)
    ground = Ground(world.facts(), world.catalogue, world.forms, DURING)
    assert RECEIVE.given(ground, (world.contract,))["counterpart"] == alone
    assert RETURN.given(ground, (asset,))["counterpart"] == alone
    assert RETURN_ALL.given(ground, (world.contract,))["counterpart"] == alone


def test_two_things_of_one_number_are_a_slip(world: World) -> None:
    assert "2行目" in only(received(world, STICK, STICK))


def test_it_is_kept_where_it_is_put(world: World) -> None:
    place, hall = world.place("保管庫", kind="保管"), world.place("市役所", kind="発注者の施設")
    assert {one.location for one in new(received(world, location=place.id), Event)} == {place.id}
    assert "保管する場所" in only(received(world, location=hall.id))


@pytest.mark.parametrize(("due", "refused"), around(DURING, True, False, False))
def test_it_is_not_due_back_before_it_came(world: World, due: date, refused: bool) -> None:
    thing = ReceivedThing(
        item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚", return_by=due
    )
    assert bool(received(world, thing).refusals) is refused


# 返還


def test_what_is_chosen_goes_back_with_all_that_is_here(world: World) -> None:
    first, second = world.received(10), world.received(4)
    world.event(first, "返還", 2, START + DAY)
    plan = returned(world, first, second)
    assert plan.ready, plan.refusals
    events = new(plan, Event)
    assert [(one.asset, one.quantity) for one in events] == [(first.id, 8), (second.id, 4)]
    assert len({one.numbered_with() for one in events}) == 1
    assert {one.to_party for one in events} == {"架空市"}
    assert not [one for one in balance(then(plan), world.contract.id) if one.held]


@pytest.mark.parametrize(("quantity", "refused"), [(3, False), (4, False), (5, True)])
def test_never_more_than_is_here(world: World, quantity: int, refused: bool) -> None:
    asset = world.received(4)
    plan = returned(world, asset, things=(ReturnedThing(asset=asset.id, quantity=quantity),))
    assert bool(plan.refusals) is refused
    if quantity == 3:
        assert "1枚が手元に残ります" in about(plan.draft.remarks, asset.number)


@pytest.mark.parametrize(("on", "refused"), around(START, True, False, False))
def test_before_it_came_it_was_not_here(world: World, on: date, refused: bool) -> None:
    asset = world.received(4)
    assert bool(returned(world, asset, on=DayOnly(on)).refusals) is refused


def test_what_is_out_is_not_given_back(world: World) -> None:
    asset = world.received(4)
    world.event(asset, "持出", 3, START + DAY, destination="支所")
    plan = returned(world, asset)
    assert [one.quantity for one in new(plan, Event)] == [1]
    assert about(plan.draft.remarks, "持出し中の3枚")
    whole = returned(world, asset, things=(ReturnedThing(asset=asset.id, quantity=4),))
    assert "超えます" in only(whole)


def test_one_hand_over_is_of_one_contract_and_each_thing_stands_once(world: World) -> None:
    asset = world.received(4)
    twice = (ReturnedThing(asset=asset.id, quantity=1),) * 2
    assert "ほかの行" in only(returned(world, asset, things=twice))
    data = world.received(1, medium="電子データ")
    assert "電子データ" in only(returned(world, data))


def test_what_belongs_to_another_contract_goes_by_itself(world: World) -> None:
    asset, other = world.received(4), world.add(replace(world.contract, number="R8-002"))
    foreign = world.add(replace(asset, contract=other.id, number="A-9"))
    assert "別の契約（R8-002）" in only(
        returned(world, asset, things=(ReturnedThing(asset=foreign.id, quantity=1),))
    )


def test_to_somebody_else_it_is_no_return(world: World) -> None:
    asset = world.received(4)
    assert "発注者ではありません" in only(returned(world, asset, to="架空運輸株式会社"))


def test_only_what_is_here_is_offered(world: World) -> None:
    here, gone = world.received(1), world.received(1)
    world.event(gone, "返還", 1, START + DAY)
    ground = Ground(world.facts(), world.catalogue, world.forms, DURING)
    assert RETURN.offered(ground, here)
    assert not RETURN.offered(ground, gone)
    data = world.received(1, medium="電子データ")
    ground = Ground(world.facts(), world.catalogue, world.forms, DURING)
    barred = RETURN.barred(ground, (here, gone, data))
    assert barred.keys() == {gone.id, data.id}
    assert "返還又は廃棄・消去の記録" in barred[gone.id]
    assert "電子データ" in barred[data.id]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("out", "3枚が持出し中"),
        ("away", "架空運輸に渡した3枚が戻っていない"),
        ("returned", "返還又は廃棄・消去の記録"),
        ("never", "受領などの記録がない"),
    ],
)
def test_of_what_nothing_is_here_it_is_said_why(world: World, what: str, why: str) -> None:
    asset = world.asset() if what == "never" else world.received(3)
    if what == "out":
        world.event(asset, "持出", 3, START + DAY, destination="支所")
    elif what == "away":
        world.event(asset, "引渡", 3, START + DAY, to_party="架空運輸")
    elif what == "returned":
        world.event(asset, "返還", 3, START + DAY)
    assert why in spent(world.facts(), (asset,), DURING)[asset.id]


def test_what_is_gone_altogether_is_one_sentence(world: World) -> None:
    asset = world.received(1)
    world.event(asset, "返還", 1, START + DAY)
    assert "手元に残っていません" in only(
        returned(world, asset, things=(ReturnedThing(asset=asset.id, quantity=1),))
    )


@pytest.mark.parametrize("given", [0, 1])
def test_what_is_gone_is_refused_as_it_was_proposed(world: World, given: int) -> None:
    asset = world.received(1)
    world.event(asset, "返還", 1, START + DAY)
    plan = returned(world, asset, things=(ReturnedThing(asset=asset.id, quantity=given),))
    assert plan.refusals
    assert not plan.ready


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_what_came_before_the_contract_began_is_told(world: World, days: int, told: bool) -> None:
    plan = received(world, on=DayOnly(START + days * DAY))
    assert plan.ready
    assert any("契約の始期" in one for one in plan.draft.remarks) is told


def test_what_is_lacking_of_new_things_says_of_which_of_them(world: World) -> None:
    world.clause("locked-storage")
    plan = received(world)
    told = [one.text for one in plan.todos if "の保管場所が記録されていません" in one.text]
    assert told
    assert all(one.startswith("新しい情報資産（1件目）（申請書）") for one in told)
    given = iter(("A-0041", "A-0042"))
    written = [
        replace(one, record=with_values(one.record, number=next(given)))
        if isinstance(one.record, Asset)
        else one
        for one in plan.writes
    ]
    said = with_numbers(plan.todos, plan.writes, written)
    assert said[told[0]].startswith("A-0041（申請書）")
    (one,) = [it.text for it in received(world, SHEETS).todos if "の保管場所" in it.text]
    assert one.startswith("新しい情報資産（申請書）の保管場所が")


def test_what_came_on_that_day_already_is_told_and_taken_all_the_same(world: World) -> None:
    asset = world.asset(item=SHEETS.item)
    world.event(asset, "受領", SHEETS.quantity, DURING, from_party="架空市")
    plan = received(world, SHEETS, STICK)
    assert plan.ready
    assert [one for one in plan.draft.remarks if "二重に" in one] == [
        f"1行目の「申請書」は、同じ日の受領が{asset.number}として登録されています。"
        "二重に登録していないかを確かめてください。"
    ]
    more = received(world, replace(SHEETS, quantity=4))
    assert not any("二重に" in one for one in more.draft.remarks)
