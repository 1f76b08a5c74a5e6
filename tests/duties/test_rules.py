"""What the door refuses because of several records, and the truths that it must not refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.duties.rules.over_records import rules
from app.records import Contract, Record
from app.records.contract import ContractAnnex, ContractParameter
from app.records.for_contract import ForContract
from tests.support.world import DURING, END, START, World


def sentences(world: World, *changed: Record) -> list[str]:
    return [problem.sentence for problem in world.problems(*changed)]


def paths(world: World, *changed: Record) -> list[str]:
    return [problem.path for problem in world.problems(*changed)]


def test_more_handed_back_than_held_is_refused_with_what_was_possible(world: World) -> None:
    event = world.event(world.received(3), "返還", 4, DURING)
    (sentence,) = sentences(world, event)
    assert "（3枚）を超えます" in sentence
    assert "令和8年6月1日" in sentence


@pytest.mark.parametrize(("left", "said"), [(0, "手元に残っていません"), (1, "可能な数量（1枚）を超えます")])
def test_of_what_is_gone_it_is_said_that_it_is_gone(world: World, left: int, said: str) -> None:
    asset = world.received(3)
    world.event(asset, "返還", 3 - left, DURING)
    (sentence,) = sentences(world, world.event(asset, "返還", 2, DURING, hour=12))
    assert said in sentence


def test_what_nobody_took_out_is_not_brought_back(world: World) -> None:
    (sentence,) = sentences(world, world.event(world.received(3), "持帰", 1, DURING))
    assert "持ち出したままのものがありません" in sentence


def test_more_destroyed_than_held_is_refused_at_the_line(world: World) -> None:
    disposal = world.disposal(world.received(1), quantity=2)
    assert paths(world, disposal) == ["lines.1.quantity"]


def test_what_was_not_there_yet_cannot_be_handed_back(world: World) -> None:
    asset = world.asset()
    world.event(asset, "受領", 2, END)
    assert sentences(world, world.event(asset, "返還", 1, DURING))


def test_a_receipt_cannot_be_withdrawn_once_its_quantity_was_used(world: World) -> None:
    asset = world.asset()
    receipt = world.event(asset, "受領", 2)
    world.event(asset, "返還", 2, DURING)
    world.remove(receipt)
    retired = replace(receipt, retired_at=datetime.combine(END, time()), retired_why="誤り")
    assert len(sentences(world, retired)) == 1


def test_more_taken_out_than_held_and_more_brought_back_than_out_are_refused(world: World) -> None:
    asset = world.received(2)
    out = world.event(asset, "持出", 3, DURING)
    assert sentences(world, out)
    assert not sentences(world, world.change(out, quantity=2))
    assert sentences(world, world.event(asset, "持帰", 3, DURING, hour=12))


def test_handing_over_what_was_taken_out_needs_no_return_trip(world: World) -> None:
    asset = world.received(2)
    world.event(asset, "持出", 2, DURING)
    assert not sentences(world, world.event(asset, "返還", 2, DURING, hour=12))


def test_receipt_and_return_in_one_minute_are_believed(world: World) -> None:
    asset = world.asset()
    back = world.event(asset, "返還", 1, START)
    world.event(asset, "受領", 1, START)
    assert not sentences(world, back)


def test_a_private_device_cannot_be_planned_under_a_ban(world: World) -> None:
    world.under("kimitsu-hoji")
    use = world.device_use(world.device(owner="私物"), status="予定")
    (sentence,) = sentences(world, use)
    assert "機密保持及び個人情報保護に関する特記事項第6条第6項" in sentence


def test_what_really_happened_with_a_private_device_is_recorded_with_its_reason(world: World) -> None:
    world.under("kimitsu-hoji")
    use = world.device_use(world.device(owner="私物"))
    assert paths(world, use) == ["reason"]
    assert not sentences(world, world.change(use, reason="故障した機器の代わりに使用した"))


def test_a_private_device_may_be_planned_where_no_clause_forbids_it(world: World) -> None:
    world.under("kawaguchi")
    assert not sentences(world, world.device_use(world.device(owner="私物"), status="予定"))


def test_an_asset_of_another_contract_cannot_be_disposed_of_here(world: World) -> None:
    disposal = world.disposal(world.received())
    assert paths(world, world.change(disposal, contract=999)) == ["lines.1.asset"]


def test_copies_cannot_be_copies_of_each_other(world: World) -> None:
    first = world.asset()
    second = world.asset(copy_of=first.id)
    assert not sentences(world, second)
    first = world.change(first, copy_of=second.id)
    assert paths(world, first) == ["copy_of"]


def test_a_copy_belongs_to_the_contract_of_what_was_copied(world: World) -> None:
    source = world.change(world.asset(), contract=999)
    assert "別の契約" in sentences(world, world.asset(copy_of=source.id))[0]


@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    [
        (START, None, True),
        (DURING - timedelta(days=1), END, True),
        (DURING + timedelta(days=1), None, False),
        (DURING, None, False),
        (date(2026, 1, 1), START, False),
        (date(2026, 1, 1), START + timedelta(days=1), True),
    ],
)
def test_periods_of_the_same_work_may_touch_but_not_overlap(
    world: World, starts: date, ends: date | None, refused: bool
) -> None:
    person = world.person()
    world.assign(person, starts=START, ends=DURING)
    other = world.assign(person, starts=starts, ends=ends)
    assert bool(sentences(world, other)) is refused


def test_one_place_may_serve_two_purposes_at_once(world: World) -> None:
    place = world.place()
    first = world.use(place)
    second = world.use(place)
    assert sentences(world, second)
    assert not sentences(world, world.change(second, purpose="原票の保管"), first)


def test_a_plan_and_the_fact_that_follows_it_may_stand_side_by_side(world: World) -> None:
    device = world.device()
    world.device_use(device, status="予定")
    actual = world.device_use(device)
    assert not sentences(world, actual)
    assert sentences(world, world.device_use(device))


def test_the_same_contract_twice_in_an_oath_is_refused(world: World) -> None:
    rows = (ForContract(contract=world.contract.id),) * 2
    assert paths(world, world.change(world.oath(world.person()), contracts=rows)) == ["contracts.2.contract"]


def with_annex(world: World, **values: Any) -> Contract:
    return world.change(world.contract, annexes=(ContractAnnex(**values),))


def test_an_unknown_annex_or_version_is_refused(world: World) -> None:
    assert paths(world, with_annex(world, annex="atlantis")) == ["annexes.1.annex"]
    assert paths(world, with_annex(world, annex="kimitsu-hoji", version=7)) == ["annexes.1.version"]
    assert paths(world, with_annex(world, annex="kimitsu-hoji", version=1)) == []


@pytest.mark.parametrize(
    ("annex", "clause", "name", "value", "path"),
    [
        ("kawaguchi", "第6条第4項", "days_before", "7", "annex"),
        ("kimitsu-hoji", "第99条", "days_before", "7", "clause"),
        ("kimitsu-hoji", "第6条第4項", "colour", "7", "value"),
        ("kimitsu-hoji", "第6条第4項", "days_before", "七", "value"),
        ("kimitsu-hoji", "第6条第4項", "days_before", "0", "value"),
        ("kimitsu-hoji", "第6条第4項", "submit", "someday", "value"),
        ("kimitsu-hoji", "第6条第4項", "days_before", "7", ""),
    ],
)
def test_a_setting_of_the_contract_must_fit_its_clause(
    world: World, annex: str, clause: str, name: str, value: str, path: str
) -> None:
    row = ContractParameter(annex=annex, clause=clause, name=name, value=value)
    world.under("kimitsu-hoji", parameters=(row,))
    assert paths(world, world.contract) == ([f"parameters.1.{path}"] if path else [])


def test_one_setting_stands_once_whatever_it_is_called(world: World) -> None:
    rows = tuple(
        ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name=name, value="7")
        for name in ("days_before", "何日前までか")
    )
    world.under("kimitsu-hoji", parameters=rows)
    assert paths(world, world.contract) == ["parameters.2.name"]


def test_the_rule_for_the_door_names_the_record_and_the_field(world: World) -> None:
    asset = world.received(1)
    events = [world.event(asset, "返還", 1, DURING), world.event(asset, "返還", 1, DURING)]
    (found,) = rules(world.catalogue)(world.facts(), events)
    assert (found.record, found.path) == (events[1], "quantity")
    assert found.sentence.endswith("。")


def test_retired_records_are_not_asked_about_themselves(world: World) -> None:
    asset = replace(world.asset(copy_of=1), retired_why="誤り")
    assert not sentences(world, replace(asset, retired_at=datetime.combine(END, time())))
