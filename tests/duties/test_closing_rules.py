"""Closing a contract, and records that rest on one another: what the door refuses, and what it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.records import Approval, Attestation, ClauseText, Contract, Improvement, Record
from app.records.instruction import InstructionKind
from tests.support.check_story import approval, delegate
from tests.support.world import AFTER, DURING, END, START, World

DAY = timedelta(days=1)


def refused(world: World, *changed: Record) -> list[tuple[str, str]]:
    return [(problem.path, problem.sentence) for problem in world.problems(*changed)]


def closed(world: World, **values: object) -> Contract:
    given = {"ended_on": DURING, "ended_why": "解除", **values}
    return world.change(world.contract, **given)


def test_a_contract_with_something_left_is_not_closed(world: World) -> None:
    asset = world.received(3)
    ((path, sentence),) = refused(world, closed(world))
    assert path == "closing_instruction"
    assert f"{asset.number}（申請書、3枚）が残っています" in sentence
    assert "書面による指示を選んでください" in sentence


def test_the_first_assets_are_named_and_the_rest_is_counted(world: World) -> None:
    made = [world.received() for _ in range(5)]
    ((_path, sentence),) = refused(world, closed(world))
    assert all(asset.number in sentence for asset in made[:3])
    assert made[3].number not in sentence
    assert "ほか2件" in sentence


def test_it_is_closed_once_everything_is_back_or_destroyed(world: World) -> None:
    first, second = world.received(2), world.received(1)
    world.event(first, "返還", 2, DURING)
    world.disposal(second)
    assert not refused(world, closed(world))


def test_copies_count_as_what_is_left(world: World) -> None:
    source = world.received(1)
    copy = world.asset(copy_of=source.id, medium="電子データ")
    world.event(copy, "作成", 1)
    world.event(source, "返還", 1, DURING)
    ((_path, sentence),) = refused(world, closed(world))
    assert copy.number in sentence
    assert source.number not in sentence


def test_what_counts_is_the_day_of_the_end(world: World) -> None:
    world.event(world.received(1), "返還", 1, DURING + DAY)
    assert refused(world, closed(world, ended_on=DURING))
    assert not refused(world, closed(world, ended_on=DURING + DAY))


def test_a_written_instruction_of_the_client_lets_it_be_closed(world: World) -> None:
    world.received(3)
    said = world.instruction(InstructionKind.RETURN, written=True)
    assert not refused(world, closed(world, closing_instruction=said.id))


@pytest.mark.parametrize("written", [False, None])
def test_a_spoken_one_does_not(world: World, written: bool | None) -> None:
    world.received(3)
    said = world.instruction(InstructionKind.RETURN, written=written)
    ((_path, sentence),) = refused(world, closed(world, closing_instruction=said.id))
    assert "書面によるものではありません" in sentence


def test_an_instruction_on_another_contract_does_not_either(world: World) -> None:
    said = world.change(world.instruction(InstructionKind.RETURN, written=True), contract=999)
    ((path, sentence),) = refused(world, closed(world, closing_instruction=said.id))
    assert path == "closing_instruction"
    assert "別の契約" in sentence


def test_the_natural_end_of_the_period_is_no_closing(world: World) -> None:
    world.received(3)
    assert not refused(world, world.contract)


def test_what_comes_to_light_after_the_closing_stays_recordable(world: World) -> None:
    closed(world)
    asset = world.received(2)
    late = world.event(asset, "受領", 1, DURING - DAY)
    assert not refused(world, asset, late)


def test_a_closed_contract_keeps_the_instruction_it_rests_on(world: World) -> None:
    world.received(3)
    said = world.instruction(InstructionKind.RETURN, written=True)
    closed(world, closing_instruction=said.id)
    assert not refused(world, world.change(said, what="詳しい内容"))
    ((path, sentence),) = refused(world, world.change(said, written=False))
    assert path == "written"
    assert "この指示に基づいて終えた契約があります" in sentence
    assert refused(world, world.change(said, written=True, contract=999))


def test_an_instruction_on_which_nothing_rests_may_change(world: World) -> None:
    world.received(3)
    said = world.instruction(InstructionKind.RETURN, written=True)
    world.change(world.contract, closing_instruction=said.id)
    assert not refused(world, world.change(said, written=False))


def elsewhere(world: World, kind: str) -> Approval:
    return world.change(approval(world, kind), contract=999)


@pytest.mark.parametrize("kind", ["event", "device_use", "disposal", "subcontract"])
def test_an_approval_of_another_contract_cannot_be_rested_on(world: World, kind: str) -> None:
    own, other = approval(world, "複写"), elsewhere(world, "複写")
    record: Record
    match kind:
        case "event":
            record = world.event(world.received(), "複写", day=DURING)
        case "device_use":
            record = world.device_use(world.device())
        case "disposal":
            record = world.disposal(world.received())
        case _:
            record = delegate(world)
    assert not refused(world, world.change(record, approval=own.id))
    ((path, sentence),) = refused(world, world.change(record, approval=other.id))
    assert path == "approval"
    assert other.number in sentence


def test_an_approval_cannot_leave_the_contract_of_what_rests_on_it(world: World) -> None:
    held = approval(world, "複写")
    assert not refused(world, replace(held, contract=999))
    world.event(world.received(), "複写", day=DURING, approval=held.id)
    ((path, sentence),) = refused(world, world.change(held, contract=999))
    assert path == "contract"
    assert "取扱記録" in sentence


def test_an_improvement_answers_something_of_its_own_contract(world: World) -> None:
    audit = world.audit()
    made = world.improvement(audit=audit.id)
    assert not refused(world, made)
    world.change(audit, contract=999)
    ((path, _sentence),) = refused(world, made)
    assert path == "audit"
    nobodys: Improvement = world.change(made, contract=None)
    assert not refused(world, nobodys)


def test_a_lower_tier_hangs_on_one_of_its_own_contract_and_never_on_itself(world: World) -> None:
    first = delegate(world)
    second = delegate(world, tier=2, parent=first.id)
    assert not refused(world, second)
    assert [path for path, _ in refused(world, world.change(first, tier=3, parent=second.id))] == ["parent"]
    world.change(first, parent=None, tier=1, contract=999)
    assert "別の契約" in refused(world, second)[0][1]


@pytest.mark.parametrize("annex", ["kimitsu-hoji", "kawaguchi"])
def test_a_confirmation_and_a_copied_text_name_a_clause_of_the_contract(world: World, annex: str) -> None:
    world.under("kimitsu-hoji")
    number = "第6条第4項"
    records = (
        world.add(Attestation(contract=2, annex=annex, clause=number, confirmed_on=START, kept=True)),
        world.add(ClauseText(contract=2, annex=annex, clause=number, text="控え")),
    )
    assert world.contract.id == 2
    for record in records:
        assert [path for path, _ in refused(world, record)] == ([] if annex == "kimitsu-hoji" else ["annex"])
        if annex == "kimitsu-hoji":
            assert not refused(world, world.change(record, clause="第６条 第４項")), "as people write it"
            assert [path for path, _ in refused(world, world.change(record, clause="第99条"))] == ["clause"]


def test_the_end_may_be_entered_after_the_period(world: World) -> None:
    world.event(world.received(), "返還", day=END)
    assert not refused(world, closed(world, ended_on=AFTER, ended_why="期間満了"))
