"""Nothing is kinder than what the verification of a disposal came to: all methods, media and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.duties.case import Case, FormFace, MissingFact, MissingFactsError
from app.duties.checks import findings
from app.duties.finding import Finding
from app.duties.holding.balance import balance
from app.duties.view import ContractView
from app.records import Asset, Device, Disposal, Vendor
from app.records.amounts import Amount
from app.records.disposal import DisposalLine, LineResult, Method, Outcome
from tests.support.world import AFTER, DURING, World

DAY = timedelta(days=1)
CERTIFICATE = "disposal-certificate"
DESTROYED = {"裁断", "溶解", "焼却", "物理的破壊"}
WORKS: Mapping[str, set[str]] = {
    "紙": {"裁断", "溶解", "焼却"},
    "USBメモリ": {"物理的破壊", "データ消去ソフトウェアによる消去", "暗号化消去"},
    "光学媒体": {"物理的破壊", "裁断", "焼却"},
    "外付HDD": {"物理的破壊", "磁気消去", "データ消去ソフトウェアによる消去", "暗号化消去"},
    "電子データ": {"物理的破壊", "磁気消去", "データ消去ソフトウェアによる消去", "暗号化消去"},
}
"""What can work at all on a medium; degaussing of data of which nobody knows where it was is a doubt."""
OTHER = "その他：溶融"
METHODS = (*map(str, Method), OTHER)
OUTCOMES = ("", *map(str, Outcome))
BOTH = tuple(product(METHODS, OUTCOMES))
TOLD: dict[str, Any] = {"tool": "消去機甲", "tool_version": "1.0", "verification": "全領域の読出し"}


@pytest.fixture
def world(shipped: Catalogue, forms: Mapping[str, FormFace]) -> World:
    made = World(shipped, forms)
    made.add(
        Vendor(
            name="架空データ株式会社",
            address="架空市1-2-3",
            representative_title="代表取締役",
            representative_name="𠮷野太郎",
        )
    )
    return made


def dispose(world: World, asset: Asset, method: str, outcome: str, **values: Any) -> Disposal:
    given = {**TOLD, "verification_result": "別紙のとおり", **values}
    return world.disposal(asset, method=method, outcome=outcome, **given)


def held(world: World, asset: Asset) -> Amount:
    (one,) = (one for one in balance(world.facts(), world.contract.id) if one.asset.id == asset.id)
    return one.held


def missing(world: World, forms: Mapping[str, FormFace], *disposals: Disposal) -> tuple[MissingFact, ...]:
    """What keeps the certificate of these disposals from being made."""
    only = tuple(f"disposal:{one.id}" for one in disposals)
    case = Case(world.facts(), world.catalogue, world.contract, DURING + 9 * DAY, only, forms=forms)
    try:
        forms[CERTIFICATE].gather(case)
    except MissingFactsError as error:
        return error.missing
    return ()


def seen(world: World, name: str) -> list[Finding]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING + 9 * DAY)
    return [one for one in findings(view) if one.check == name]


def passed(method: str, outcome: str) -> bool:
    return outcome == "合格" or (outcome == "" and method in DESTROYED)


@pytest.mark.parametrize(("method", "outcome"), BOTH)
@pytest.mark.parametrize("medium", WORKS)
def test_only_what_was_passed_leaves_the_balance_and_is_certified(
    world: World, forms: Mapping[str, FormFace], method: str, outcome: str, medium: str
) -> None:
    asset = world.received(medium=medium)
    gone = dispose(world, asset, method, outcome)
    fits = method == OTHER or method in WORKS[medium]
    ended = passed(method, outcome)

    assert held(world, asset) == (0 if ended else 1)
    stopped = missing(world, forms, gone)
    assert bool(stopped) is not (ended and fits)
    assert {(one.record, one.id) for one in stopped} <= {("disposal", gone.id)}
    assert [one.id for one in seen(world, "disposal-not-passed")] == ([] if ended else [gone.id])
    assert [one.id for one in seen(world, "disposal-misfit")] == ([] if fits else [gone.id])
    assert ("method_reason" in {one.path for one in world.problems(gone)}) is not fits
    assert [one.path for one in world.problems(replace(gone, method_reason="発注者の指定による"))] == []


@pytest.mark.parametrize(("method", "outcome"), BOTH)
def test_no_duty_is_fulfilled_by_what_was_not_passed(shipped: Catalogue, method: str, outcome: str) -> None:
    world = World(shipped)
    asset = world.received(medium="USBメモリ", classification="個人情報")
    dispose(world, asset, method, outcome)
    world.issue(CERTIFICATE, on=DURING, submitted=DURING)
    satisfied = {
        kind
        for kind, when in (
            ("disposal", "each-time"),
            ("disposal", "on-completion"),
            (CERTIFICATE, "each-time"),
        )
        if world.duty(AFTER, kind, when).state is State.SATISFIED
    }
    good = passed(method, outcome) and method in WORKS["USBメモリ"]
    assert satisfied == ({"disposal", CERTIFICATE} if good else set())
    ended = world.change(world.contract, ended_on=DURING + DAY, ended_why="解除")
    assert bool(world.problems(ended)) is not (passed(method, outcome) and (good or method == OTHER))


@pytest.mark.parametrize("status", ["予定", "実績"])
@pytest.mark.parametrize(("method", "outcome"), BOTH)
def test_an_outcome_is_asked_for_where_nothing_can_be_seen(method: str, outcome: str, status: str) -> None:
    line = DisposalLine(asset=1, item="控え", medium="紙", quantity=1, unit="枚", result=_result(status))
    day = DURING
    made = Disposal(
        contract=1, status=status, done_on=day, method=method, lines=(line,), responsible=1, outcome=outcome
    )
    asked = bool(outcome) if status == "予定" else not outcome and method not in DESTROYED
    assert set(Disposal.spec.check(made)) == ({"outcome"} if asked else set())
    assert set(Disposal.spec.check(replace(made, lines=(replace(line, outcome=outcome),), outcome=""))) == (
        {"lines.1.outcome" if status == "予定" else "outcome"} if asked else set()
    )


def _result(status: str) -> str:
    return "完了" if status == "実績" else ""


def test_one_line_may_differ_from_the_rest(world: World, forms: Mapping[str, FormFace]) -> None:
    good, bad = world.received(medium="USBメモリ"), world.received(medium="USBメモリ", item="控え")
    gone = world.disposal(good, bad, method="データ消去ソフトウェアによる消去", **TOLD)
    first, second = gone.lines
    gone = world.change(gone, lines=(first, replace(second, outcome="不合格")))
    assert (held(world, good), held(world, bad)) == (0, 1)
    (one,) = (one for one in missing(world, forms, gone) if one.field == "outcome")
    assert "控え（USBメモリ）" in one.sentence
    assert "確認の判定が「不合格」" in one.sentence


def test_what_was_done_again_and_passed_is_over(world: World, forms: Mapping[str, FormFace]) -> None:
    asset = world.received(medium="USBメモリ")
    first = dispose(
        world, asset, "データ消去ソフトウェアによる消去", "不合格", verification_result="不一致12件"
    )
    again = dispose(world, asset, "物理的破壊", "", done=DURING + DAY, verification_result="")
    assert held(world, asset) == 0
    assert missing(world, forms, first, again) == ()
    assert seen(world, "disposal-not-passed") == []


@pytest.mark.parametrize("outcome", ["不合格", "未確認"])
def test_what_was_done_again_without_passing_is_not_over(
    world: World, forms: Mapping[str, FormFace], outcome: str
) -> None:
    asset = world.received(medium="USBメモリ")
    first = dispose(world, asset, "暗号化消去", "不合格")
    dispose(world, asset, "暗号化消去", outcome, done=DURING + DAY)
    assert held(world, asset) == 1
    assert missing(world, forms, first)
    assert len(seen(world, "disposal-not-passed")) == 2


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("不一致あり（12件）", True),
        ("一部に異常", True),
        ("エラー10件", True),
        ("残存あり", True),
        ("不一致なし", False),
        ("異常なし", False),
        ("エラー0件", False),
        ("残存データなし", False),
        ("", False),
    ],
)
def test_a_certificate_never_denies_itself(
    world: World, forms: Mapping[str, FormFace], told: str, denied: bool
) -> None:
    """Its first page says that nothing can be read; the free remark stands on its sheet of items."""
    asset = world.received(medium="紙")
    gone = dispose(world, asset, "裁断", "合格", verification_result=told)
    assert [one.field for one in missing(world, forms, gone)] == (["verification_result"] if denied else [])


@pytest.mark.parametrize(("left", "refused"), [(0, True), (1, False), (2, False)])
def test_nothing_is_disposed_of_that_is_not_there(world: World, left: int, refused: bool) -> None:
    """A failed attempt moves no balance, and is no way round it."""
    asset = world.received(2, medium="USBメモリ")
    if left < 2:
        world.event(
            asset, "返還", 2 - left, day=DURING - DAY, to_party="架空市", from_party="当社", method="手渡し"
        )
    for outcome in ("合格", "不合格", "未確認"):
        gone = dispose(world, asset, "暗号化消去", outcome)
        paths = [one.path for one in world.problems(gone)]
        assert paths == (["lines.1.quantity"] if refused else [])
        world.remove(gone)


def test_a_failed_attempt_and_its_repetition_may_share_a_day(world: World) -> None:
    asset = world.received(medium="USBメモリ")
    first = dispose(world, asset, "暗号化消去", "不合格")
    again = dispose(world, asset, "物理的破壊", "合格")
    assert world.problems(first, again) == ()


def test_a_machine_that_was_not_passed_is_not_gone(world: World, forms: Mapping[str, FormFace]) -> None:
    device = world.add(Device(control_number="PC-900", kind="USBメモリ", owner="自社", serial="S-1"))
    world.device_use(device)
    line = DisposalLine(
        device=device.id, item="作業データ", medium="USBメモリ", quantity=1, unit="個", result=LineResult.DONE
    )
    for outcome, gone in (("合格", True), ("未確認", False), ("不合格", False)):
        held_one = dispose(world, world.asset(), "データ消去ソフトウェアによる消去", outcome)
        held_one = world.change(held_one, lines=(line,))
        assert bool(missing(world, forms, held_one)) is not gone
        assert bool(seen(world, "device-retired-in-use")) is gone
        world.remove(held_one)
