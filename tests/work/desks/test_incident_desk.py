"""The desk of an accident: who is to be told, three clocks, what was on it, what may not be forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.choices import Urgency
from app.duties.duty import Duty
from app.duties.evaluators.followup import _MEASURES
from app.records import Client, Incident
from app.records.days import DayOnly
from app.records.incident import IncidentAsset, IncidentKind, Statute
from app.work.acts.catalogue import ACTS
from app.work.acts.incidents import statute
from app.work.desks import incident as desk
from app.work.desks import incident_words as words
from app.work.tasks import Group, tasks
from tests.support.world import DURING, World

DAY = timedelta(days=1)


def duties(world: World, day: date = DURING) -> tuple[Duty, ...]:
    return tuple(one for one in world.duties(day) if one.kind in desk.KINDS)


def held(world: World, incident: Incident) -> Incident:
    return world.facts().get(Incident, incident.id)


def test_every_client_of_the_accident_is_called_with_what_it_was_told(world: World) -> None:
    client = world.facts().all(Client)[0]
    world.change(client, telephone="000-111-2200", contact="森下", department="保険課")
    other_client = world.add(Client(name="別市", addressee="別市長", telephone="000-333-4400"))
    other = world.add(replace(world.contract, client=other_client.id, number="R8-002", title="別の業務"))
    stick = world.device()
    rows = (IncidentAsset(device=stick.id),)
    first = world.tell(world.incident("滅失", assets=rows), "第一報（口頭・電話）", DURING)
    second = world.add(replace(first, id=0, contract=other.id, number="I-900", notices=()))
    world.incident("滅失", assets=rows, found=DURING - DAY)
    found = desk.calls(world.facts(), held(world, first), DURING)
    assert [(one.client.name, one.client.telephone) for one in found] == [
        (client.name, "000-111-2200"),
        ("別市", "000-333-4400"),
    ]
    assert found[0].who == "保険課 森下"
    assert [len(one.told) for one in found] == [1, 0]
    assert desk.siblings(world.facts(), second) == (held(world, first),)


def test_what_else_was_lost_on_the_same_day_is_no_sibling(world: World) -> None:
    other = world.add(replace(world.contract, number="R8-002", title="別の業務"))
    first = world.incident("滅失", assets=(IncidentAsset(device=world.device().id),), circumstances="あ")
    world.add(
        replace(
            first,
            id=0,
            contract=other.id,
            number="I-900",
            assets=(IncidentAsset(device=world.device().id),),
            circumstances="い",
        )
    )
    assert desk.siblings(world.facts(), first) == ()


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_clock_of_a_clause_is_that_of_its_duty(world: World, days: int) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    incident = world.incident("滅失")
    day = DURING + days * DAY
    found = desk.clocks(world.facts(), incident, duties(world, day))
    if days < 0:
        assert found == ()
        return
    (clock,) = found
    assert clock.due == DURING
    assert clock.open
    assert not clock.late


def test_a_clause_that_was_met_stays_with_what_was_late(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    incident = world.tell(world.incident("滅失"), "第一報（口頭・電話）", DURING + DAY)
    (clock,) = desk.clocks(world.facts(), held(world, incident), duties(world, DURING + 2 * DAY))
    assert not clock.open
    assert clock.due is None
    assert "期限の後" in clock.late[0]


def test_what_another_accident_lacks_is_not_told_here(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    told = world.tell(world.incident("滅失"), "第一報（口頭・電話）", DURING)
    world.incident("漏えい")
    (clock,) = desk.clocks(world.facts(), held(world, told), duties(world))
    assert not clock.open


def test_every_measure_that_a_clause_can_ask_leads_to_the_act_that_records_it() -> None:
    said = "I-001（発見令和8年6月1日）は、{}が記録されていません。"
    acts = {one.label: desk.act_for(said.format(one.label)) for one in _MEASURES}
    circumstances = acts.pop("発生時の状況")
    assert circumstances == ""
    assert set(acts.values()) == {"instructed", "tell-persons", "prevent", "contain"}
    assert set(desk._ACTS.values()) <= set(ACTS)


def test_what_clauses_ask_comes_first_by_its_day_and_what_nobody_said_after_it(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    world.clause("incident-followup", "each-time", items=("再発防止",), within_days=5)
    incident = world.incident("漏えい", recovered=False, notice_planned_on=DURING + 2 * DAY)
    clocks = desk.clocks(world.facts(), incident, duties(world))
    points = desk.points(incident, clocks, DURING)
    assert [one.act for one in points] == ["tell-client", "tell-persons", "prevent", "contain"]
    assert [one.due for one in points] == [DURING, DURING + 2 * DAY, DURING + 5 * DAY, None]
    assert "回収できていません" in points[-1].text


def test_an_annex_that_asks_nothing_leaves_what_every_accident_needs(world: World) -> None:
    incident = world.incident("漏えい")
    acts = [one.act for one in desk.points(incident, (), DURING)]
    assert acts == ["contain", "tell-persons", "prevent"]


def test_what_was_on_the_lost_thing_is_told_apart_from_what_may_have_been(world: World) -> None:
    stick, other = world.device(), world.device()
    sure, moved = world.asset(medium="電子データ", unit="件"), world.asset(medium="電子データ", unit="件")
    for asset in (sure, moved):
        world.event(asset, "作成", device=stick.id)
    world.event(moved, "使用", device=other.id, day=DURING - DAY)
    incident = world.incident("滅失", assets=(IncidentAsset(device=stick.id),))
    (content,) = desk.lost(world.facts(), incident)
    assert content.device.id == stick.id
    assert "全体を暗号化" in content.protection
    assert [one.partition("（")[0] for one in content.sure] == [sure.number]
    assert [one.partition("（")[0] for one in content.doubtful] == [moved.number]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (datetime.combine(DURING, time(9)), "発見から1時間5分"),
        (datetime.combine(DURING, time(10)), "発見から5分"),
        (datetime.combine(DURING - 2 * DAY, time(9)), "発見から2日1時間"),
        (datetime.combine(DURING, time(10, 6)), ""),
        (DayOnly(DURING), "発見はきょう（時刻なし）"),
        (DayOnly(DURING - DAY), "発見から1日"),
    ],
)
def test_how_long_ago_it_was_found(world: World, found: Any, said: str) -> None:
    incident = world.change(world.incident("滅失"), found_at=found)
    assert desk.elapsed(incident, datetime.combine(DURING, time(10, 5))) == said


def test_undecided_the_days_of_a_report_of_its_own_run_and_it_says_so(world: World) -> None:
    incident = world.incident("漏えい")
    first, full = statute.stands(incident)
    assert (first.due, first.about) == (DURING + 2 * DAY, True)
    assert full.due == date(2026, 6, 30)
    assert "決めていません" in statute.said(incident)


@pytest.mark.parametrize(
    ("decided", "titles"),
    [
        (Statute.REPORT, ["速報", "確報"]),
        (Statute.ENTRUSTER, ["発注者への通知（報告に代える）"]),
        (Statute.NONE, []),
    ],
)
def test_what_was_decided_is_what_is_counted(world: World, decided: Statute, titles: list[str]) -> None:
    incident = world.incident("漏えい", statute=str(decided))
    assert [one.title for one in statute.stands(incident)] == titles
    assert "理由の記録なし" in statute.said(incident)


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_full_report_after_its_day_stays_late(world: World, days: int, late: bool) -> None:
    done = date(2026, 7, 30) + days * DAY
    incident = world.incident("漏えい", statute=str(Statute.REPORT), wrongful=True, statute_final_on=done)
    full = statute.stands(incident)[1]
    assert full.due == date(2026, 7, 30)
    assert full.late is late


@pytest.mark.parametrize(("persons", "told"), [(999, False), (1000, False), (1001, True)])
def test_more_than_a_thousand_persons_speak_for_a_report(world: World, persons: int, told: bool) -> None:
    hints = list(statute.hints(world.facts(), world.incident("漏えい", persons=persons)))
    assert any("1,000人を超えます" in one for one in hints) is told


def test_what_is_not_known_never_speaks_against_a_report(world: World) -> None:
    hints = list(statute.hints(world.facts(), world.incident("漏えい")))
    assert any("分かっていません" in one for one in hints)


def test_it_is_counted_from_the_day_on_which_it_was_known(world: World) -> None:
    incident = world.incident("漏えい", statute_known_on=DURING + 3 * DAY)
    assert statute.known_on(incident) == DURING + 3 * DAY
    assert statute.stands(incident)[0].due == DURING + 5 * DAY


def why_uncounted(world: World, incident: Incident) -> list[str]:
    judged = duties(world)
    assert desk.clocks(world.facts(), incident, judged) == ()
    return list(words.uncounted(world.facts(), incident, desk.unmeant(incident, judged)))


def test_clauses_on_other_accidents_are_not_said_to_be_missing(world: World) -> None:
    for kind in desk.KINDS:
        world.clause(kind, "each-time", mishaps=(IncidentKind.LEAK, IncidentKind.LOSS))
    (said,) = why_uncounted(world, world.incident("毀損"))
    assert said.startswith("第1条、第2条：漏えい、滅失の事故についての条項です。")
    assert "「毀損」" in said
    assert "発注者に確かめ" in said
    assert words.NO_CLAUSE not in said


def test_a_suspicion_has_the_clock_of_a_clause_on_leaks_and_the_question_to_the_client(world: World) -> None:
    asks: dict[str, Any] = {"mishaps": (IncidentKind.LEAK, IncidentKind.LOSS), "urgency": Urgency.AT_ONCE}
    world.clause("incident-notice", "each-time", **asks)
    (clock,) = desk.clocks(world.facts(), incident := world.incident("おそれ"), duties(world))
    assert clock.due == DURING
    assert words.asked(clock).startswith("要確認：この条項は漏えい、滅失の事故について報告を求めており、")
    assert [desk.act_for(gap.text) for gap in clock.open] == ["tell-client"]
    (task,) = (one for one in tasks(world.duties(DURING)) if one.accident)
    assert task.group(DURING) is Group.ACCIDENT, "first on きょう, while nobody knows"
    world.tell(incident, "第一報（口頭・電話）", DURING)
    (clock,) = desk.clocks(world.facts(), incident, duties(world))
    assert (clock.open, words.asked(clock)) == ((), "")


def test_a_suspicion_told_by_word_alone_waits_for_what_the_client_says(world: World) -> None:
    asks: dict[str, Any] = {"mishaps": (IncidentKind.LEAK,), "urgency": Urgency.AT_ONCE, "written": True}
    world.clause("incident-notice", "each-time", **asks)
    incident = world.tell(world.incident("おそれ"), "第一報（口頭・電話）", DURING)
    (clock,) = desk.clocks(world.facts(), incident, duties(world))
    assert [desk.act_for(gap.text) for gap in clock.open] == ["instructed"]


def test_a_clause_that_means_the_accident_and_counts_nothing_is_named(world: World) -> None:
    world.clause("incident-notice", "each-time")
    (said,) = why_uncounted(world, world.incident("漏えい", found=DURING + DAY))
    assert said == f"第1条：{words.NOT_COUNTED}"


def test_a_clause_whose_option_is_off_says_so(world: World) -> None:
    world.clause("incident-notice", "each-time", options=("個人情報",))
    (said,) = why_uncounted(world, world.incident("漏えい"))
    assert "選んでいない" in said


def test_a_contract_without_any_clause_on_accidents_says_that_none_was_found(world: World) -> None:
    assert why_uncounted(world, world.incident("漏えい")) == [words.NO_CLAUSE]
