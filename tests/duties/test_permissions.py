"""Approvals: which one allows what, and what is said of one that does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue
from app.annexes.choices import AppliesTo, Exempt
from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from app.records import Approval, Asset
from app.records.approval import ApprovalPerson
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

LATER = DURING + timedelta(days=30)
DAY = timedelta(days=1)


def copies(world: World, *exception: Exempt, **asks: Any) -> Duty:
    return world.duty(LATER, "copy-approval", "each-time", exception=exception or (Exempt.APPROVAL,), **asks)


def takeouts(world: World, *exception: Exempt, day: Any = LATER, **asks: Any) -> Duty:
    given_by = exception or (Exempt.APPROVAL,)
    return world.duty(day, "takeout-approval", "each-time", exception=given_by, **asks)


def copied(world: World, approval: Approval | None, quantity: int = 1, **values: Any) -> Asset:
    asset = world.received()
    named = approval.id if approval else None
    world.event(asset, "複写", quantity, values.pop("day", DURING), approval=named, **values)
    return asset


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"granted": DURING + DAY}, "承諾日（令和8年6月2日）が後"),
        ({"granted": None, "refused_on": BEFORE}, "不承諾"),
        ({"granted": None, "applied_on": BEFORE}, "発注者の回答前"),
        ({"granted": None}, "承諾日の記録なし"),
        ({"ends_on": DURING - DAY}, "有効期間（から令和8年5月31日まで）の外"),
        ({"starts_on": DURING + DAY}, "有効期間（令和8年6月2日からまで）の外"),
        ({"written": False}, "口頭のみ"),
        ({"written": None}, "書面か口頭かの記録なし"),
        ({"basis": "指示"}, "根拠が「指示」"),
        ({"kind": "持出"}, "「持出」についての承諾"),
        ({"copies": 1}, "部数超過（承諾1に対し2）"),
    ],
)
def test_an_approval_that_does_not_fit_says_why(world: World, values: dict[str, Any], reason: str) -> None:
    copied(world, world.approval(values.pop("kind", "複写"), **values), 2)
    duty = copies(world, written=True)
    assert duty.state is State.DUE
    assert reason in duty.missing[0].text
    assert duty.missing[0].record == "event"
    over = "が後" in reason or "超過" in reason
    assert duty.next.action is (Action.ADD if over else Action.OPEN)
    assert duty.next.target == ("breach_handling" if over else "event")


def test_an_approval_of_the_same_day_is_in_time(world: World) -> None:
    copied(world, world.approval("複写", granted=DURING))
    assert copies(world).state is State.SATISFIED


def test_an_approval_granted_later_was_not_yet_known_before(world: World) -> None:
    world.approval("複写", granted=LATER, applied_on=BEFORE)
    assert world.duty(LATER - DAY, "copy-approval", "each-time").state is State.WAITING
    assert world.duty(LATER, "copy-approval", "each-time").state is State.NOT_DUE


def test_what_an_approval_lists_is_all_that_it_allows(world: World) -> None:
    approval = world.approval("複写", world.received())
    copied(world, approval)
    assert "承諾の対象外" in copies(world).missing[0].text


def test_copies_add_up_and_the_one_too_many_is_named(world: World) -> None:
    asset = world.received()
    approval = world.approval("複写", asset)
    world.change(approval, subjects=tuple(type(r)(asset=r.asset, quantity=3) for r in approval.subjects))
    world.event(asset, "複写", 2, DURING, approval=approval.id)
    assert copies(world).state is State.SATISFIED
    last = world.event(asset, "複写", 2, DURING + DAY, approval=approval.id)
    duty = copies(world)
    assert [gap.id for gap in duty.missing] == [last.id]
    assert "数量超過（承諾3に対し4）" in duty.missing[0].text


def test_what_is_taken_out_again_and_again_counts_each_time_by_itself(world: World) -> None:
    asset = world.received(3)
    approval = world.approval("持出", asset)
    world.change(approval, subjects=tuple(type(r)(asset=r.asset, quantity=3) for r in approval.subjects))
    for day in (START, DURING):
        world.event(asset, "持出", 3, day, approval=approval.id)
        world.event(asset, "持帰", 3, day, hour=17)
    assert takeouts(world).state is State.SATISFIED


def test_an_approval_for_one_time_serves_one_occasion(world: World) -> None:
    bag = [world.received(), world.received()]
    approval = world.approval("持出", serves="1回限り")
    for asset in bag:
        world.event(asset, "持出", day=START, approval=approval.id)
    assert takeouts(world).state is State.SATISFIED
    again = world.event(bag[0], "持出", day=DURING, approval=approval.id)
    duty = takeouts(world)
    assert [gap.id for gap in duty.missing] == [again.id]
    assert "令和8年4月1日に使用済み" in duty.missing[0].text


def test_where_each_time_needs_its_own_approval_a_lasting_one_serves_once(world: World) -> None:
    approval = world.approval("複写")
    copied(world, approval, day=START)
    copied(world, approval, day=DURING)
    assert copies(world).state is State.SATISFIED
    duty = copies(world, Exempt.APPROVAL_EACH)
    assert len(duty.missing) == 1
    assert "都度の承諾" in duty.missing[0].text


def test_only_the_persons_named_may_do_it(world: World) -> None:
    allowed, other = world.person(), world.person("髙橋次郎")
    approval = world.approval("複写", persons=(ApprovalPerson(person=allowed.id),))
    copied(world, approval, person=allowed.id)
    assert copies(world).state is State.SATISFIED
    copied(world, approval, person=other.id)
    assert "承諾された者以外" in copies(world).missing[0].text


@pytest.mark.parametrize("exempt", [Exempt.SPECIFICATION, Exempt.STATUTE])
def test_a_specification_or_statute_needs_no_day_of_grant(world: World, exempt: Exempt) -> None:
    basis = "仕様書" if exempt is Exempt.SPECIFICATION else "法令"
    copied(world, world.approval("複写", granted=None, basis=basis, written=None))
    assert copies(world, exempt, Exempt.APPROVAL, written=True).state is State.SATISFIED
    assert copies(world, Exempt.APPROVAL).state is State.DUE


def test_any_one_of_several_grounds_is_enough(world: World) -> None:
    copied(world, world.approval("複写", basis="指示"))
    assert copies(world, Exempt.INSTRUCTION, Exempt.APPROVAL).state is State.SATISFIED


def test_both_instruction_and_approval_where_both_are_asked(world: World) -> None:
    world.under("kawaguchi")
    asset = world.received(classification="機密情報")
    approval = world.approval("複写", asset)
    world.event(asset, "複写", day=DURING, approval=approval.id)
    duty = world.under_clause(LATER, "契約書 第7条", "copy-approval")
    assert duty.state is State.DUE
    assert ["指示" in gap.text for gap in duty.missing] == [True]
    assert ("basis", "指示") in duty.next.given
    world.approval("複写", asset, basis="指示")
    duty = world.under_clause(LATER, "契約書 第7条", "copy-approval")
    assert (duty.state, len(duty.evidence)) == (State.SATISFIED, 2)


def test_an_absolute_ban_is_never_lifted(world: World) -> None:
    world.under("kawaguchi")
    asset = world.received(classification="特定個人情報")
    world.event(asset, "持出", day=DURING, approval=world.approval("持出", asset).id)
    assert world.under_clause(LATER, "契約書 第4条第5項", "takeout-approval").state is State.DUE
    assert world.under_clause(LATER, "特記事項 第6", "takeout-approval").state is State.SATISFIED


def test_a_use_that_names_none_rests_on_the_only_one_that_covers_it(world: World) -> None:
    asset = copied(world, None)
    world.approval("複写", asset)
    duty = copies(world)
    assert duty.state is State.SATISFIED
    assert "うち1件は承諾の範囲から対応付け" in duty.why
    second = world.approval("複写", asset)
    duty = copies(world)
    assert duty.state is State.DUE
    assert second.number in duty.missing[0].text


def test_one_that_is_named_is_not_replaced_by_one_that_would_fit(world: World) -> None:
    asset = copied(world, world.approval("複写", ends_on=START))
    world.approval("複写", asset)
    assert copies(world).state is State.DUE


def test_a_single_approval_already_used_covers_no_other(world: World) -> None:
    approval = world.approval("複写", serves="1回限り")
    copied(world, approval, day=START)
    other = copied(world, None)
    duty = copies(world)
    assert duty.state is State.DUE
    assert other.number in duty.missing[0].text
    assert (duty.next.action, duty.next.target) == (Action.ADD, "approval")


def test_a_clause_on_specific_personal_information_leaves_the_rest_alone(world: World) -> None:
    copied(world, None)
    assert copies(world, applies_to=AppliesTo.SPECIFIC).state is State.NOT_DUE


def test_the_application_has_to_state_what_the_clause_lists(world: World) -> None:
    world.under("hofu")
    asset = world.received()
    approval = world.approval("持出", asset, purpose="現地の確認")
    world.event(asset, "持出", day=DURING, approval=approval.id)
    duty = world.under_clause(LATER, "第5", "takeout-approval")
    assert "「暗号化等の対策」の記載なし" in duty.missing[0].text
    world.change(approval, protection="全体を暗号化")
    assert world.under_clause(LATER, "第5", "takeout-approval").state is State.SATISFIED


def test_conditions_of_an_approval_are_shown(world: World) -> None:
    approval = world.approval("複写", conditions="複写後に枚数を届け出ること")
    copied(world, approval)
    assert approval.number in copies(world).why


# 持帰り


def trip(world: World, **values: Any) -> Asset:
    asset = world.received(3)
    approval = world.approval("持出", asset, ends_on=DURING, **values)
    world.event(asset, "持出", 2, START, approval=approval.id)
    return asset


def test_what_is_out_is_due_back_by_the_end_of_its_approval(world: World) -> None:
    asset = trip(world)
    duty = takeouts(world, day=DURING)
    assert (duty.state, duty.due, duty.next.target) == (State.DUE, DURING, "event")
    assert takeouts(world, day=LATER).state is State.OVERDUE
    world.event(asset, "持帰", 1, DURING)
    assert takeouts(world, day=LATER).state is State.OVERDUE
    world.event(asset, "持帰", 1, DURING, hour=18)
    assert takeouts(world, day=LATER).state is State.SATISFIED


def test_what_came_back_late_is_satisfied_and_says_so(world: World) -> None:
    world.event(trip(world), "持帰", 2, DURING + DAY)
    duty = takeouts(world)
    assert duty.state is State.SATISFIED
    (late,) = duty.remarks
    assert late.text.endswith("承諾の期限（令和8年6月1日）の後の令和8年6月2日に持ち帰られました。")
    assert (late.since, late.until, late.late) == (DURING, DURING + DAY, True)


def test_what_was_handed_over_outside_is_not_missed(world: World) -> None:
    world.event(trip(world), "返還", 3, DURING)
    assert takeouts(world).state is State.SATISFIED


@settings(max_examples=60)
@given(moves=st.lists(st.tuples(st.booleans(), st.integers(1, 3)), max_size=8))
def test_every_take_out_is_either_back_or_named(shipped: Catalogue, moves: list[tuple[bool, int]]) -> None:
    world = World(shipped)
    asset = world.received(100)
    approval = world.approval("持出", asset, ends_on=END)
    out = 0
    for at, (leaves, quantity) in enumerate(moves):
        if leaves:
            world.event(asset, "持出", quantity, START + at * DAY, approval=approval.id)
            out += quantity
        elif quantity <= out:
            world.event(asset, "持帰", quantity, START + at * DAY)
            out -= quantity
    duty = takeouts(world, day=AFTER)
    assert (duty.state is State.OVERDUE) == (out > 0)
