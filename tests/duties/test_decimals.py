"""Quantities with decimals in the balance, at the door, against an approval and on paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.duties.holding.balance import balance, whereabouts
from app.records import Asset
from app.records.amounts import Amount
from app.records.approval import ApprovalSubject
from app.records.incident import IncidentAsset
from tests.support.world import DURING, END, World

HALF, THIRD = Decimal("12.5"), Decimal("0.001")


def weighed(world: World, quantity: Amount) -> Asset:
    asset = world.asset(unit="kg")
    world.event(asset, "受領", quantity, from_party="架空市", to_party="当社")
    return asset


def held(world: World, asset: Asset) -> Amount:
    return next(one.held for one in balance(world.facts(), world.contract.id) if one.asset == asset)


def test_weights_come_and_go_without_a_rest(world: World) -> None:
    asset = weighed(world, Decimal("0.3"))
    for part in ("0.1", "0.1", "0.1"):
        given = world.event(asset, "返還", Decimal(part), END, to_party="架空市")
        assert world.problems(given) == ()
    assert held(world, asset) == 0


@pytest.mark.parametrize(("more", "refused"), [(-THIRD, False), (Decimal(0), False), (THIRD, True)])
def test_not_a_gram_more_than_was_held_is_destroyed(world: World, more: Decimal, refused: bool) -> None:
    asset = weighed(world, HALF)
    disposal = world.disposal(asset, quantity=HALF + more)
    problems = [one for one in world.problems(disposal) if "超えます" in one.sentence]
    assert bool(problems) is refused
    if refused:
        assert "（12.5kg）を超えます" in problems[0].sentence
    else:
        assert held(world, asset) == -more


def test_what_is_with_others_is_told_without_zeros(world: World) -> None:
    asset = weighed(world, HALF)
    for part in ("1.5", "0.5"):
        world.event(asset, "引渡", Decimal(part), DURING, from_party="当社", to_party="架空運輸")
    (one,) = (one for one in balance(world.facts(), world.contract.id) if one.asset == asset)
    assert whereabouts(one) == "架空運輸に渡した2kg"


def test_half_a_piece_is_refused_in_every_record(world: World) -> None:
    sheets = world.received(3)
    event = world.event(sheets, "使用")
    said = f"{sheets.number}の数量「0.5」は小数です。単位「枚」のものは、整数で入力してください。"
    half = Decimal("0.5")
    broken = world.change(event, quantity=half)
    assert [(one.path, one.sentence) for one in world.problems(broken)] == [("quantity", said)]
    world.change(broken, quantity=1)
    approval = world.approval("持出", subjects=(ApprovalSubject(asset=sheets.id, quantity=half),))
    assert [(one.path, one.sentence) for one in world.problems(approval)] == [("subjects.1.quantity", said)]
    machine = world.approval("機器持出", subjects=(ApprovalSubject(device=world.device().id, quantity=half),))
    assert [one.path for one in world.problems(machine)] == ["subjects.1.quantity"]
    words = world.approval("持出", subjects=(ApprovalSubject(item="溶解する書類", quantity=half),))
    assert world.problems(words) == ()
    incident = world.change(world.incident(), assets=(IncidentAsset(asset=sheets.id, quantity=half),))
    assert [(one.path, one.sentence) for one in world.problems(incident)] == [("assets.1.quantity", said)]


def test_the_unit_of_what_was_weighed_does_not_become_a_piece(world: World) -> None:
    asset = weighed(world, HALF)
    assert world.problems(replace(asset, unit="g")) == ()
    (problem,) = world.problems(replace(asset, unit="枚"))
    assert problem.path == "unit"
    only_destroyed = world.asset(unit="kg")
    world.event(only_destroyed, "受領", 13)
    world.disposal(only_destroyed, quantity=HALF)
    assert [one.path for one in world.problems(replace(only_destroyed, unit="枚"))] == ["unit"]
