"""情報資産 in a stock-take: counted against what should be here, and what is missing is never decided."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import Asset, Check, Incident, Location
from app.records.check import Result
from app.work.acts.plan import Ground, Plan, with_values
from app.work.acts.stock.called import Names
from app.work.acts.stock.holdings import holdings_at, unplaced
from app.work.acts.stock.rows import Seen
from app.work.acts.stock.sought import Scope, sought_at
from app.work.acts.stock.stocktake import STOCKTAKE
from app.work.acts.stock.tally import Entry, entries, tally, written
from tests.support.acting import about, new, only, planned
from tests.support.world import DURING, START, World

CATALOGUE = load()
ONE = timedelta(days=1)


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


@pytest.fixture
def room(world: World) -> Location:
    return world.place(name="保管庫")


def stored(
    world: World, place: Location | None, number: str, quantity: int = 1, day: date = START, **values: Any
) -> Asset:
    given = {"item": "申請書", "classification": "個人情報", "medium": "紙", "unit": "枚", **values}
    asset = world.add(Asset(**{"contract": world.contract.id, "number": number, **given}))
    world.event(asset, "受領", quantity, day, location=place.id if place else None)
    return asset


def looked(world: World, place: Location, *said: str, **answers: Any) -> Plan:
    return planned(world, STOCKTAKE, place, **{"seen": "\n".join(said), **answers})


def items(plan: Plan) -> dict[str, tuple[str, str]]:
    (made,) = (one.record for one in plan.writes if isinstance(one.record, Check))
    return {row.item: (row.result, row.evidence) for row in made.items}


@pytest.mark.parametrize(
    ("said", "seen", "result"),
    [
        ("A-1", Seen.UNCOUNTED, Result.UNSEEN),
        ("A-1 11", Seen.SHORT, Result.BAD),
        ("A-1 12", Seen.FOUND, Result.GOOD),
        ("A-1 12枚", Seen.FOUND, Result.GOOD),
        ("ａ－１　１２", Seen.FOUND, Result.GOOD),
        ("A-1 13", Seen.OVER, Result.BAD),
        ("A-1 0", Seen.ABSENT, Result.BAD),
        ("A-1 なし", Seen.ABSENT, Result.BAD),
        ("A-1 12個", Seen.UNKNOWN, Result.UNSEEN),
    ],
)
def test_what_was_counted_is_held_against_what_should_be_here(
    world: World, room: Location, said: str, seen: Seen, result: Result
) -> None:
    stored(world, room, "A-1", 12)
    rows = tally(world.facts(), room, DURING, said)
    assert seen in [one.seen for one in rows]
    plan = looked(world, room, said, action="数え直した")
    assert items(plan)["A-1の所在"][0] == result


def test_one_thing_needs_no_count_and_nothing_is_found_unseen(world: World, room: Location) -> None:
    stored(world, room, "A-1")
    stored(world, room, "A-2", 3)
    plan = looked(world, room, "A-1")
    assert items(plan) == {"A-1の所在": ("適", "現物 1枚（登録1枚）"), "A-2の所在": ("未確認", "")}
    assert about((one.text for one in plan.asks), "A-2", "未確認")
    (made,) = new(plan, Check)
    assert not made.finished
    assert made.subject == "PC・媒体と情報資産の現物確認（棚卸）"
    assert made.contract_ids == (world.contract.id,)


def test_what_is_missing_offers_the_accident_and_decides_nothing(world: World, room: Location) -> None:
    short = stored(world, room, "A-1", 12)
    assert not looked(world, room, "A-1 10").ready, "what does not fit needs its measure"
    plan = looked(world, room, "A-1 10", action="探している")
    assert "12枚のうち10枚がありました。2枚が見当たりません。" in about(plan.draft.remarks, "A-1")
    (follow,) = plan.draft.follows
    assert (follow.act, follow.ids, follow.said) == ("lose-asset", (short.id,), {"quantity": 2})
    assert not new(plan, Incident)
    gone = stored(world, room, "A-2", 3)
    plan = looked(world, room, "A-1 12", "A-2 なし", action="探している")
    (follow,) = plan.draft.follows
    assert (follow.ids, follow.said) == ((gone.id,), {"quantity": 3})
    both = looked(world, room, "A-1 10", "A-2 なし", action="探している").draft.follows
    assert [(one.ids, one.said) for one in both] == [((short.id, gone.id), {})]


def test_only_what_is_held_here_and_can_be_counted_is_looked_for(world: World, room: Location) -> None:
    other = world.place(name="別室")
    stored(world, room, "A-1", 10)
    stored(world, other, "A-2")
    stored(world, room, "A-3", medium="電子データ")
    stored(world, None, "A-4")
    part = stored(world, room, "A-5", 10)
    world.event(part, "持出", 4, DURING)
    back = stored(world, room, "A-6", 2)
    world.event(back, "返還", 2, DURING, from_party="当社", to_party="架空市")
    held = {one.asset.number: one.here for one in holdings_at(world.facts(), room, DURING)}
    assert held == {"A-1": 10, "A-5": 6}
    assert [one.number for one in unplaced(world.facts(), [world.contract.id], DURING)] == ["A-4"]
    plan = looked(world, room, "A-1 10", "A-5 6")
    assert about(plan.draft.remarks, "A-4", "どの場所の現物確認にも入りません")
    before = {one.asset.number: one.here for one in holdings_at(world.facts(), room, DURING - ONE)}
    assert before == {"A-1": 10, "A-5": 10, "A-6": 2}


@pytest.mark.parametrize(("on", "there"), [(-1, False), (0, True), (1, True)])
def test_what_comes_in_is_looked_for_from_that_day(
    world: World, room: Location, on: int, there: bool
) -> None:
    stored(world, room, "A-1", day=DURING)
    assert bool(sought_at(world.facts(), room, DURING + on * ONE)) is there


def test_what_should_not_be_here_is_told_in_one_sentence_each(world: World, room: Location) -> None:
    other = world.place(name="別室")
    stored(world, room, "A-1")
    stored(world, other, "A-2")
    stored(world, room, "A-3", medium="電子データ")
    stored(world, None, "A-4")
    out = stored(world, room, "A-5", 2)
    world.event(out, "持出", 2, DURING)
    back = stored(world, room, "A-6", 2)
    world.event(back, "返還", 2, DURING, from_party="当社", to_party="架空市")
    plan = looked(world, room, "A-1", "A-2", "A-3", "A-4", "A-5", "A-6", action="確認中")
    assert {name: result for name, (result, _evidence) in items(plan).items()} == {
        "A-1の所在": "適",
        **{f"A-{number}の所在": "不適" for number in range(2, 7)},
    }
    remarks = plan.draft.remarks
    assert "別室" in about(remarks, "A-2は")
    assert "現物確認の対象ではありません" in about(remarks, "A-3は")
    assert "保管場所の登録がありません" in about(remarks, "A-4は")
    assert "持出し中" in about(remarks, "A-5は")
    assert "残数量のない登録" in about(remarks, "A-6は")
    assert [(one.act, one.ids) for one in plan.draft.follows] == [("check-in-asset", (out.id,))]


def test_what_is_looked_for_is_chosen_by_kind_and_contract(world: World, room: Location) -> None:
    stored(world, room, "A-1")
    world.device_use(world.device(control_number="PC-1"), location=room.id)
    for scope, wanted in (
        (Scope.BOTH, {"PC-1の所在", "A-1の所在"}),
        (Scope.DEVICES, {"PC-1の所在"}),
        (Scope.ASSETS, {"A-1の所在"}),
    ):
        number = next(iter(sorted(wanted))).removesuffix("の所在")
        assert set(items(looked(world, room, number, scope=scope.value))) == wanted
    besides = looked(world, room, "PC-1", "A-1", scope=Scope.DEVICES.value)
    assert about(besides.draft.remarks, "A-1", "今回の対象ではありません")
    other = world.add(with_values(world.contract, id=0, number="R8-002"))
    stored(world, room, "A-9", contract=other.id)
    assert set(items(looked(world, room, "A-9", contract=other.id))) == {"A-9の所在"}
    nothing = looked(world, world.place(name="空室"), "A-1", scope=Scope.ASSETS.value)
    assert "情報資産が登録されていません" in only(nothing)


def test_what_was_broken_off_is_gone_on_with_its_counts(world: World, room: Location) -> None:
    for number, quantity in (("A-1", 12), ("A-2", 3), ("A-3", 5), ("A-4", 1200)):
        stored(world, room, number, quantity)
    begun = looked(world, room, "A-1 10", "A-2 なし", "A-4 1,200", action="確認中", on=DURING)
    (made,) = new(begun, Check)
    world.add(with_values(made, id=0))
    later = DURING + ONE
    ground = Ground(world.facts(), world.catalogue, world.forms, later)
    given = STOCKTAKE.given(ground, (room,))
    assert entries(str(given["seen"])) == (Entry("A-1 10"), Entry("A-2", absent=True), Entry("A-4 1200"))
    assert given["scope"] == Scope.BOTH
    plan = planned(world, STOCKTAKE, room, today=later, seen=f"{given['seen']}\nA-3 5")
    assert items(plan)["A-1の所在"] == ("不適", "現物 10枚（登録12枚）")
    (write,) = plan.writes
    assert isinstance(write.record, Check)
    assert (write.before is not None, write.record.finished) == (True, True)


def test_a_number_never_becomes_another_with_its_count(world: World) -> None:
    first, longer = (stored(world, None, number, 200) for number in ("A-0001", "A-000112"))
    facts = world.facts()
    for said, thing, quantity in (
        ("A-0001 12", first, 12),
        ("A-000112", longer, None),
        ("A000112", longer, None),
        ("A-0001 1,200", first, 1200),
        ("A-0001 2.5", first, Decimal("2.5")),
    ):
        held = Names(facts).called(said)
        assert held is not None
        assert (held.thing, held.quantity) == (thing, quantity)
    assert Names(facts).called("A0001 12") is None, "twelve of the one, or the other: nobody can tell"
    assert Names(facts).called("") is None
    sealed = stored(world, None, "A-7", identifier="SEAL-77")
    held = Names(world.facts()).called("seal77")
    assert held is not None
    assert held.thing.id == sealed.id


def test_counts_are_said_again() -> None:
    said = (Entry("A-1", quantity=12), Entry("A-2", absent=True), Entry("PC-1"))
    assert written(said) == "A-1 12\nA-2 なし\nPC-1"
    assert entries("A-1 1,200、PC-1,PC-2") == (Entry("A-1 1200"), Entry("PC-1"), Entry("PC-2"))
