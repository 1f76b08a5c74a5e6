"""Examples for the cross-checks of people, delegations and what the client allows."""

from __future__ import annotations

from datetime import date

from app.annexes.choices import Exempt
from app.records import (
    Subcontractor,
)
from app.records.approval import ApprovalSubject
from tests.support.check_story import (
    DAY,
    LATE,
    TOLD,
    approval,
    delegate,
    example,
)
from tests.support.world import BEFORE, DURING, START, World

# 人


@example("worker-without-oath")
def _without_oath(world: World, wrong: bool) -> date:
    world.clause("oath", "before-start")
    world.oath(world.worker(), signed=None if wrong else BEFORE)
    return DURING


@example("oath-too-early")
def _sworn_early(world: World, wrong: bool) -> date:
    world.clause("oath", "before-start")
    signed_on = world.contract.signed_on
    world.oath(world.worker(), signed=signed_on - DAY if wrong else signed_on)
    return DURING


@example("worker-without-training")
def _without_training(world: World, wrong: bool) -> date:
    world.clause("training", "before-start")
    person = world.worker()
    world.training(*(() if wrong else (person,)))
    return DURING


@example("training-long-ago")
def _training_long_ago(world: World, wrong: bool) -> date:
    world.clause("training", "before-start")
    world.training(world.worker(), held=DURING - (366 if wrong else 365) * DAY)
    return DURING


@example("structure-apart")
def _structure_apart(world: World, wrong: bool) -> date:
    world.clause("management-system", "before-start")
    world.structure(world.worker("佐藤花子", "業務責任者"), title="管理責任者" if wrong else "業務責任者")
    return DURING


@example("structure-circle")
def _structure_circle(world: World, wrong: bool) -> date:
    world.clause("management-system", "before-start")
    head, below = world.worker("佐藤花子"), world.worker("鈴木一郎")
    world.structure(head, reports_to=below.id if wrong else None)
    world.structure(below, reports_to=head.id)
    return DURING


@example("worker-unlisted")
def _unlisted(world: World, wrong: bool) -> date:
    world.clause("worker-list", "before-start", **TOLD)
    world.worker("佐藤花子")
    world.issue("personnel-report")
    if wrong:
        world.worker("𠮷田一郎", starts=DURING)
    return DURING


@example("assigned-after-leaving")
def _assigned_after_leaving(world: World, wrong: bool) -> date:
    world.clause("worker-list", "before-start")
    world.worker(left_on=DURING - DAY, ends=None if wrong else DURING - DAY)
    return DURING


@example("handled-after-leaving")
def _handled_after_leaving(world: World, wrong: bool) -> date:
    world.clause("worker-list", "standing")
    person = world.worker(left_on=DURING)
    world.event(world.received(), "使用", day=DURING + DAY if wrong else DURING, person=person.id)
    return LATE


@example("handled-by-outsider")
def _outsider(world: World, wrong: bool) -> date:
    world.clause("worker-list", "standing")
    person = world.worker(starts=DURING)
    world.event(world.received(), "使用", day=DURING - DAY if wrong else DURING, person=person.id)
    return LATE


@example("left-without-oath")
def _left_without_oath(world: World, wrong: bool) -> date:
    world.clause("retirement-secrecy", "on-leaving")
    person = world.worker(left_on=DURING)
    if not wrong:
        world.oath(person, signed=DURING, kind="退職時")
    return LATE


@example("dispatch-over")
def _dispatch_over(world: World, wrong: bool) -> date:
    world.clause("dispatch-contract", "before-start")
    world.worker(employment="派遣", agency="架空派遣", agency_to=DURING - DAY if wrong else DURING)
    return DURING


@example("attested-not-kept")
def _not_kept(world: World, wrong: bool) -> date:
    world.clause("secrecy", "standing")
    world.attest(on=BEFORE, kept=False, remark="窓口で口外があった。")
    world.attest(on=START, kept=None if wrong else True)
    return DURING


# 承諾


@example("copy-unapproved")
def _copy_unapproved(world: World, wrong: bool) -> date:
    world.clause("copy-approval", "each-time")
    world.event(world.received(), "複写", day=DURING)
    if not wrong:
        approval(world, "複写")
    return LATE


@example("copy-misused")
def _copy_misused(world: World, wrong: bool) -> date:
    world.clause("copy-approval", "each-time")
    asset = world.received()
    held = approval(world, "複写", subjects=(ApprovalSubject(asset=asset.id, quantity=2),))
    world.event(asset, "複写", 3 if wrong else 2, DURING, approval=held.id)
    return LATE


@example("take-out-unapproved")
def _take_out_unapproved(world: World, wrong: bool) -> date:
    world.clause("takeout-approval", "each-time")
    world.event(world.received(), "持出", day=DURING)
    if not wrong:
        approval(world, "持出")
    return DURING


