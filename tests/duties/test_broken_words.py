"""Words that say there is nothing yet are no statement of what was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.kinds import State
from app.records.check import CheckItem
from tests.support.world import AFTER, DURING, World

DAY = timedelta(days=1)
NOTHING = ["なし", "未設定", "検討中。", "来月実施する予定", "―"]


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize(
    ("annex", "clause", "kind", "name"),
    [
        ("kimitsu-hoji", "第6条第8項(3)ア", "access-control", "authentication"),
        ("hofu", "第4第1項四", "access-control", "access_rights"),
        ("kimitsu-hoji", "第6条第8項(3)ウ", "access-log", "monitoring"),
    ],
)
def test_a_system_that_says_none_has_none(
    world: World, annex: str, clause: str, kind: str, name: str, text: str
) -> None:
    world.under(annex)
    given = {"authentication": "ICカード", "access_rights": "担当者別", "monitoring": "24時間監視"}
    system = world.system(administrator=world.worker().id, **given)
    assert world.under_clause(DURING, clause, kind).state is State.SATISFIED
    world.change(system, **{name: text})
    assert world.under_clause(DURING, clause, kind).state is State.DUE


@pytest.mark.parametrize("action", ["鍵を交換した", *NOTHING])
@pytest.mark.parametrize(("annex", "clause"), [("minato", "第1条"), ("besshi-44", "22")])
def test_what_is_to_be_done_is_not_mended(world: World, annex: str, clause: str, action: str) -> None:
    world.under(annex)
    world.check(
        "安全管理措置",
        measures=("組織的", "人的", "物理的", "技術的"),
        items=(CheckItem(item="施錠", result="不適"),),
        action=action,
    )
    assert world.under_clause(DURING, clause, "security-measures").state is State.DUE


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        ("再点検で不備なし", State.SATISFIED),
        ("効果を確認した", State.SATISFIED),
        ("効果なし", State.DUE),
        ("効果が認められない", State.DUE),
        ("不十分", State.DUE),
        ("確認中", State.DUE),
    ],
)
def test_an_improvement_in_vain_is_none(world: World, effect: str, state: State) -> None:
    for annex, clause in (("besshi-44", "30"), ("hofu", "第10")):
        own = World(world.catalogue)
        own.under(annex)
        days = {"due_on": DURING - DAY, "done_on": DURING - DAY, "discussed_on": DURING - 2 * DAY}
        own.improvement(DURING - 5 * DAY, action="鍵の交換", owner="佐藤", effect=effect, **days)
        assert own.under_clause(DURING, clause, "improvement").state is state


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ("入館証を返却", State.SATISFIED),
        ("なし", State.SATISFIED),
        ("未返却", State.OVERDUE),
        ("後日返却予定", State.OVERDUE),
    ],
)
def test_what_a_leaver_is_to_give_back_is_not_back(world: World, given: str, state: State) -> None:
    world.under("besshi-44")
    leaver = world.worker(left_on=DURING - DAY)
    world.oath(leaver, signed=DURING - DAY, kind="退職時", given_back=given)
    assert world.under_clause(DURING, "8", "retirement-secrecy").state is state


@pytest.mark.parametrize("text", ["検討中", "なし"])
def test_an_incident_is_not_over_by_a_plan(world: World, text: str) -> None:
    world.under("besshi-44")
    found = DURING - 5 * DAY
    given = {
        "containment": "回収した",
        "contained_on": found,
        "prevention": "二重確認",
        "prevention_on": found,
    }
    incident = world.incident("漏えい", found=found, **given)
    assert world.under_clause(DURING, "38", "incident-followup").state is State.SATISFIED
    for name in ("containment", "prevention"):
        world.change(incident, **{name: text})
        assert world.under_clause(DURING, "38", "incident-followup").state is State.DUE


@pytest.mark.parametrize(
    ("kind", "state"),
    [("指示", State.SATISFIED), ("協議", State.CONFIRM), ("報告の求め", State.CONFIRM)],
)
@pytest.mark.parametrize(("annex", "clause"), [("kawaguchi", "特記事項 第11"), ("minato", "第10条")])
def test_only_an_order_lets_anything_stay_behind(
    world: World, annex: str, clause: str, kind: str, state: State
) -> None:
    world.under(annex)
    world.received()
    said = world.instruction(kind, date(2027, 3, 1), written=True)
    world.change(world.contract, closing_instruction=said.id)
    assert world.under_clause(AFTER, clause, "return").state is state
