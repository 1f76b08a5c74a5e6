"""Examples for approvals, delegations and bans that an approval lifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.annexes.choices import Exempt, Workers
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records import Attestation, Check, Person, Subcontract
from app.records.approval import ApprovalPerson
from app.records.for_contract import ForContract
from tests.support.examples import Examples
from tests.support.world import BEFORE, DURING, EVE, START, World

EXAMPLES = example = Examples()

LATER = DURING + timedelta(days=30)
_APPROVAL: dict[str, Any] = {"exception": (Exempt.APPROVAL,)}


def applied(world: World, kind: str, *things: Any, **values: Any) -> None:
    """An application that the client has not answered yet."""
    world.approval(kind, *things, granted=None, applied_on=BEFORE, **values)


# 複写


def copying(world: World) -> Duty:
    return world.duty(DURING, "copy-approval", "each-time", **_APPROVAL)


@example("copy-approval", State.NOT_DUE)
def _nothing_copied(world: World) -> Duty:
    world.received()
    return copying(world)


@example("copy-approval", State.DUE)
def _copied_without_approval(world: World) -> Duty:
    world.event(world.received(), "複写", day=DURING)
    return copying(world)


@example("copy-approval", State.WAITING)
def _applied_for_a_copy(world: World) -> Duty:
    applied(world, "複写", world.received())
    return copying(world)


@example("copy-approval", State.CONFIRM)
def _copied_by_nobody_knows_whom(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("複写", asset, persons=_persons(world.person()))
    world.event(asset, "複写", day=DURING, approval=approval.id)
    return copying(world)


@example("copy-approval", State.SATISFIED)
def _copied_with_approval(world: World) -> Duty:
    asset = world.received()
    world.event(asset, "複写", day=DURING, approval=world.approval("複写", asset).id)
    return copying(world)


def _persons(*people: Person) -> tuple[Any, ...]:
    return tuple(ApprovalPerson(person=one.id) for one in people)


# 持出し


def taking_out(world: World) -> Duty:
    return world.duty(LATER, "takeout-approval", "each-time", **_APPROVAL)


@example("takeout-approval", State.NOT_DUE)
def _nothing_taken_out(world: World) -> Duty:
    return taking_out(world)


@example("takeout-approval", State.DUE)
def _taken_out_on_a_word(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("持出", asset, written=False)
    world.event(asset, "持出", day=DURING, approval=approval.id)
    return world.duty(LATER, "takeout-approval", "each-time", written=True, **_APPROVAL)


@example("takeout-approval", State.OVERDUE)
def _not_brought_back(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("持出", asset, ends_on=DURING)
    world.event(asset, "持出", day=DURING, approval=approval.id)
    return taking_out(world)


@example("takeout-approval", State.WAITING)
def _applied_for_a_takeout(world: World) -> Duty:
    applied(world, "持出")
    return taking_out(world)


@example("takeout-approval", State.CONFIRM)
def _destination_written_otherwise(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("持出", asset, destination="架空市民会館")
    world.event(asset, "持出", day=DURING, destination="市民会館", approval=approval.id)
    return taking_out(world)


@example("takeout-approval", State.SATISFIED)
def _brought_back_in_time(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("持出", asset, destination="架空　市役所", ends_on=DURING)
    world.event(asset, "持出", day=DURING, destination="架空市役所", approval=approval.id)
    world.event(asset, "持帰", day=DURING, hour=17)
    return taking_out(world)


# 機器の持出しと持込み


def moving(world: World, kind: str) -> Duty:
    return world.duty(DURING, kind, "each-time", **_APPROVAL)


_HOTEL = {"name": "出張先の宿", "kind": "持出し先"}
_OFFICE = {"name": "架空市役所", "kind": "発注者の施設"}


def _moved_states(kind: str, approved: str, where: dict[str, Any]) -> None:
    """Both kinds ask the same of a device that is used in some place."""

    @example(kind, State.NOT_DUE)
    def _at_its_place(world: World) -> Duty:
        place = world.place()
        world.use(place)
        world.device_use(world.device(), location=place.id)
        return moving(world, kind)

    @example(kind, State.DUE)
    def _planned_without_approval(world: World) -> Duty:
        world.device_use(world.device(), DURING + timedelta(days=9), location=world.place(**where).id)
        return moving(world, kind)

    @example(kind, State.OVERDUE)
    def _moved_without_approval(world: World) -> Duty:
        world.device_use(world.device(), location=world.place(**where).id)
        return moving(world, kind)

    @example(kind, State.WAITING)
    def _planned_and_applied_for(world: World) -> Duty:
        device = world.device()
        approval = world.approval(approved, device, granted=None, applied_on=BEFORE)
        place = world.place(**where)
        world.device_use(device, LATER, location=place.id, approval=approval.id)
        return moving(world, kind)

    @example(kind, State.CONFIRM)
    def _place_not_recorded(world: World) -> Duty:
        world.device_use(world.device())
        return moving(world, kind)

    @example(kind, State.SATISFIED)
    def _moved_with_approval(world: World) -> Duty:
        device = world.device()
        world.approval(approved, device, destination=where["name"])
        world.device_use(device, location=world.place(**where).id)
        return moving(world, kind)


_moved_states("equipment-takeout", "機器持出", _HOTEL)
_moved_states("bringin-approval", "持込", _OFFICE)


# 再委託


def delegating(world: World) -> Duty:
    return world.duty(DURING, "subcontract-approval", "each-time", **_APPROVAL)


@example("subcontract-approval", State.NOT_DUE)
def _nothing_delegated(world: World) -> Duty:
    world.worker()
    return delegating(world)


@example("subcontract-approval", State.DUE)
def _workers_without_a_delegation(world: World) -> Duty:
    world.worker("髙橋次郎", employment="再委託先")
    return delegating(world)


@example("subcontract-approval", State.OVERDUE)
def _started_without_approval(world: World) -> Duty:
    world.delegate(world.subcontractor())
    return delegating(world)


@example("subcontract-approval", State.WAITING)
def _applied_for_a_delegation(world: World) -> Duty:
    approval = world.approval("再委託", granted=None, applied_on=BEFORE)
    world.delegate(world.subcontractor(), starts=LATER, approval=approval.id)
    return delegating(world)


@example("subcontract-approval", State.CONFIRM)
def _approved_under_another_name(world: World) -> Duty:
    approval = world.approval("再委託", destination="架空データ（株）")
    world.delegate(world.subcontractor(), approval=approval.id)
    return delegating(world)


@example("subcontract-approval", State.SATISFIED)
def _approved_before_its_start(world: World) -> Duty:
    world.delegate(world.subcontractor(), approval=world.approval("再委託").id)
    return delegating(world)


def bound(world: World, **values: Any) -> Subcontract:
    given = {"agreement_written": True, **values}
    return world.delegate(world.subcontractor(), "安全管理措置", **given)


def flowdown(world: World) -> Duty:
    return world.duty(DURING, "subcontract-flowdown", "each-time", items=("安全管理措置",))


@example("subcontract-flowdown", State.CONFIRM)
def _nobody_registered_who_does_the_work(world: World) -> Duty:
    world.delegate(world.subcontractor(), "従事者の研修")
    asks: dict[str, Any] = {"items": ("従事者の研修",), "workers": (Workers.SUBCONTRACTOR,)}
    return world.duty(DURING, "subcontract-flowdown", "each-time", **asks)


@example("subcontract-flowdown", State.NOT_DUE)
def _nobody_to_bind(world: World) -> Duty:
    return flowdown(world)


@example("subcontract-flowdown", State.DUE)
def _duty_left_out_of_the_agreement(world: World) -> Duty:
    world.delegate(world.subcontractor(), "秘密保持")
    return flowdown(world)


@example("subcontract-flowdown", State.OVERDUE)
def _started_without_an_agreement(world: World) -> Duty:
    bound(world, agreed=None)
    return flowdown(world)


@example("subcontract-flowdown", State.SATISFIED)
def _bound_and_checked(world: World) -> Duty:
    delegation = bound(world, agreement_written=True)
    world.add(
        Check(
            kind="再委託先",
            contracts=(ForContract(contract=world.contract.id),),
            done_on=START,
            subcontract=delegation.id,
        )
    )
    return flowdown(world)


# 廃棄


def destroying(world: World) -> Duty:
    return world.duty(DURING, "disposal-approval", "on-completion", exception=(Exempt.INSTRUCTION,))


@example("disposal-approval", State.NOT_DUE)
def _nothing_destroyed(world: World) -> Duty:
    return destroying(world)


@example("disposal-approval", State.DUE)
def _destroyed_on_ones_own(world: World) -> Duty:
    world.disposal(world.received())
    return destroying(world)


@example("disposal-approval", State.WAITING)
def _applied_for_a_disposal(world: World) -> Duty:
    applied(world, "廃棄", basis="指示")
    return destroying(world)


@example("disposal-approval", State.CONFIRM)
def _allowed_in_free_words(world: World) -> Duty:
    asset = world.received()
    approval = world.approval("廃棄", asset, basis="指示")
    world.disposal(asset, method="その他：酸で溶かす", approval=approval.id)
    return destroying(world)


@example("disposal-approval", State.SATISFIED)
def _destroyed_as_instructed(world: World) -> Duty:
    asset = world.received()
    world.disposal(asset, approval=world.approval("廃棄", asset, basis="指示").id)
    return destroying(world)


@example("witness", State.DUE)
def _asked_and_nobody_came(world: World) -> Duty:
    world.instruction("立会いの求め", START)
    world.disposal(world.received())
    return world.duty(DURING, "witness", "each-time", "on-request")


@example("witness", State.OVERDUE)
def _asked_and_nothing_done(world: World) -> Duty:
    world.instruction("立会いの求め", START, due_on=DURING)
    return world.duty(LATER, "witness", "each-time", "on-request")


# 目的外利用と取得


def attest(world: World, **values: Any) -> None:
    given = {"annex": "own", "clause": "第1条", "confirmed_on": START, "kept": True, **values}
    world.add(Attestation(contract=world.contract.id, **given))


def purpose(world: World) -> Duty:
    return world.duty(DURING, "purpose-limit", "standing", **_APPROVAL)


@example("purpose-limit", State.CONFIRM)
def _purpose_not_confirmed(world: World) -> Duty:
    return purpose(world)


@example("purpose-limit", State.DUE)
def _provided_against_a_ban(world: World) -> Duty:
    attest(world)
    world.approval("第三者提供")
    return world.duty(DURING, "purpose-limit", "standing", exception=(Exempt.NONE,))


@example("purpose-limit", State.OVERDUE)
def _purpose_confirmation_lapsed(world: World) -> Duty:
    attest(world, valid_until=EVE + timedelta(days=20))
    return purpose(world)


@example("purpose-limit", State.WAITING)
def _applied_for_another_use(world: World) -> Duty:
    attest(world)
    applied(world, "目的外利用")
    return purpose(world)


@example("purpose-limit", State.SATISFIED)
def _purpose_confirmed(world: World) -> Duty:
    attest(world)
    return purpose(world)


def collecting(world: World) -> Duty:
    return world.duty(DURING, "collection-limit", "each-time", **_APPROVAL)


@example("collection-limit", State.NOT_DUE)
def _nothing_collected(world: World) -> Duty:
    return collecting(world)


@example("collection-limit", State.DUE)
def _collected_before_the_answer(world: World) -> Duty:
    asset = world.asset()
    approval = world.approval("取得", granted=DURING, applied_on=START)
    world.event(asset, "取得", day=START, approval=approval.id)
    return collecting(world)


@example("collection-limit", State.OVERDUE)
def _collection_confirmation_lapsed(world: World) -> Duty:
    attest(world, valid_until=EVE + timedelta(days=20))
    return world.duty(DURING, "collection-limit", "standing")


@example("collection-limit", State.WAITING)
def _applied_for_a_collection(world: World) -> Duty:
    applied(world, "取得")
    return collecting(world)


@example("collection-limit", State.CONFIRM)
def _collection_not_confirmed(world: World) -> Duty:
    return world.duty(DURING, "collection-limit", "standing")


@example("collection-limit", State.SATISFIED)
def _collected_with_approval(world: World) -> Duty:
    asset = world.asset()
    world.event(asset, "取得", day=START, approval=world.approval("取得", purpose="申請の受付").id)
    return collecting(world)
