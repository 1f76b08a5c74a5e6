"""契約を終える: only when nothing is left, or on the client's written word; what is open is not hidden."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.view import ContractView
from app.records import Contract, Instruction
from app.records.instruction import InstructionKind
from app.work.acts.plan import Plan, after
from app.work.acts.year.close import CLOSE
from forms import all_forms
from tests.support.world import AFTER, DURING, END, START, World
from tests.work.acts.planned import ground, plan, written

ONE_DAY = timedelta(days=1)
SIGNED = date(2026, 3, 1)


def closing(world: World, on: date | None = END, today: date = AFTER, **answers: Any) -> Plan:
    given: dict[str, Any] = {"on": on, **answers} if on else answers
    return plan(CLOSE, world, today, **given)


def said(world: World, received: date = DURING, written: bool | None = True) -> Instruction:
    return world.instruction(InstructionKind.INSTRUCTION, received, written=written)


def test_it_says_why_it_ended_and_what_goes_on_ends_with_it_without_a_notice(world: World) -> None:
    """What is written down of each would differ from what was submitted: a notice of no change."""
    person = world.worker(ends=None)
    world.structure(person)
    world.use(world.place())
    world.device_use(world.device())
    world.clause("worker-list", "before-start", "on-change")
    world.issue("personnel-report", DURING, DURING)
    made = closing(world)
    assert made.ready, (made.refusals, made.asks)
    (contract,) = written(made, Contract)
    assert (contract.ended_on, contract.ended_why) == (END, "期間満了")
    assert len(made.writes) == 1
    assert "など4件は、令和9年3月31日に契約とともに終わった" in "".join(made.draft.remarks)
    assert "personnel-report" not in {one.form for one in made.papers}


@pytest.mark.parametrize(
    ("returned", "refused"), [(END - ONE_DAY, False), (END, False), (END + ONE_DAY, True)]
)
def test_while_something_is_held_on_the_day_it_is_refused_and_named(
    world: World, returned: date, refused: bool
) -> None:
    asset = world.received(3)
    world.event(asset, "返還", 3, returned)
    made = closing(world)
    assert bool(made.refusals) is refused
    if refused:
        (sentence,) = made.refusals
        assert f"{asset.number}（申請書、3枚）が残っているため、契約を終えられません" in sentence
        assert "発注者の書面による指示を選んでください。" in sentence
        assert made.writes == ()
        assert f"返還又は廃棄・消去するもの：{asset.number}" in "".join(made.draft.remarks)
        assert closing(world, on=END + ONE_DAY).ready


def test_closing_after_the_period_does_not_lengthen_it(world: World) -> None:
    """What came back after the last day of the work stays late, whenever the contract is closed."""
    clause = world.clause("return", "on-completion")
    world.event(world.received(), "返還", 1, END + ONE_DAY)
    made = closing(world, on=AFTER)
    assert "期限後として残ります" in "".join(made.draft.remarks)
    then = after(world.facts(), made.writes)
    contract = then.get(Contract, world.contract.id)
    assert (contract.ended_on, contract.last_day) == (AFTER, END)
    for one in written(made, Contract):
        world.change(one)
    (duty,) = (one for one in world.duties(AFTER) if one.clause.key == clause.key)
    assert duty.state is State.SATISFIED
    assert "期限の後でした" in duty.remarks[0].text


@pytest.mark.parametrize(
    ("written_word", "received", "sentence"),
    [
        (True, END - ONE_DAY, ""),
        (True, END, ""),
        (True, END + ONE_DAY, "契約を終える日（令和9年3月31日）より後です"),
        (False, DURING, "選んだ指示は書面によるものではありません"),
        (None, DURING, "選んだ指示は書面によるものではありません"),
    ],
)
def test_the_clients_written_word_by_the_day_lets_it_end(
    world: World, written_word: bool | None, received: date, sentence: str
) -> None:
    asset = world.received(3)
    word = said(world, received, written_word)
    made = closing(world, instruction=word.id)
    assert sentence in "".join(made.refusals)
    assert bool(made.refusals) is bool(sentence)
    if not sentence:
        (contract,) = written(made, Contract)
        assert contract.closing_instruction == word.id
        asks = "".join(one.text for one in made.asks)
        assert f"発注者の指示により残るもの：{asset.number}" in asks


def test_the_word_on_another_contract_does_not(world: World) -> None:
    world.received(3)
    other = world.change(said(world), contract=999)
    assert "別の契約のものです" in "".join(closing(world, instruction=other.id).refusals)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (SIGNED - ONE_DAY, "契約締結日（令和8年3月1日）より前です"),
        (SIGNED, ""),
        (DURING, ""),
        (DURING + ONE_DAY, "きょうより後です"),
    ],
)
def test_the_day_lies_between_signing_and_today(world: World, on: date, sentence: str) -> None:
    made = closing(world, on=on, today=DURING, why="解除")
    assert sentence in "".join(made.refusals)
    assert bool(made.refusals) is bool(sentence)


def test_before_its_period_is_over_it_asks_why_and_a_closed_one_is_not_closed_again(world: World) -> None:
    made = closing(world, on=DURING)
    assert [one.field for one in made.asks if one.needed] == ["why"]
    assert not made.ready
    assert [one.field for one in closing(world, on=None).asks if one.needed] == ["on"]
    world.change(world.contract, ended_on=DURING, ended_why="解除")
    (sentence,) = closing(world).refusals
    assert "令和8年6月1日に終えたと登録されています" in sentence
    assert not CLOSE.offered(ground(world, AFTER), world.contract)


def test_what_is_to_be_done_first_is_read_from_the_records(world: World) -> None:
    device = world.device()
    world.device_use(device)
    asset = world.received(2)
    world.disposal(asset, status="予定", result="", quantity=1)
    asks = "".join(closing(world).draft.remarks)
    assert f"情報が残っていないことを確かめるPC・媒体：{device.control_number}" in asks
    assert "予定のままの廃棄・消去" in asks
    assert "情報資産が登録されていません" not in asks


def test_a_contract_without_assets_is_asked_about(world: World) -> None:
    assert "情報資産が登録されていません" in "".join(one.text for one in closing(world).asks)


def test_open_duties_are_told_and_the_closing_statement_is_called_for(world: World) -> None:
    world.forms = all_forms()
    world.under("minato", options=("特定個人情報",))
    world.worker(starts=START)
    made = closing(world)
    assert made.ready, made.refusals
    assert any(line.startswith("終えたあとも残る義務（期限超過）") for line in made.draft.remarks)
    assert "closing-statement" in {one.form for one in made.papers}


def test_what_is_offered_as_the_day_is_never_ahead_and_even(world: World) -> None:
    assert CLOSE.given(ground(world, END - ONE_DAY), (world.contract,)) == {}
    assert CLOSE.given(ground(world, END), (world.contract,))["on"] == END
    world.event(world.received(), "返還", 1, END + ONE_DAY)
    assert CLOSE.given(ground(world, AFTER), (world.contract,))["on"] == AFTER
    assert "instruction" not in {
        one.name for one in CLOSE.fields_for(ground(world, AFTER), (world.contract,))
    }


def test_the_duties_of_the_past_are_those_of_the_contract_as_it_was(world: World) -> None:
    made = closing(world, on=DURING, why="解除")
    facts = after(world.facts(), made.writes)
    view = ContractView(facts, world.catalogue, world.forms, facts.get(Contract, world.contract.id), DURING)
    assert view.ended


def test_where_something_is_left_it_leads_to_the_acts_by_which_that_goes(world: World) -> None:
    asset = world.received(3)
    ways = [(one.act, one.ids) for one in closing(world).draft.follows]
    assert ways == [("return-all", (world.contract.id,)), ("dispose-all", (world.contract.id,))]
    world.event(asset, "返還", 3, END + ONE_DAY)
    assert closing(world).refusals
    assert closing(world).draft.follows == (), "what is back by now cannot be given back"


@pytest.mark.parametrize(("days", "ways"), [(0, []), (1, ["amend"])])
def test_a_day_to_come_leads_to_the_amendment_with_that_day(world: World, days: int, ways: list[str]) -> None:
    made = closing(world, on=DURING + days * ONE_DAY, today=DURING, why="解除")
    assert [one.act for one in made.draft.follows] == ways
    assert [one.said for one in made.draft.follows] == [{"ends_on": DURING + ONE_DAY}] * days
