"""How much of each asset is where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import load
from app.duties.holding.balance import balance
from app.records import Asset, Disposal, Event, Facts
from tests.support.world import DURING, END, START, World

CATALOGUE = load()


def test_received_copied_returned_and_disposed_add_up_to_what_is_held(world: World) -> None:
    asset = world.received(3)
    world.event(asset, "複写", 2, DURING)
    world.event(asset, "返還", 2, DURING)
    world.disposal(asset, done=DURING)
    (one,) = balance(world.facts(), world.contract.id)
    assert (one.received, one.copied, one.returned, one.disposed, one.held) == (3, 2, 2, 1, 2)


@pytest.mark.parametrize("kind", ["受領", "取得", "作成"])
def test_every_way_of_coming_in_counts_as_received(world: World, kind: str) -> None:
    world.event(world.asset(), kind, 4)
    assert balance(world.facts(), world.contract.id)[0].held == 4


@pytest.mark.parametrize("kind", ["返還", "引渡"])
def test_every_way_of_giving_back_counts_as_returned(world: World, kind: str) -> None:
    world.event(world.received(4), kind, 3, DURING, to_party="架空市 総務課")
    assert balance(world.facts(), world.contract.id)[0].held == 1


def test_what_was_taken_out_is_out_until_it_is_brought_back_or_handed_over(world: World) -> None:
    asset = world.received(5)
    world.event(asset, "持出", 4, DURING)
    world.event(asset, "持帰", 1, DURING, hour=12)
    assert balance(world.facts(), world.contract.id)[0].out == 3
    world.event(asset, "返還", 4, DURING, hour=15)
    assert balance(world.facts(), world.contract.id)[0].out == 1


def test_a_failed_line_destroys_nothing(world: World) -> None:
    asset = world.received(1)
    world.disposal(asset, result="不良")
    assert balance(world.facts(), world.contract.id)[0].held == 1


def test_a_past_day_shows_what_was_held_then(world: World) -> None:
    asset = world.received(2)
    world.event(asset, "返還", 2, END)
    world.disposal(world.received(1), done=DURING)
    facts = world.facts()
    assert [one.held for one in balance(facts, world.contract.id, START)] == [2, 1]
    assert [one.held for one in balance(facts, world.contract.id, DURING)] == [2, 0]
    assert [one.held for one in balance(facts, world.contract.id, END)] == [0, 0]


def test_the_place_is_where_it_was_put_last(world: World) -> None:
    first, second, elsewhere = world.place("本社"), world.place("支社"), world.place("倉庫")
    asset = world.asset()
    world.event(asset, "受領", day=START, location=first.id)
    world.event(asset, "保管場所変更", day=DURING, location=second.id)
    world.event(asset, "使用", day=END, location=elsewhere.id)
    facts = world.facts()
    assert balance(facts, world.contract.id)[0].place == second
    assert balance(facts, world.contract.id, START)[0].place == first


def test_a_disposal_of_another_contract_does_not_count(world: World) -> None:
    asset = world.received(1)
    disposal = world.disposal(asset)
    world.change(disposal, contract=999)
    assert balance(world.facts(), world.contract.id)[0].held == 1


STEPS = st.tuples(
    st.sampled_from(["受領", "複写", "使用", "持出", "持帰", "引渡", "返還", "廃棄"]),
    st.integers(1, 4),
    st.dates(START, date(2026, 4, 9)),
    st.integers(0, 23),
)


@settings(max_examples=60)
@given(steps=st.lists(STEPS, max_size=14))
def test_under_the_rules_no_balance_of_any_day_is_below_zero(steps: list[tuple[str, int, date, int]]) -> None:
    world = World(CATALOGUE)
    asset = world.asset()
    for kind, quantity, day, hour in steps:
        record: Event | Disposal
        if kind == "廃棄":
            record = world.disposal(asset, done=day, quantity=quantity)
        else:
            record = world.event(asset, kind, quantity, day, hour=hour)
        if world.problems(record):
            world.remove(record)
    facts = world.facts()
    for day in (date(2026, 4, number) for number in range(1, 10)):
        (one,) = balance(facts, world.contract.id, day)
        assert one.received + one.copied - one.returned - one.disposed == one.held >= one.out >= 0


@settings(max_examples=30)
@given(quantities=st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_the_order_of_records_does_not_change_a_balance(quantities: list[int]) -> None:
    world = World(CATALOGUE)
    asset = world.asset()
    events = [world.event(asset, "受領", quantity) for quantity in quantities]
    facts = Facts([asset, *reversed(events)])
    assert balance(facts, world.contract.id)[0].held == sum(quantities)
    assert facts.all(Asset) == (asset,)
