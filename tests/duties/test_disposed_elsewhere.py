"""A machine of several contracts that is disposed of for one of them: the others' clauses see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Act
from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from app.duties.evaluators.kept_backups import backups_left
from app.duties.view import ContractView
from app.records import Contract, Device, DeviceUse, Disposal
from app.records.disposal import DisposalLine
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)
KINDS = ("disposal", "disposal-approval", "disposal-certificate")
ERASED = "データ消去ソフトウェアによる消去"


@pytest.fixture
def shared(world: World) -> tuple[Device, Contract]:
    """A stick of two contracts; only the first has clauses on disposal."""
    for kind in KINDS:
        world.clause(kind, "each-time")
    device = world.device(kind="USBメモリ")
    other = world.add(replace(world.contract, id=0, number="R8-002", annexes=()))
    world.device_use(device)
    world.device_use(device, contract=other.id)
    return device, other


def dispose(world: World, device: Device, contract: Contract, day: int = 0, **values: Any) -> Disposal:
    line = DisposalLine(
        device=device.id, item="申請データ", medium="USBメモリ", quantity=1, unit="本", result="完了"
    )
    given = {"method": "物理的破壊", "status": "実績", "responsible": world.person("責任太郎").id, **values}
    return world.add(
        Disposal(
            contract=contract.id,
            number=f"D-{contract.id:03}-{day}",
            done_on=DURING + day * DAY,
            lines=(line,),
            **given,
        )
    )


def judged(world: World, kind: str, after: int = 1) -> Duty:
    return next(one for one in world.duties(DURING + after * DAY) if one.kind == kind and one.annex == "own")


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_contract_disposed_of_is_asked_about(
    world: World, shared: tuple[Device, Contract], kind: str
) -> None:
    device, other = shared
    assert judged(world, kind).state is State.NOT_DUE
    dispose(world, device, other)
    assert judged(world, kind, -1).state is State.NOT_DUE
    duty = judged(world, kind, 0)
    assert duty.state is State.CONFIRM
    (gap,) = duty.missing
    assert (gap.record, gap.id) == ("device", device.id)
    assert f"{device.control_number}は" in gap.text
    assert "R8-002の廃棄・消去" in gap.text
    assert (duty.next.action, duty.next.target) == (Action.ADD, "disposal")
    given = dict(duty.next.given)
    (line,) = given["lines"]
    assert (given["done_on"], line.device, line.item, line.result) == (DURING, device.id, "", "")


def test_written_down_for_this_contract_too_it_is_judged_like_any_other(
    world: World, shared: tuple[Device, Contract]
) -> None:
    device, other = shared
    dispose(world, device, other)
    dispose(world, device, world.contract)
    assert judged(world, "disposal").state is State.SATISFIED
    assert judged(world, "disposal-approval").state is State.DUE
    assert judged(world, "disposal-certificate").state is State.DUE


@pytest.mark.parametrize(
    ("ends", "own", "state"),
    [
        (None, -5, State.CONFIRM),
        (-10, -11, State.CONFIRM),
        (-10, -10, State.SATISFIED),
        (-10, -5, State.SATISFIED),
    ],
)
def test_only_what_was_erased_after_its_last_use_holds_nothing_any_more(
    world: World, shared: tuple[Device, Contract], ends: int | None, own: int, state: State
) -> None:
    device, other = shared
    if ends is not None:
        (use,) = world.facts().of(DeviceUse, "contract", world.contract.id)
        world.change(use, ends_on=DURING + ends * DAY)
    dispose(world, device, world.contract, own, method=ERASED, outcome="合格", tool="消去ソフト")
    dispose(world, device, other)
    assert judged(world, "disposal").state is state


def test_a_machine_that_came_to_this_contract_later_is_not_asked_about(world: World) -> None:
    world.clause("disposal", "each-time")
    device, other = world.device(kind="USBメモリ"), world.add(replace(world.contract, id=0, number="R8-002"))
    dispose(world, device, other, method=ERASED, outcome="合格", tool="消去ソフト")
    world.device_use(device, DURING + DAY)
    assert judged(world, "disposal").state is State.NOT_DUE


@pytest.mark.parametrize("values", [{"status": "予定"}, {"outcome": "不合格"}])
def test_what_did_not_happen_or_did_not_work_is_none(
    world: World, shared: tuple[Device, Contract], values: dict[str, Any]
) -> None:
    device, other = shared
    dispose(world, device, other, **values)
    assert judged(world, "disposal").state is State.NOT_DUE


def test_a_clause_on_another_way_does_not_ask(world: World, shared: tuple[Device, Contract]) -> None:
    device, other = shared
    clause = world.clause("disposal", "each-time", acts=(Act.ERASE,))
    dispose(world, device, other)
    assert next(one for one in world.duties(DURING) if one.clause == clause).state is State.NOT_DUE


def test_the_register_does_not_call_a_destroyed_machine_one_in_use(
    world: World, shared: tuple[Device, Contract]
) -> None:
    device, other = shared
    world.clause("equipment-register", "standing")
    person, place = world.person(), world.place()
    for use in world.facts().of(DeviceUse, "contract", world.contract.id):
        world.change(use, person=person.id, location=place.id)
    assert judged(world, "equipment-register").state is State.SATISFIED
    dispose(world, device, other)
    assert judged(world, "equipment-register", 0).state is State.SATISFIED
    duty = judged(world, "equipment-register", 1)
    assert duty.state is State.DUE
    assert "廃棄されていますが、この契約での使用が続いています" in duty.missing[0].text


def test_an_erased_machine_goes_on_in_the_register(world: World, shared: tuple[Device, Contract]) -> None:
    device, other = shared
    world.clause("equipment-register", "standing")
    person, place = world.person(), world.place()
    for use in world.facts().of(DeviceUse, "contract", world.contract.id):
        world.change(use, person=person.id, location=place.id)
    dispose(world, device, other, method=ERASED, outcome="合格", tool="消去ソフト")
    assert judged(world, "equipment-register").state is State.SATISFIED


def test_what_was_on_it_and_counts_as_held_is_asked_about(
    world: World, shared: tuple[Device, Contract]
) -> None:
    device, other = shared
    world.clause("handling-ledger", "standing")
    data = world.received(medium="電子データ")
    world.event(data, "使用", 1, START + DAY, device=device.id)
    assert judged(world, "handling-ledger").state is State.SATISFIED
    dispose(world, device, other)
    duty = judged(world, "handling-ledger")
    assert duty.state is State.CONFIRM
    assert (duty.missing[0].record, duty.missing[0].id) == ("asset", data.id)
    world.disposal(data, method="物理的破壊", done=DURING)
    assert judged(world, "handling-ledger").state is State.SATISFIED


def test_what_was_put_elsewhere_since_is_not_asked_about(
    world: World, shared: tuple[Device, Contract]
) -> None:
    device, other = shared
    world.clause("handling-ledger", "standing")
    data, later = world.received(medium="電子データ"), world.device()
    world.event(data, "使用", 1, START + DAY, device=device.id)
    world.event(data, "使用", 1, START + DAY, device=later.id)
    dispose(world, device, other)
    assert judged(world, "handling-ledger").state is State.SATISFIED


def test_what_is_still_to_be_given_back_is_not_taken_for_gone(
    world: World, shared: tuple[Device, Contract]
) -> None:
    device, other = shared
    world.clause("return", "on-completion")
    data = world.received(medium="電子データ")
    world.event(data, "使用", 1, START + DAY, device=device.id)
    dispose(world, device, other)
    world.change(world.contract, ends_on=DURING)
    duty = judged(world, "return", 2)
    assert duty.state in (State.CONFIRM, State.OVERDUE)
    assert any(gap.id == data.id for gap in duty.missing)


@pytest.mark.parametrize(("backed_up", "left"), [(DURING, False), (DURING + DAY, True)])
def test_a_backup_on_a_medium_that_was_destroyed_is_gone(
    world: World, shared: tuple[Device, Contract], backed_up: date, left: bool
) -> None:
    device, other = shared
    world.backup(backed_up, device=device.id)
    dispose(world, device, other)
    view = ContractView(world.facts(), world.catalogue, {}, world.contract, DURING + 2 * DAY)
    assert bool(list(backups_left(view))) is left
