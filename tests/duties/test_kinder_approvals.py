"""Approvals are never guessed by nearness, and what came too late is settled by the client alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Action, Duty
from app.duties.view import ContractView
from app.records import Asset, Event
from app.records.breach_handling import Handled
from tests.support.world import DURING, EVE, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
APPROVAL: dict[str, Any] = {"exception": (Exempt.APPROVAL,)}
WORD: dict[str, Any] = {"handled": Handled.APPROVED.value}


def copies(world: World, day: date = LATER, **asks: Any) -> Duty:
    return world.duty(day, "copy-approval", "each-time", **{**APPROVAL, **asks})


def copied(world: World, day: date = DURING, **values: Any) -> tuple[Asset, Event]:
    asset = world.received()
    return asset, world.event(asset, "複写", day=day, **values)


# 対象の記載がない承諾


def test_an_approval_that_names_no_asset_covers_one_and_asks_about_the_second(world: World) -> None:
    approval = world.approval("複写")
    _asset, first = copied(world, START)
    assert copies(world).state is State.SATISFIED
    _asset, second = copied(world, DURING)
    duty = copies(world)
    assert duty.state is State.CONFIRM
    assert [(gap.record, gap.id) for gap in duty.missing] == [("event", second.id)]
    assert approval.number in duty.missing[0].text
    assert (duty.next.action, duty.next.id) == (Action.OPEN, second.id)
    world.change(second, approval=approval.id)
    assert [gap.id for gap in copies(world).missing] == [first.id]
    world.change(first, approval=approval.id)
    assert copies(world).state is State.SATISFIED


def test_the_same_asset_again_needs_no_new_question(world: World) -> None:
    world.approval("複写")
    asset, _event = copied(world, START)
    world.event(asset, "複写", day=DURING)
    assert copies(world).state is State.SATISFIED


def test_what_a_record_names_itself_stands_before_what_is_found(world: World) -> None:
    """The approval serves the use that names it; it is not there for the next that comes near."""
    approval = world.approval("複写")
    copied(world, START, approval=approval.id)
    copied(world, DURING)
    assert copies(world).state is State.CONFIRM


def test_an_approval_that_lists_the_second_is_taken_without_asking(world: World) -> None:
    world.approval("複写")
    copied(world, START)
    asset, _event = copied(world, DURING)
    world.approval("複写", asset, starts_on=DURING)
    assert copies(world).state is State.SATISFIED


def test_without_any_approval_near_it_is_missing_and_not_a_matter_to_confirm(world: World) -> None:
    world.approval("複写", written=False)
    copied(world, START)
    copied(world, DURING)
    duty = copies(world, written=True)
    assert (duty.state, len(duty.missing)) == (State.DUE, 2)


@pytest.mark.parametrize(
    ("kind", "approved", "place"),
    [
        ("equipment-takeout", "機器持出", {"name": "宿", "kind": "持出し先"}),
        ("bringin-approval", "持込", {"name": "架空市役所", "kind": "発注者の施設"}),
    ],
)
def test_an_approval_that_names_no_device_covers_one_device(
    world: World, kind: str, approved: str, place: dict[str, Any]
) -> None:
    there = world.place(**place)
    world.approval(approved)
    world.device_use(world.device(), location=there.id)
    assert world.duty(DURING, kind, "each-time", **APPROVAL).state is State.SATISFIED
    second = world.device_use(world.device(), DURING, location=there.id)
    (duty,) = world.duties(DURING)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.CONFIRM, [second.id])


def test_an_approval_that_names_no_company_covers_one_delegation(world: World) -> None:
    world.approval("再委託")
    first = world.delegate(world.subcontractor())
    assert world.duty(DURING, "subcontract-approval", "each-time", **APPROVAL).state is State.SATISFIED
    world.delegate(world.subcontractor("架空印刷株式会社"))
    assert world.duties(DURING)[0].state is State.CONFIRM
    tier = world.delegate(world.subcontractor("架空運送"), tier=2, parent=first.id)
    duty = world.duty(DURING, "subcontract-approval", "each-time", tiers=True, **APPROVAL)
    assert tier.id in {gap.id for gap in duty.missing}
    assert duty.state is State.CONFIRM


def test_an_approval_for_a_named_company_covers_what_is_delegated_to_it(world: World) -> None:
    company = world.subcontractor()
    world.approval("再委託", destination=company.name)
    world.delegate(company)
    world.delegate(company, work="印刷")
    assert world.duty(DURING, "subcontract-approval", "each-time", **APPROVAL).state is State.SATISFIED


# 部数


@pytest.mark.parametrize(("made", "state"), [(2, State.SATISFIED), (3, State.SATISFIED), (4, State.DUE)])
def test_so_many_copies_are_allowed_and_no_more(world: World, made: int, state: State) -> None:
    asset = world.received()
    approval = world.approval("複写", asset, copies=3)
    world.event(asset, "複写", made, DURING, approval=approval.id)
    duty = copies(world)
    assert duty.state is state
    if state is State.DUE:
        assert "部数超過（承諾3に対し4）" in duty.missing[0].text


@pytest.mark.parametrize(("made", "state"), [(1, State.SATISFIED), (2, State.SATISFIED), (3, State.DUE)])
def test_a_listed_quantity_is_a_limit(world: World, made: int, state: State) -> None:
    asset = world.received(3)
    approval = world.approval("持出", asset)
    rows = tuple(type(row)(asset=row.asset, quantity=2) for row in approval.subjects)
    world.change(approval, subjects=rows)
    world.event(asset, "持出", made, DURING, approval=approval.id)
    assert world.duty(LATER, "takeout-approval", "each-time", **APPROVAL).state is state


# 複写元のある情報資産


def test_an_asset_made_from_another_is_a_copy(world: World) -> None:
    source = world.received()
    made = world.event(world.asset(copy_of=source.id), "作成", day=DURING)
    duty = copies(world)
    assert (duty.state, duty.missing[0].id) == (State.DUE, made.id)
    world.approval("複写", source)
    assert copies(world).state is State.SATISFIED


def test_what_was_made_anew_or_received_is_no_copy(world: World) -> None:
    source = world.received()
    world.event(world.asset(), "作成", day=DURING)
    world.event(world.asset(copy_of=source.id), "受領", day=DURING)
    assert copies(world).state is State.NOT_DUE


def test_an_approval_may_list_the_copy_or_what_was_copied(world: World) -> None:
    source = world.received()
    copy = world.asset(copy_of=source.id)
    approval = world.approval("複写", copy)
    world.event(copy, "作成", day=DURING, approval=approval.id)
    assert copies(world).state is State.SATISFIED
    world.change(approval, subjects=tuple(type(row)(asset=source.id) for row in approval.subjects))
    assert copies(world).state is State.SATISFIED


# 指示は「あらかじめ」ではない


@pytest.mark.parametrize(
    ("granted", "state"),
    [(DURING - DAY, State.SATISFIED), (DURING, State.SATISFIED), (DURING + DAY, State.DUE)],
)
def test_an_instruction_is_followed_on_the_day_it_was_given(
    world: World, granted: date, state: State
) -> None:
    asset = world.received()
    approval = world.approval("廃棄", asset, basis="指示", granted=granted)
    world.disposal(asset, approval=approval.id, done=DURING)
    duty = world.duty(LATER, "disposal-approval", "on-completion", exception=(Exempt.INSTRUCTION,))
    assert duty.state is state
    assert "あらかじめ" not in duty.why


@pytest.mark.parametrize(("granted", "state"), [(DURING - DAY, State.SATISFIED), (DURING, State.DUE)])
def test_an_approval_for_a_disposal_is_there_the_day_before(
    world: World, granted: date, state: State
) -> None:
    asset = world.received()
    world.disposal(asset, approval=world.approval("廃棄", asset, granted=granted).id, done=DURING)
    assert world.duty(LATER, "disposal-approval", "on-completion", **APPROVAL).state is state


@pytest.mark.parametrize(
    ("granted", "state"), [(EVE, State.SATISFIED), (START, State.DUE), (START + DAY, State.DUE)]
)
def test_a_device_is_let_go_before_the_day_on_which_it_goes(
    world: World, granted: date, state: State
) -> None:
    device = world.device()
    approval = world.approval("機器持出", device, granted=granted)
    world.device_use(device, location=world.place(kind="持出し先").id, approval=approval.id)
    assert world.duty(DURING, "equipment-takeout", "each-time", **APPROVAL).state is state


# 事後の承諾・不問


def test_only_the_clients_later_word_on_the_very_event_settles_a_late_approval(world: World) -> None:
    asset = world.received()
    event = world.event(asset, "複写", day=START, approval=world.approval("複写", asset, granted=DURING).id)
    duty = copies(world)
    assert duty.state is State.DUE
    assert (duty.next.action, duty.next.target) == (Action.ADD, "breach_handling")
    given = dict(duty.next.given)
    assert (given["record_id"], given["since"], given["handled"]) == (event.id, START, Handled.APPROVED)
    clause = duty.clause
    world.handle(event, START, clause, handled_on=LATER, **WORD)
    duty = next(one for one in world.duties(LATER) if one.clause.key == clause.key)
    assert duty.state is State.SATISFIED
    (remark,) = duty.remarks
    assert (remark.record, remark.id, remark.since, remark.until) == ("event", event.id, START, LATER)
    assert "事後の承諾" in duty.why
    assert [one.record for one in duty.evidence] == ["breach_handling"]
    assert next(one for one in world.duties(LATER - DAY) if one.clause.key == clause.key).state is State.DUE


@pytest.mark.parametrize("how", [Handled.REPORTED, Handled.NEEDLESS])
def test_telling_the_client_is_not_its_word(world: World, how: Handled) -> None:
    _asset, event = copied(world)
    duty = copies(world)
    world.handle(event, DURING, duty.clause, handled=how.value, handled_on=LATER)
    assert world.duties(LATER)[0].state is State.DUE


def test_a_use_that_the_client_waived_leaves_the_others_open(world: World) -> None:
    _asset, event = copied(world)
    _other, second = copied(world)
    duty = copies(world)
    world.handle(event, DURING, duty.clause, handled=Handled.WAIVED.value, handled_on=LATER)
    (duty,) = world.duties(LATER)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.DUE, [second.id])
    assert len(duty.remarks) == 1


@pytest.mark.parametrize(("written", "state"), [(True, State.SATISFIED), (False, State.DUE)])
def test_where_writing_is_asked_for_a_spoken_word_settles_nothing(
    world: World, written: bool, state: State
) -> None:
    _asset, event = copied(world)
    duty = copies(world, written=True)
    world.handle(event, DURING, duty.clause, handled_on=LATER, written=written, **WORD)
    assert world.duties(LATER)[0].state is state


@pytest.mark.parametrize(
    ("said", "state"),
    [(DURING - DAY, State.OVERDUE), (DURING, State.OVERDUE), (DURING + DAY, State.SATISFIED)],
)
def test_a_word_from_before_the_approval_ran_out_says_nothing_of_the_time_after(
    world: World, said: date, state: State
) -> None:
    device = world.device()
    approval = world.approval("機器持出", device, ends_on=DURING)
    use = world.device_use(device, location=world.place(kind="持出し先").id, approval=approval.id)
    duty = world.duty(LATER, "equipment-takeout", "each-time", **APPROVAL)
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)
    world.handle(use, START, duty.clause, handled_on=said, **WORD)
    assert world.duties(LATER)[0].state is state


def test_what_is_settled_stays_in_sight_until_it_is_handled_under_its_clause(world: World) -> None:
    first = world.clause("copy-approval", "each-time", **APPROVAL)
    second = world.clause("copy-approval", "each-time", written=True, **APPROVAL)
    _asset, event = copied(world)
    world.handle(event, DURING, first, handled_on=LATER, **WORD)
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, LATER)
    over = [one for one in findings(view) if one.check == "breach-over"]
    assert [one.clause for one in over] == [second.number]


# 定めのない根拠は選んだものだけ


def test_an_approval_has_no_ground_that_nobody_chose(world: World) -> None:
    field = world.approval("複写").spec.field("basis")
    assert field.required
