"""What a check found wanting proves nothing until it is found right; what is only planned is not done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.records import Check, Improvement
from app.records.audit import Finding
from app.records.check import CheckItem
from tests.support.world import BEFORE, DURING, START, World

DAY = timedelta(days=1)
ALL_FOUR = ("組織的", "人的", "物理的", "技術的")
LOCKED, CLEAN = "書庫の施錠", "机上の整理"
PLANS = [
    "検討する",
    "対策を検討します",
    "来年導入する",
    "来月実施",
    "来年度に対応",
    "交換の予定です",
    "今後は施錠する",
    "わからない",
    "原因は不明である",
]


def check(world: World, result: str, on: date, *, item: str = LOCKED, **values: Any) -> Check:
    row = CheckItem(item=item, measure="物理的", result=result)
    given = {"measures": ALL_FOUR, "action": "錠を交換した" if result == "不適" else "", **values}
    return world.check("安全管理措置", on=on, items=(row,), **given)


def state(world: World, day: date = DURING) -> State:
    return world.duty(day, "security-measures", "standing").state


@pytest.mark.parametrize(
    ("again", "found"),
    [(START - DAY, State.DUE), (START + DAY, State.SATISFIED), (DURING + DAY, State.DUE)],
)
def test_only_a_later_check_by_the_day_finds_it_right(world: World, again: date, found: State) -> None:
    check(world, "適", again) if again < START else None
    check(world, "不適", START)
    check(world, "適", again) if again > START else None
    assert state(world) is found


@pytest.mark.parametrize(
    ("result", "item", "found"),
    [
        ("適", LOCKED, State.SATISFIED),
        ("適", f" {LOCKED} ", State.SATISFIED),
        ("適", CLEAN, State.DUE),
        ("不適", LOCKED, State.DUE),
        ("対象外", LOCKED, State.DUE),
    ],
)
def test_the_same_item_has_to_be_found_right(world: World, result: str, item: str, found: State) -> None:
    check(world, "不適", BEFORE)
    check(world, result, START, item=item)
    assert state(world) is found


def test_what_has_lapsed_was_not_put_right_by_that(world: World) -> None:
    world.change(world.contract, starts_on=date(2024, 4, 1))
    check(world, "不適", date(2024, 5, 1))
    check(world, "適", START, item=CLEAN)
    duty = world.duty(DURING, "security-measures", "standing")
    assert duty.state is State.DUE
    assert LOCKED in duty.missing[0].text


def test_what_was_out_of_place_was_not_seen(world: World) -> None:
    rows = tuple(CheckItem(item=one, measure=one, result="適") for one in ALL_FOUR[:3])
    last = CheckItem(item="通信", measure="技術的", result="対象外")
    held = world.check("安全管理措置", items=(*rows, last))
    duty = world.duty(DURING, "security-measures", "standing")
    assert duty.state is State.DUE
    assert "技術的" in duty.missing[0].text
    world.change(held, items=(*rows, CheckItem(item="通信", measure="技術的", result="適")))
    assert world.duties(DURING)[0].state is State.SATISFIED


@pytest.mark.parametrize(
    ("kind", "when", "duty"),
    [("保管状況", "standing", "backup-check"), ("安全管理措置", "standing", "security-measures")],
)
def test_a_check_of_nothing_is_none(world: World, kind: str, when: str, duty: str) -> None:
    world.backup(BEFORE)
    row = CheckItem(item="保管庫", result="対象外")
    held = world.check(kind, items=(row,), measures=ALL_FOUR)
    asks = {"items": ("保管状況",)} if duty == "backup-check" else {}
    assert world.duty(DURING, duty, when, **asks).state is not State.SATISFIED
    world.change(held, items=(CheckItem(item="保管庫", result="適"),))
    assert world.duties(DURING)[0].state is State.SATISFIED


@pytest.mark.parametrize(
    ("kind", "when", "duty"),
    [("保管状況", "standing", "backup-check"), ("安全管理措置", "standing", "security-measures")],
)
def test_a_check_that_was_broken_off_is_none_and_what_it_found_is_wanting(
    world: World, kind: str, when: str, duty: str
) -> None:
    world.backup(BEFORE)
    seen, open_one = (
        CheckItem(item="PC-001の所在", result="適"),
        CheckItem(item="PC-002の所在", result="未確認"),
    )
    held = world.check(kind, items=(seen, open_one), measures=ALL_FOUR)
    asks = {"items": ("保管状況",)} if duty == "backup-check" else {}
    assert world.duty(DURING, duty, when, **asks).state is not State.SATISFIED
    bad = CheckItem(item="PC-001の所在", result="不適")
    world.change(held, items=(bad, open_one), action="照会した")
    gaps = " ".join(one.text for one in world.duties(DURING)[0].missing)
    assert "PC-001の所在" in gaps
    world.change(held, items=(seen, CheckItem(item="PC-002の所在", result="適")), action="")
    assert world.duties(DURING)[0].state is State.SATISFIED


@pytest.mark.parametrize(
    ("finding", "effect", "found"),
    [
        (LOCKED, "施錠を確かめた", State.SATISFIED),
        (f"{LOCKED}の徹底", "施錠を確かめた", State.SATISFIED),
        ("別の話", "施錠を確かめた", State.DUE),
        (LOCKED, "", State.DUE),
        (LOCKED, "来月確認する", State.DUE),
        (LOCKED, "効果なし", State.DUE),
    ],
)
def test_an_improvement_mends_the_item_that_it_names(
    world: World, finding: str, effect: str, found: State
) -> None:
    rows = tuple(CheckItem(item=one, result="不適") for one in (LOCKED, CLEAN))
    held = world.check("安全管理措置", measures=ALL_FOUR, items=rows, action="直した")
    check(world, "適", START, item=CLEAN)
    world.add(
        Improvement(
            source="自己点検",
            own_check=held.id,
            found_on=BEFORE,
            finding=finding,
            done_on=START,
            effect=effect,
        )
    )
    assert state(world) is found


def test_a_law_found_broken_is_not_kept_by_an_older_word(world: World) -> None:
    world.rule(kind="法令")
    bad = (CheckItem(item="法第25条", result="不適"),)
    held = world.check("法令等の遵守", on=DURING, items=bad, action="是正した")
    world.attest(on=START)
    assert world.duty(DURING, "law", "standing").state is State.DUE
    world.check("法令等の遵守", on=DURING, items=(CheckItem(item="法第25条", result="適"),))
    assert world.duties(DURING)[0].state is State.SATISFIED
    assert held.good is False


# what is only planned


@pytest.mark.parametrize("text", PLANS)
def test_an_anomaly_to_be_looked_into_leaves_a_doubt(world: World, text: str) -> None:
    review = world.review(world.system(monitoring="24時間監視"), anomalies=True, action="遮断した")
    asks = {"items": ("分析",)}
    assert world.duty(DURING, "access-log", "standing", **asks).state is State.SATISFIED
    world.change(review, action=text)
    assert world.duties(DURING)[0].state is State.CONFIRM
    assert text in world.duties(DURING)[0].missing[0].text


@pytest.mark.parametrize("text", [*PLANS, "検討中"])
def test_an_answer_that_promises_to_think_is_a_doubt(world: World, text: str) -> None:
    row = Finding(finding="施錠", answer="施錠した", answered_on=DURING)
    audit = world.audit(findings=(row,), held_on=START)
    assert world.duty(DURING, "audit", "on-request").state is State.SATISFIED
    world.change(audit, findings=(Finding(finding="施錠", answer=text, answered_on=DURING),))
    assert world.duties(DURING)[0].state is State.CONFIRM


@pytest.mark.parametrize("text", PLANS)
@pytest.mark.parametrize("name", ["cause", "prevention", "containment"])
def test_an_incident_told_in_plans_is_a_doubt(world: World, name: str, text: str) -> None:
    given = {
        "containment": "回収した",
        "contained_on": START,
        "prevention": "二重確認",
        "prevention_on": START,
    }
    incident = world.incident("漏えい", found=START, cause="誤送信", **given)
    asks = {"items": ("原因", "再発防止", "拡大の防止")}
    assert world.duty(DURING, "incident-followup", "on-incident", **asks).state is State.SATISFIED
    world.change(incident, **{name: text})
    assert world.duties(DURING)[0].state in {State.CONFIRM, State.DUE}


@pytest.mark.parametrize(
    "text", ["検討した結果、錠を交換した", "施錠した", "全件を確認した", "翌日に回収した"]
)
def test_what_was_done_is_no_plan(world: World, text: str) -> None:
    review = world.review(world.system(monitoring="24時間監視"), anomalies=True, action=text)
    assert world.duty(DURING, "access-log", "standing", items=("分析",)).state is State.SATISFIED
    assert review.action == text
