"""A method must fit its medium, the clause and what the client said, wherever a disposal counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.annexes.choices import Act, Exempt
from app.annexes.kinds import State
from app.records import Device, Disposal
from app.records.device import Storage
from app.records.disposal import DisposalLine
from tests.support.world import AFTER, DURING, END, World

DAY = timedelta(days=1)
LATER = DURING + 5 * DAY
MISFIT = "USBメモリ"


def of_device(world: World, method: str, *storages: tuple[str, str], kind: str = "PC") -> Disposal:
    rows = tuple(Storage(name=name, encryption=encryption) for name, encryption in storages)
    device = world.add(Device(control_number="PC-900", kind=kind, owner="自社", storages=rows))
    line = DisposalLine(
        device=device.id, item="作業データ", medium=kind, quantity=1, unit="台", result="完了"
    )
    held = world.disposal(world.asset(), method=method, tool="消去ソフト")
    return world.change(held, lines=(line,))


@pytest.mark.parametrize(
    ("method", "storages", "state"),
    [
        ("磁気消去", [("内蔵SSD", "全体")], State.DUE),
        ("磁気消去", [("NVMe 512GB", "なし")], State.DUE),
        ("磁気消去", [("内蔵HDD", "なし")], State.SATISFIED),
        ("磁気消去", [("内蔵HDD", "なし"), ("増設SSD", "なし")], State.DUE),
        ("磁気消去", [("内蔵ディスク", "なし")], State.CONFIRM),
        ("磁気消去", [], State.CONFIRM),
        ("物理的破壊", [], State.SATISFIED),
        ("データ消去ソフトウェアによる消去", [("内蔵SSD", "なし")], State.SATISFIED),
        ("暗号化消去", [("内蔵SSD", "全体")], State.SATISFIED),
        ("暗号化消去", [("内蔵SSD", "一部")], State.DUE),
        ("暗号化消去", [("内蔵SSD", "全体"), ("内蔵HDD", "なし")], State.DUE),
        ("暗号化消去", [], State.CONFIRM),
        ("裁断", [("内蔵SSD", "全体")], State.DUE),
    ],
)
def test_a_machine_is_judged_by_what_it_stores_on(
    world: World, method: str, storages: list[tuple[str, str]], state: State
) -> None:
    of_device(world, method, *storages)
    assert world.duty(LATER, "disposal", "each-time").state is state


def test_what_is_called_a_disk_may_be_flash_memory(world: World) -> None:
    of_device(world, "磁気消去", ("外付SSD 1TB", "なし"), kind="外付HDD")
    assert world.duty(LATER, "disposal", "each-time").state is State.DUE


@pytest.mark.parametrize(("method", "state"), [("磁気消去", State.CONFIRM), ("溶解", State.DUE)])
def test_data_without_a_carrier_on_record(world: World, method: str, state: State) -> None:
    world.disposal(world.received(medium="電子データ"), method=method)
    assert world.duty(LATER, "disposal", "each-time").state is state


@pytest.mark.parametrize(
    ("kind", "when", "asks"),
    [
        ("disposal", ("each-time",), {}),
        ("disposal", ("on-completion",), {"copies": True}),
        ("disposal-approval", ("on-completion",), {"exception": (Exempt.INSTRUCTION,)}),
        ("disposal-certificate", ("each-time",), {}),
        ("return", ("on-completion",), {"copies": True, "acts": (Act.RETURN, Act.DESTROY)}),
        (
            "return",
            ("on-completion",),
            {"copies": True, "acts": (Act.RETURN,), "exception": (Exempt.INSTRUCTION,)},
        ),
    ],
)
@pytest.mark.parametrize(
    ("method", "reason", "state"),
    [
        ("物理的破壊", "", State.SATISFIED),
        ("磁気消去", "", State.DUE),
        ("磁気消去", "別に粉砕した", State.CONFIRM),
        ("その他：圧壊", "", State.CONFIRM),
    ],
)
def test_a_misfit_is_never_satisfied_wherever_it_counts(
    world: World,
    kind: str,
    when: tuple[str, ...],
    asks: dict[str, Any],
    method: str,
    reason: str,
    state: State,
) -> None:
    asset = world.received(medium=MISFIT)
    world.disposal(
        asset,
        method=method,
        done=END,
        method_reason=reason,
        approval=world.approval("廃棄", asset, basis="指示").id,
    )
    world.issue("disposal-certificate", on=END, submitted=END)
    assert world.duty(AFTER, kind, *when, **asks).state is state


def test_a_contract_is_not_closed_on_a_misfit(world: World) -> None:
    gone = world.disposal(world.received(medium=MISFIT), method="磁気消去", done=DURING)
    ended = world.change(world.contract, ended_on=DURING, ended_why="解除")
    ((problem),) = world.problems(ended)
    assert problem.path == "closing_instruction"
    assert "「磁気消去」では復元できるおそれがあります" in problem.sentence
    world.change(gone, method="物理的破壊")
    assert not world.problems(ended)


def test_a_misfit_done_again_is_over_and_stays_visible(world: World) -> None:
    first = of_device(world, "磁気消去", ("内蔵SSD", "なし"))
    again = world.disposal(world.asset(), method="物理的破壊", done=LATER)
    world.change(again, lines=first.lines)
    duty = world.duty(LATER, "disposal", "each-time")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since, r.until, r.late) for r in duty.remarks] == [(first.id, DURING, LATER, False)]
    world.change(again, method="磁気消去")
    assert world.duty(LATER, "disposal", "each-time").state is State.DUE


@pytest.mark.parametrize(("again", "state"), [(1, State.DUE), (2, State.SATISFIED), (3, State.SATISFIED)])
def test_all_that_failed_has_to_be_done_again(world: World, again: int, state: State) -> None:
    asset = world.received(5, medium=MISFIT)
    world.disposal(asset, method="物理的破壊", quantity=2, result="不良")
    world.disposal(asset, method="物理的破壊", quantity=again, done=LATER)
    assert world.duty(LATER, "disposal", "each-time").state is state


# methods that are named


@pytest.mark.parametrize(
    ("method", "state"),
    [
        ("データ消去ソフトウェアによる消去", State.SATISFIED),
        ("暗号化消去", State.DUE),
        ("その他：初期化", State.CONFIRM),
    ],
)
def test_kimitsu_names_software_for_erasing(world: World, method: str, state: State) -> None:
    world.under("kimitsu-hoji")
    world.disposal(world.received(medium="電子データ"), method=method, tool="消去ソフト")
    assert world.under_clause(LATER, "第7条第4項", "disposal").state is state


def test_kimitsu_admits_every_sure_way_of_destroying(world: World) -> None:
    world.under("kimitsu-hoji")
    world.disposal(world.received(), method="溶解")
    world.disposal(world.received(medium="USBメモリ"), method="物理的破壊")
    assert world.under_clause(LATER, "第7条第3項", "disposal").state is State.SATISFIED
    assert world.under_clause(LATER, "第7条第4項", "disposal").state is State.NOT_DUE


def test_an_erasure_of_paper_is_not_what_a_clause_on_machines_speaks_of(world: World) -> None:
    world.disposal(world.received(medium="USBメモリ"), method="磁気消去")
    assert world.duty(LATER, "disposal", "each-time", methods=("裁断",)).state is State.DUE


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        ("裁断のうえ焼却すること", State.SATISFIED),
        ("溶解によること", State.DUE),
        ("溶解又はこれと同等の方法", State.CONFIRM),
        ("裁断以外の方法で処分すること", State.CONFIRM),
        ("物理的破壊によること", State.SATISFIED),
        ("宅配便により返却すること", State.SATISFIED),
    ],
)
def test_the_method_that_the_client_asked_for(world: World, asked: str, state: State) -> None:
    asset = world.received()
    world.instruction("返還・廃棄の求め", DURING - DAY, method_asked=asked)
    world.disposal(asset, method="裁断", approval=world.approval("廃棄", asset, basis="指示").id)
    asks = {"exception": (Exempt.INSTRUCTION,)}
    assert world.duty(LATER, "disposal", "each-time").state is state
    assert world.duty(LATER, "disposal-approval", "on-completion", **asks).state is state


@pytest.mark.parametrize(("received", "state"), [(-1, State.DUE), (0, State.DUE), (1, State.SATISFIED)])
def test_what_was_asked_after_a_disposal_says_nothing_of_it(
    world: World, received: int, state: State
) -> None:
    world.instruction("指示", DURING + received * DAY, method_asked="溶解")
    world.disposal(world.received(), method="裁断")
    assert world.duty(LATER, "disposal", "each-time").state is state


@pytest.mark.parametrize(
    ("conditions", "values", "state"),
    [
        ("溶解処理とする", {}, State.DUE),
        ("裁断すること", {}, State.SATISFIED),
        ("職員の立会いのもと裁断すること", {}, State.DUE),
        ("職員の立会いのもと裁断すること", {"witness": "架空市 高橋"}, State.SATISFIED),
        ("事前に連絡すること", {}, State.SATISFIED),
    ],
)
def test_the_conditions_of_an_approval(
    world: World, conditions: str, values: dict[str, Any], state: State
) -> None:
    asset = world.received()
    approval = world.approval("廃棄", asset, conditions=conditions)
    world.disposal(asset, method="裁断", approval=approval.id, **values)
    assert world.duty(LATER, "disposal-approval", "on-completion").state is state


def test_hofu_wants_the_method_that_was_instructed(world: World) -> None:
    world.under("hofu")
    world.disposal(world.received(), method="裁断")
    said = world.instruction("返還・廃棄の求め", DURING - DAY, answered_on=DURING)
    assert world.under_clause(LATER, "第8", "disposal").state is not State.SATISFIED
    world.change(said, method_asked="裁断")
    assert world.under_clause(LATER, "第8", "disposal").state is State.SATISFIED
    world.change(said, method_asked="溶解")
    assert world.under_clause(LATER, "第8", "disposal").state is not State.SATISFIED


# when the client's word is in time


@pytest.mark.parametrize(
    ("basis", "day", "state"),
    [
        ("指示", -1, State.SATISFIED),
        ("指示", 0, State.SATISFIED),
        ("指示", 1, State.DUE),
        ("承諾", -1, State.SATISFIED),
        ("承諾", 0, State.DUE),
        ("承諾", 1, State.DUE),
    ],
)
def test_as_instructed_is_not_beforehand(world: World, basis: str, day: int, state: State) -> None:
    world.under("besshi-44")
    asset = world.received()
    approval = world.approval("廃棄", asset, basis=basis, granted=DURING + day * DAY)
    world.disposal(asset, approval=approval.id)
    assert world.under_clause(LATER, "41", "disposal-approval").state is state


@pytest.mark.parametrize(("day", "state"), [(0, State.DUE), (1, State.OVERDUE), (2, State.NOT_DUE)])
def test_a_planned_disposal_wants_its_approval_the_day_before(world: World, day: int, state: State) -> None:
    world.disposal(world.received(), done=DURING + DAY, status="予定", result="")
    duty = world.duty(DURING + day * DAY, "disposal-approval", "on-completion")
    assert duty.state is state
    if state is not State.NOT_DUE:
        assert duty.due == DURING


def test_a_plan_uses_up_nothing_that_was_needed(world: World) -> None:
    asset = world.received(4)
    approval = world.approval("廃棄", asset, serves="1回限り", granted=DURING - DAY)
    world.disposal(asset, done=DURING - DAY, status="予定", result="", approval=approval.id)
    world.change(approval, granted_on=DURING - 2 * DAY)
    world.disposal(asset, done=DURING, approval=approval.id)
    assert world.duty(LATER, "disposal-approval", "on-completion").state is State.SATISFIED


# witnesses


def test_who_did_not_ask_to_attend_is_not_waited_for(world: World) -> None:
    world.under("kimitsu-hoji")
    world.disposal(world.received())
    assert world.under_clause(LATER, "第7条第6項", "witness").state is State.NOT_DUE


@pytest.mark.parametrize(("received", "state"), [(-1, State.DUE), (0, State.DUE), (1, State.NOT_DUE)])
def test_attendance_as_a_condition_or_in_other_words(world: World, received: int, state: State) -> None:
    asset = world.received()
    approval = world.approval("廃棄", asset, conditions="立会いを要する")
    held = world.disposal(asset, approval=approval.id)
    assert world.duty(LATER, "witness", "each-time", "on-request").state is State.DUE
    world.change(approval, conditions="")
    world.instruction("指示", DURING + received * DAY, what="廃棄に立会いたい")
    found = world.duty(LATER, "witness", "each-time", "on-request")
    assert found.state is (State.CONFIRM if state is State.DUE else state)
    world.change(held, witness="架空市 高橋")
    assert world.duty(LATER, "witness", "each-time", "on-request").state is State.SATISFIED


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_certificate_after_its_deadline_stays_visible(world: World, late: int) -> None:
    world.under("kimitsu-hoji")
    gone = world.disposal(world.received())
    due = world.under_clause(DURING, "第7条第5項", "disposal-certificate").due
    assert due is not None
    on = due + late * DAY
    world.issue("disposal-certificate", on=on, submitted=on)
    duty = world.under_clause(on, "第7条第5項", "disposal-certificate")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since, r.until) for r in duty.remarks] == ([(gone.id, due, on)] if late > 0 else [])


def test_a_replaced_line_is_another_thing(world: World) -> None:
    first = of_device(world, "磁気消去", ("内蔵SSD", "なし"))
    other = world.device(kind="PC")
    again = world.disposal(world.asset(), method="物理的破壊", done=LATER)
    world.change(again, lines=(replace(first.lines[0], device=other.id),))
    assert world.duty(LATER, "disposal", "each-time").state is State.DUE
