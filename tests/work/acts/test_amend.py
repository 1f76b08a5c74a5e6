"""変更契約: from its day on the contract says otherwise, and until then what it said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import Case
from app.duties.view import ContractView
from app.records import Assignment, Contract, DeviceUse, LocationUse
from app.work.acts.plan import Plan, after
from app.work.acts.year.amend import AMEND
from forms.parts.people import as_called
from tests.support.world import DURING, END, START, World
from tests.work.acts.planned import ground, plan, written

ON = date(2026, 10, 1)
LATER = date(2027, 9, 30)
ONE_DAY = timedelta(days=1)
SIGNED = date(2026, 3, 1)


def amended(world: World, on: date | None = ON, today: date = ON, **answers: Any) -> Plan:
    given: dict[str, Any] = {"on": on, **answers} if on else answers
    return plan(AMEND, world, today, **given)


def as_seen(world: World, made: Plan, day: date) -> Contract:
    """The contract that the duties of ``day`` are judged by, once the plan is written."""
    facts = after(world.facts(), made.writes)
    contract = facts.get(Contract, world.contract.id)
    return ContractView(facts, world.catalogue, world.forms, contract, day).contract


@pytest.mark.parametrize(("day", "new"), [(ON - ONE_DAY, False), (ON, True), (ON + ONE_DAY, True)])
def test_period_title_and_annex_hold_from_the_day_and_the_past_stays(
    world: World, day: date, new: bool
) -> None:
    made = amended(world, ends_on=LATER, title="変更後の業務", annex="minato", items="住所", persons=20)
    assert made.ready, made.refusals
    (one,) = made.writes
    assert one.before == world.contract
    seen = as_seen(world, made, day)
    assert seen.ends_on == (LATER if new else END)
    assert seen.title == ("変更後の業務" if new else "架空業務")
    assert [row.annex for row in seen.annexes] == (["own", "minato"] if new else ["own"])
    assert (seen.items, seen.persons) == (("住所", 20) if new else ("", None))


@pytest.mark.parametrize(("day", "title"), [(ON - ONE_DAY, "架空業務"), (ON, "変更後の業務")])
def test_a_paper_bears_the_title_of_its_own_day(world: World, day: date, title: str) -> None:
    (new,) = written(amended(world, title="変更後の業務"), Contract)
    facts = world.facts().replaced([new])
    case = as_called(Case(facts, world.catalogue, new, day, forms=world.forms))
    assert case.contract.title == case.facts.get(Contract, new.id).title == title


def test_a_new_annex_calls_for_its_papers_even_while_its_day_lies_ahead(world: World) -> None:
    world.under("minato", options=("特定個人情報",))
    world.use(world.place())
    made = amended(world, today=ON - timedelta(days=20), annex="kimitsu-hoji", replaces="minato")
    assert [row.annex for row in as_seen(world, made, ON).annexes] == ["kimitsu-hoji"]
    assert "location-notice" in {one.form for one in made.papers}
    assert not amended(world, today=ON - timedelta(days=20), title="別の件名").papers


def test_an_annex_that_falls_away_stays_for_the_past_and_none_is_there_twice(world: World) -> None:
    world.under("minato")
    made = amended(world, annex="kimitsu-hoji", replaces="minato")
    assert [row.annex for row in as_seen(world, made, ON - ONE_DAY).annexes] == ["minato"]
    (again,) = amended(world, annex="minato").refusals
    assert "既に" in again
    assert "第1版が付いています" in again


@pytest.mark.parametrize(("extends", "ends"), [(None, END), (False, END), (True, LATER)])
def test_what_ends_with_the_contract_is_extended_only_where_the_officer_says_so(
    world: World, extends: bool | None, ends: date
) -> None:
    world.worker(ends=END)
    world.worker("山田太郎", ends=DURING)
    world.use(world.place(), ends=END)
    world.device_use(world.device())
    made = amended(world, ends_on=LATER, extends=extends)
    then = after(world.facts(), made.writes)
    assert [one.ends_on for one in then.all(Assignment)] == [ends, DURING]
    assert [one.ends_on for one in then.all(LocationUse)] == [ends]
    assert [one.ends_on for one in then.all(DeviceUse)] == [None]
    asked = [one for one in made.asks if one.field == "extends"]
    assert bool(asked) is (extends is None)
    assert "extends" in {field.name for field in AMEND.fields_for(ground(world, ON), (world.contract,))}


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (SIGNED - ONE_DAY, "契約締結日（令和8年3月1日）より前です"),
        (SIGNED, ""),
        (END, ""),
        (END + ONE_DAY, "履行期間の終期（令和9年3月31日）より後です"),
    ],
)
def test_the_day_lies_between_signing_and_end(world: World, on: date, sentence: str) -> None:
    made = amended(world, on=on, title="変更後の業務")
    assert bool(made.refusals) is bool(sentence)
    assert sentence in "".join(made.refusals)


@pytest.mark.parametrize(("ends", "refused"), [(ON - ONE_DAY, True), (ON, False), (ON + ONE_DAY, False)])
def test_a_contract_is_not_shortened_to_before_the_day_of_the_change(
    world: World, ends: date, refused: bool
) -> None:
    made = amended(world, ends_on=ends)
    assert bool(made.refusals) is refused
    assert ("「契約を終える」で登録してください" in "".join(made.refusals)) is refused


def test_a_closed_contract_is_not_amended(world: World) -> None:
    world.change(world.contract, ended_on=DURING, ended_why="解除")
    (sentence,) = amended(world, title="変更後の業務").refusals
    assert "令和8年6月1日に終えたと登録されているため" in sentence
    assert not AMEND.offered(ground(world, ON), world.contract)


def test_a_second_amendment_keeps_both_and_an_earlier_one_is_refused(world: World) -> None:
    (first,) = written(amended(world, title="二つ目"), Contract)
    world.change(first)
    (second,) = written(amended(world, on=ON + ONE_DAY, title="三つ目"), Contract)
    assert [(row.was, row.until) for row in second.former] == [("架空業務", ON - ONE_DAY), ("二つ目", ON)]
    for on in (START, ON):
        (sentence,) = amended(world, on=on, title="三つ目").refusals
        assert "それより後の日まで以前の内容が登録されています" in sentence


def test_what_is_missing_is_asked_and_what_cannot_be_is_refused(world: World) -> None:
    assert [one.field for one in amended(world, on=None).asks if one.needed] == ["on"]
    nothing = amended(world)
    assert [one.text for one in nothing.asks if one.needed] == ["変わる事項を入力してください。"]
    assert not nothing.writes
    assert "変更後の特記事項も選んでください" in amended(world, replaces="own").refusals[0]
    assert "この契約にありません" in amended(world, annex="minato", replaces="hofu").refusals[0]
    assert "ありません" in "".join(amended(world, annex="no-such").refusals)
