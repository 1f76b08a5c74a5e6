"""An incident is told to the client in time, in the stages that the annex asks for, and followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.choices import Urgency
from app.annexes.kinds import State
from app.duties.duty import Action
from app.duties.papers.claims import Stage
from app.records import Incident
from app.records.contract import ContractParameter
from app.records.incident import IncidentAsset
from tests.support.papers import FORMS, paper
from tests.support.world import AFTER, DURING, World

FIRST, WRITTEN = "第一報（口頭・電話）", "書面報告"
NEXT = DURING + timedelta(days=1)
THIRD = DURING + timedelta(days=3)
WEEK = DURING + timedelta(days=7)


def notice(world: World, day: date, number: str = "37") -> tuple[State, date | None]:
    duty = world.under_clause(day, number, "incident-notice")
    return duty.state, duty.due


@pytest.fixture
def besshi(world: World) -> World:
    world.under("besshi-44")
    return world


def test_at_once_is_the_same_day_and_the_paper_follows_within_three_days(besshi: World) -> None:
    incident = besshi.incident()
    assert notice(besshi, DURING) == (State.DUE, DURING)
    assert notice(besshi, NEXT) == (State.OVERDUE, DURING)
    besshi.tell(incident, FIRST, DURING)
    assert notice(besshi, NEXT) == (State.DUE, THIRD)
    assert notice(besshi, THIRD) == (State.DUE, THIRD)
    assert notice(besshi, THIRD + timedelta(days=1)) == (State.OVERDUE, THIRD)
    besshi.tell(incident, WRITTEN, THIRD)
    assert notice(besshi, THIRD + timedelta(days=1)) == (State.SATISFIED, None)
    assert besshi.under_clause(WEEK, "37", "incident-notice").remarks == ()


def test_both_times_are_the_evidence_and_the_deadline_shows_its_arithmetic(besshi: World) -> None:
    incident = besshi.incident()
    besshi.tell(incident, FIRST, DURING)
    duty = besshi.under_clause(NEXT, "37", "incident-notice")
    assert "令和8年6月1日の翌日から起算して3日目の令和8年6月4日" in duty.counted
    assert "想定" in duty.counted
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "incident-full")
    besshi.tell(incident, WRITTEN, NEXT)
    duty = besshi.under_clause(NEXT, "37", "incident-notice")
    assert [(e.record, e.on) for e in duty.evidence] == [("incident", DURING), ("incident", NEXT)]


def test_a_number_set_by_the_contract_is_no_assumption(besshi: World) -> None:
    own = ContractParameter(annex="besshi-44", clause="37", name="then_days", value="5")
    besshi.under("besshi-44", parameters=(own,))
    besshi.tell(besshi.incident(), FIRST, DURING)
    duty = besshi.under_clause(NEXT, "37", "incident-notice")
    assert duty.due == DURING + timedelta(days=5), "a Saturday"
    assert "想定" not in duty.counted


def test_a_late_first_notice_satisfies_and_says_so(besshi: World) -> None:
    incident = besshi.incident()
    besshi.tell(incident, FIRST, NEXT)
    besshi.tell(incident, WRITTEN, THIRD)
    duty = besshi.under_clause(WEEK, "37", "incident-notice")
    assert duty.state is State.SATISFIED
    assert "1件の報告が期限に遅れました" in duty.why
    (late,) = duty.remarks
    assert (
        late.text == f"{incident.number}の第一報は、期限の後でした（期限令和8年6月1日、報告令和8年6月2日）。"
    )
    assert late[1:] == ("incident", incident.id, DURING, NEXT, True)


def test_a_paper_alone_is_no_word(besshi: World) -> None:
    incident = besshi.tell(besshi.incident(), WRITTEN, DURING)
    duty = besshi.under_clause(NEXT, "37", "incident-notice")
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)
    assert "口頭又は電話による第一報" in duty.missing[0].text
    besshi.tell(incident, FIRST, NEXT)
    duty = besshi.under_clause(NEXT, "37", "incident-notice")
    assert duty.state is State.SATISFIED
    assert [remark.until for remark in duty.remarks] == [NEXT]


def test_what_was_told_later_does_not_count_before(besshi: World) -> None:
    incident = besshi.incident()
    besshi.tell(incident, FIRST, NEXT)
    assert notice(besshi, DURING) == (State.DUE, DURING)
    assert notice(besshi, DURING - timedelta(days=1))[0] is State.NOT_DUE


def test_one_report_is_enough_where_the_annex_asks_for_one(world: World) -> None:
    world.under("hofu")
    incident = world.incident()
    assert notice(world, DURING, "第11") == (State.DUE, NEXT)
    world.tell(incident, FIRST, DURING)
    assert notice(world, DURING, "第11") == (State.SATISFIED, None)


def test_instructions_have_to_be_carried_out(world: World) -> None:
    world.under("hofu")
    incident = world.tell(world.incident(instructions="全件を確かめること"), FIRST, DURING)
    duty = world.under_clause(NEXT, "第11", "incident-notice")
    assert (duty.state, duty.due) == (State.DUE, None)
    assert "指示への対応" in duty.missing[0].text
    world.change(incident, instructions_done="確かめた")
    assert notice(world, NEXT, "第11")[0] is State.SATISFIED


def test_the_report_states_what_the_annex_wants_stated(world: World) -> None:
    world.under("kimitsu-hoji")
    incident = world.tell(world.incident(place="本社"), FIRST, DURING)
    duty = world.under_clause(NEXT, "第16条第1項", "incident-notice")
    assert [gap.text for gap in duty.missing] == [
        f"{incident.number}の内容、数量、発生状況が記録されていません。"
    ]
    rows = (IncidentAsset(item="氏名", quantity=3),)
    world.change(incident, circumstances="誤って送付した", assets=rows)
    assert notice(world, NEXT, "第16条第1項")[0] is State.SATISFIED


def test_a_call_that_leaves_the_facts_open_takes_no_last_day_away(world: World) -> None:
    world.under("kimitsu-hoji")
    incident = world.incident()
    assert notice(world, DURING, "第16条第1項") == (State.DUE, NEXT)
    incident = world.tell(incident, FIRST, DURING)
    assert notice(world, DURING, "第16条第1項") == (State.DUE, NEXT)
    assert notice(world, NEXT, "第16条第1項") == (State.DUE, NEXT)
    assert notice(world, NEXT + timedelta(days=1), "第16条第1項") == (State.OVERDUE, NEXT)
    assert world.under_clause(NEXT, "第16条第1項", "incident-notice").counted
    rows = (IncidentAsset(item="氏名", quantity=3),)
    world.change(incident, place="本社", circumstances="誤って送付した", assets=rows)
    assert notice(world, WEEK, "第16条第1項") == (State.SATISFIED, None)


def test_what_a_report_in_stages_has_to_state_is_due_with_the_written_one(world: World) -> None:
    asks = {"urgency": Urgency.AT_ONCE, "stages": 2, "then_days": 3, "written": True, "items": ("発生場所",)}
    told = world.tell(world.incident(), FIRST, DURING)
    assert world.duty(NEXT, "incident-notice", "on-incident", **asks).due == THIRD
    world.tell(told, WRITTEN, DURING)
    days = (DURING, THIRD, THIRD + timedelta(days=1))
    found = [world.duty(day, "incident-notice", "on-incident", **asks) for day in days]
    assert [(one.state, one.due) for one in found] == [
        (State.DUE, THIRD),
        (State.DUE, THIRD),
        (State.OVERDUE, THIRD),
    ]


@pytest.mark.parametrize(
    ("annex", "number", "kind", "state"),
    [
        ("besshi-44", "37", "違反", State.NOT_DUE),
        ("besshi-44", "37", "おそれ", State.OVERDUE),
        ("kawaguchi", "特記事項 第10", "違反", State.DUE),
        ("kawaguchi", "特記事項 第10", "漏えい", State.DUE),
        ("kimitsu-hoji", "第16条第1項", "盗難", State.DUE),
        ("kimitsu-hoji", "第16条第1項", "おそれ", State.CONFIRM),
        ("kimitsu-hoji", "第16条第1項", "違反", State.NOT_DUE),
        ("kimitsu-hoji", "第16条第1項", "改ざん", State.CONFIRM),
    ],
)
def test_a_clause_means_the_incidents_it_names_and_what_carries_their_risk(
    world: World, annex: str, number: str, kind: str, state: State
) -> None:
    world.under(annex)
    world.incident(kind)
    assert notice(world, NEXT, number)[0] is state


def test_an_incident_with_other_information_alone_is_not_meant(world: World) -> None:
    world.under("kawaguchi")
    other = world.asset(classification="機密情報")
    incident = world.incident("違反", assets=(IncidentAsset(asset=other.id),))
    assert notice(world, NEXT, "特記事項 第10")[0] is State.NOT_DUE
    assert notice(world, NEXT, "契約書 第11条")[0] is State.DUE
    unknown = IncidentAsset(item="不明")
    world.change(incident, assets=(*incident.assets, unknown))
    assert notice(world, NEXT, "特記事項 第10")[0] is State.DUE


def test_an_incident_found_after_the_end_is_reported_as_well(world: World) -> None:
    world.under("kawaguchi")
    world.incident("違反", found=AFTER)
    assert notice(world, AFTER, "特記事項 第10")[0] is State.DUE


def test_a_submitted_report_is_the_written_one(shipped: Catalogue) -> None:
    form = paper("incident-full", "事故発生報告書（詳報）", Stage("incident-notice", 2), about=Incident)
    world = World(shipped, MappingProxyType({**FORMS, form.id: form}))
    world.under("besshi-44")
    incident = world.tell(world.incident(), FIRST, DURING)
    duty = world.under_clause(NEXT, "37", "incident-notice")
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "incident-full")
    printed = world.issue("incident-full", on=NEXT, submitted=None, only=(f"incident:{incident.id}",))
    assert world.under_clause(NEXT, "37", "incident-notice").next.id == printed.id
    world.change(printed, submitted_on=NEXT, how="持参")
    duty = world.under_clause(NEXT, "37", "incident-notice")
    assert duty.state is State.SATISFIED
    assert {e.record for e in duty.evidence} == {"incident", "submission"}


@pytest.mark.parametrize(("annex", "number"), [("minato", "第12条"), ("kawaguchi", "特記事項 第10")])
@pytest.mark.parametrize(
    ("shift", "form"), [(-1, "incident-first"), (0, "incident-full"), (1, "incident-full")]
)
def test_of_an_incident_closed_untold_the_full_report_is_the_next_step_and_settles_it(
    world: World, annex: str, number: str, shift: int, form: str
) -> None:
    world.under(annex)
    closed = NEXT + timedelta(days=3)
    incident = world.incident("おそれ", closed_on=closed)
    day = closed + timedelta(days=shift)
    duty = world.under_clause(day, number, "incident-notice")
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, form)
    if form == "incident-full":
        world.issue(form, on=day, submitted=day, only=(f"incident:{incident.id}",))
        told = world.under_clause(day, number, "incident-notice")
        assert not any("報告が記録されていません" in gap.text for gap in told.missing)


# 事故後の措置


def missing(world: World, number: str, day: date = WEEK) -> str:
    return "".join(gap.text for gap in world.under_clause(day, number, "incident-followup").missing)


def test_only_what_the_clause_asks_is_followed_up(besshi: World) -> None:
    incident = besshi.incident()
    assert ("拡大防止" in missing(besshi, "38"), "再発防止" in missing(besshi, "38")) == (True, True)
    assert "本人" not in missing(besshi, "38")
    assert "協議" in missing(besshi, "39")
    assert "拡大防止" not in missing(besshi, "39")
    besshi.change(incident, discussed_on=NEXT)
    duty = besshi.under_clause(WEEK, "39", "incident-followup")
    assert duty.state is State.SATISFIED
    assert [e.on for e in duty.evidence] == [NEXT]
    assert besshi.under_clause(DURING, "39", "incident-followup").state is State.DUE


def test_a_planned_prevention_does_not_count_as_done(besshi: World) -> None:
    incident = besshi.incident(contained_on=DURING, containment="回収した", prevention_planned="研修をする")
    assert "再発防止" in missing(besshi, "38")
    besshi.change(incident, prevention="研修をした", prevention_on=WEEK)
    assert missing(besshi, "38") == ""
    assert "再発防止" in missing(besshi, "38", NEXT)


def test_whether_persons_are_told_is_decided_either_way(world: World) -> None:
    world.under("kimitsu-hoji")
    incident = world.incident(contained_on=DURING, containment="回収した")
    assert "本人への通知" in missing(world, "第16条第2項")
    incident = world.change(incident, persons_notified=False)
    assert "発注者の指示" in missing(world, "第16条第2項")
    said = world.instruction("指示", NEXT)
    world.change(incident, no_notice_instruction=said.id)
    assert "発注者の指示" in missing(world, "第16条第2項", DURING)
    assert world.under_clause(WEEK, "第16条第2項", "incident-followup").state is State.SATISFIED
    world.change(incident, persons_notified=True, persons_notified_on=WEEK)
    assert "本人への通知" in missing(world, "第16条第2項", NEXT)
    assert missing(world, "第16条第2項", WEEK) == ""


def test_harm_is_contained_in_time(world: World) -> None:
    world.under("kimitsu-hoji")
    world.incident()
    duty = world.under_clause(WEEK, "第16条第2項", "incident-followup")
    assert (duty.state, duty.due) == (State.OVERDUE, NEXT)
    assert "想定" in duty.counted


def test_publication_is_decided_after_talking_to_the_client(world: World) -> None:
    world.under("kimitsu-hoji")
    incident = world.incident(circumstances="誤送付", cause="宛先の誤り")
    open_things = missing(world, "第16条第3項")
    assert all(word in open_things for word in ("協議", "公表", "再発防止"))
    assert not any(word in open_things for word in ("発生の原因", "発生時の状況"))
    done = replace(incident, discussed_on=NEXT, published=False, prevention="研修", prevention_on=WEEK)
    world.change(done)
    assert world.under_clause(WEEK, "第16条第3項", "incident-followup").state is State.SATISFIED


def test_closing_an_incident_mends_nothing(besshi: World) -> None:
    besshi.incident(closed_on=NEXT)
    assert "終結していますが" in missing(besshi, "38")