@example("take-out-misused")
def _take_out_misused(world: World, wrong: bool) -> date:
    world.clause("takeout-approval", "each-time")
    held = approval(world, "持出", ends_on=DURING - DAY if wrong else DURING)
    world.event(world.received(), "持出", day=DURING, approval=held.id)
    return DURING


@example("device-take-out-unapproved")
def _device_unapproved(world: World, wrong: bool) -> date:
    world.clause("equipment-takeout", "each-time")
    world.device_use(world.device(), location=world.place("取引先", kind="持出し先").id)
    if not wrong:
        approval(world, "機器持出")
    return DURING


@example("device-take-out-misused")
def _device_misused(world: World, wrong: bool) -> date:
    world.clause("equipment-takeout", "each-time")
    held = approval(world, "機器持出", granted=START if wrong else BEFORE)
    place = world.place("取引先", kind="持出し先")
    world.device_use(world.device(), location=place.id, approval=held.id)
    return DURING


@example("bring-in-unapproved")
def _bring_in_unapproved(world: World, wrong: bool) -> date:
    world.clause("bringin-approval", "each-time")
    owner = "自社" if wrong else "貸与"
    world.device_use(world.device(owner=owner), location=world.place("市庁舎", kind="発注者の施設").id)
    return DURING


@example("bring-in-misused")
def _bring_in_misused(world: World, wrong: bool) -> date:
    world.clause("bringin-approval", "each-time")
    held = approval(world, "持出" if wrong else "持込")
    place = world.place("市庁舎", kind="発注者の施設")
    world.device_use(world.device(), location=place.id, approval=held.id)
    return DURING


@example("collection-unapproved")
def _collection_unapproved(world: World, wrong: bool) -> date:
    world.clause("collection-limit", "each-time", exception=(Exempt.APPROVAL,))
    world.event(world.asset(), "取得", day=DURING)
    if not wrong:
        approval(world, "取得")
    return DURING


@example("collection-misused")
def _collection_misused(world: World, wrong: bool) -> date:
    world.clause("collection-limit", "each-time", exception=(Exempt.APPROVAL,))
    held = approval(world, "取得", granted=DURING + DAY if wrong else BEFORE)
    world.event(world.asset(), "取得", day=DURING, approval=held.id)
    return LATE


@example("subcontract-unapproved")
def _subcontract_unapproved(world: World, wrong: bool) -> date:
    world.clause("subcontract-approval", "each-time")
    delegate(world)
    if not wrong:
        approval(world, "再委託")
    return DURING


@example("subcontract-misused")
def _subcontract_misused(world: World, wrong: bool) -> date:
    world.clause("subcontract-approval", "each-time")
    delegate(world, approval=approval(world, "再委託", granted=START if wrong else BEFORE).id)
    return DURING


@example("disposal-unapproved")
def _disposal_unapproved(world: World, wrong: bool) -> date:
    world.clause("disposal-approval", "each-time")
    world.disposal(world.received())
    if not wrong:
        approval(world, "廃棄")
    return DURING


@example("disposal-misused")
def _disposal_misused(world: World, wrong: bool) -> date:
    world.clause("disposal-approval", "each-time")
    held = approval(world, "廃棄", granted=DURING if wrong else BEFORE)
    world.disposal(world.received(), approval=held.id)
    return DURING


@example("approval-ends-soon")
def _approval_ends_soon(world: World, wrong: bool) -> date:
    world.clause("subcontract-approval", "each-time")
    held = approval(world, "再委託", ends_on=DURING + 14 * DAY)
    delegate(world, approval=held.id, ends_on=None if wrong else DURING + 10 * DAY)
    return DURING


# 再委託


@example("delegation-without-parent")
def _without_parent(world: World, wrong: bool) -> date:
    world.clause("subcontract-approval", "each-time")
    first = delegate(world, ends_on=DURING - DAY if wrong else None)
    delegate(world, tier=2, parent=first.id)
    return DURING


@example("delegated-worker-left")
def _worker_left(world: World, wrong: bool) -> date:
    world.clause("subcontract-flowdown", "standing")
    held = delegate(world, ends_on=DURING - DAY if wrong else DURING)
    world.worker(employment="再委託先", subcontractor=held.subcontractor)
    return DURING


@example("delegation-unrecorded")
def _unrecorded(world: World, wrong: bool) -> date:
    world.clause("subcontract-approval", "each-time")
    company = world.add(Subcontractor(name="架空印刷", address="架空市"))
    world.worker(employment="再委託先", subcontractor=company.id)
    if not wrong:
        delegate(world)
    return DURING


@example("delegation-unagreed")
def _unagreed(world: World, wrong: bool) -> date:
    world.clause("subcontract-flowdown", "standing")
    delegate(world, agreed_on=None if wrong else START)
    return DURING
