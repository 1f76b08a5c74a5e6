"""What besshi-44, hofu and minato ask, where they differ from each other and from the other two."""

from __future__ import annotations

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.choices import Act, Answer, AppliesTo, Cycle, Exempt, Further, Medium, Submit, Urgency
from app.annexes.kinds import State
from app.records.assignment import Role
from app.records.incident import IncidentKind
from tests.support.world import DURING, World


def test_the_parties_have_the_words_of_their_annex(shipped: Catalogue) -> None:
    words = {key: shipped.annex(key).parties[""] for key in ("besshi-44", "hofu", "minato")}
    assert {key: (held["client"], held["vendor"]) for key, held in words.items()} == {
        "besshi-44": ("発注者", "受注者"),
        "hofu": ("甲", "乙"),
        "minato": ("発注者", "受注者"),
    }
    assert words["hofu"]["place"] == "取扱場所"
    assert words["besshi-44"]["information"] == "個人情報等"


@pytest.mark.parametrize(
    ("annex", "number", "roles"),
    [
        ("besshi-44", "15", (Role.MANAGER,)),
        ("minato", "第16条", (Role.SPECIFIC_PRIVACY_MANAGER, Role.SPECIFIC_PRIVACY_LEAD)),
    ],
)
def test_responsible_persons_are_only_named(
    shipped: Catalogue, annex: str, number: str, roles: tuple[Role, ...]
) -> None:
    asks = shipped.annex(annex).clause(number).asks("responsible-person")
    assert (asks.submit, asks.roles) == (Submit.NONE, roles)


@pytest.mark.parametrize(
    ("number", "kind"), [("第4第1項一", "responsible-person"), ("第4第1項二", "work-location")]
)
def test_hofu_has_person_and_place_notified_once_they_are_settled(
    shipped: Catalogue, number: str, kind: str
) -> None:
    asks = shipped.annex("hofu").clause(number).asks(kind)
    assert (asks.submit, asks.urgency) == (Submit.PROMPTLY, Urgency.SPEEDILY)
    assert asks.assumed == ("urgency",)


def test_the_list_of_workers_is_submitted_in_minato_and_handlers_only_limited_in_besshi(
    shipped: Catalogue,
) -> None:
    listed = shipped.annex("minato").clause("第17条").asks("worker-list")
    assert (listed.submit, listed.applies_to) == (Submit.BEFOREHAND, AppliesTo.SPECIFIC)
    assert shipped.annex("besshi-44").clause("16").asks("worker-list").submit is Submit.NONE


@pytest.mark.parametrize(
    ("annex", "number", "applies_to"),
    [("besshi-44", "11", AppliesTo.PERSONAL), ("minato", "第19条", AppliesTo.SPECIFIC)],
)
def test_a_ban_on_taking_out_is_absolute(
    shipped: Catalogue, annex: str, number: str, applies_to: AppliesTo
) -> None:
    asks = shipped.annex(annex).clause(number).asks("takeout-approval")
    assert (asks.exception, asks.applies_to) == ((Exempt.NONE,), applies_to)


@pytest.mark.parametrize(
    ("annex", "number", "kind", "exception", "written"),
    [
        ("besshi-44", "6", "purpose-limit", (Exempt.APPROVAL,), True),
        ("besshi-44", "6", "copy-approval", (Exempt.APPROVAL,), True),
        ("besshi-44", "19", "subcontract-approval", (Exempt.APPROVAL,), True),
        ("besshi-44", "21", "copy-approval", (Exempt.SPECIFICATION, Exempt.APPROVAL), False),
        ("besshi-44", "41", "disposal-approval", (Exempt.APPROVAL, Exempt.INSTRUCTION), False),
        ("hofu", "第3", "purpose-limit", (Exempt.INSTRUCTION, Exempt.APPROVAL, Exempt.STATUTE), False),
        ("hofu", "第5", "takeout-approval", (Exempt.APPROVAL_EACH,), True),
        ("hofu", "第6第1項", "copy-approval", (Exempt.APPROVAL_EACH,), True),
        ("hofu", "第6第2項", "bringin-approval", (Exempt.APPROVAL,), True),
        ("hofu", "第8", "disposal-approval", (Exempt.INSTRUCTION,), False),
        ("hofu", "第9第1項", "subcontract-approval", (Exempt.APPROVAL,), True),
        ("minato", "第4条", "subcontract-approval", (Exempt.APPROVAL,), True),
        ("minato", "第9条", "copy-approval", (Exempt.APPROVAL,), False),
        ("minato", "第11条", "disposal-approval", (Exempt.INSTRUCTION,), False),
    ],
)
def test_a_ban_is_lifted_by_what_its_clause_names_and_in_writing_where_it_says_so(
    shipped: Catalogue, annex: str, number: str, kind: str, exception: tuple[Exempt, ...], written: bool
) -> None:
    asks = shipped.annex(annex).clause(number).asks(kind)
    assert (asks.exception, asks.written) == (exception, written)


def test_what_one_clause_allows_is_not_banned_for_good_by_another_of_the_same_annex(
    shipped: Catalogue,
) -> None:
    besshi, kawaguchi = shipped.annex("besshi-44"), shipped.annex("kawaguchi")
    for general in (besshi.clause("18"), kawaguchi.clause("特記事項 第3第1項")):
        assert Exempt.NONE not in general.asks("purpose-limit").exception
    assert shipped.annex("minato").clause("第7条").asks("purpose-limit").exception == (Exempt.NONE,)


def test_delegation_counts_subsidiaries_and_in_besshi_every_tier(shipped: Catalogue) -> None:
    besshi = shipped.annex("besshi-44").clause("20")
    applied = besshi.asks("subcontract-approval")
    assert (applied.subsidiaries, applied.tiers, applied.written) == (True, True, True)
    assert applied.items == ("再委託先", "再委託の内容", "含まれる情報", "再委託先の管理方法")
    assert besshi.asks("subcontract-flowdown").further is Further.SAME_DUTIES
    hofu = shipped.annex("hofu").clause("第9第1項").asks("subcontract-approval")
    assert (hofu.subsidiaries, hofu.tiers) == (True, False)


@pytest.mark.parametrize(("annex", "number"), [("besshi-44", "37"), ("minato", "第12条")])
def test_an_incident_is_told_at_once_and_then_in_writing_without_delay(
    shipped: Catalogue, annex: str, number: str
) -> None:
    asks = shipped.annex(annex).clause(number).asks("incident-notice")
    assert (asks.stages, asks.urgency, asks.then) == (2, Urgency.AT_ONCE, Urgency.WITHOUT_DELAY)
    assert asks.written
    assert IncidentKind.RISK in asks.mishaps


def test_hofu_wants_one_prompt_report_of_violations_too(shipped: Catalogue) -> None:
    asks = shipped.annex("hofu").clause("第11").asks("incident-notice")
    assert (asks.stages, asks.urgency) == (1, Urgency.SPEEDILY)
    assert {IncidentKind.VIOLATION, IncidentKind.RISK} <= set(asks.mishaps)


def test_requests_are_passed_on_in_besshi(shipped: Catalogue) -> None:
    asks = shipped.annex("besshi-44").clause("10").asks("data-subject-request")
    assert (asks.answer, asks.urgency) == (Answer.NOTIFY, Urgency.SPEEDILY)


def test_at_the_end_each_annex_has_its_own_way_and_haste(shipped: Catalogue) -> None:
    besshi = shipped.annex("besshi-44").clause("40").asks("return")
    assert (besshi.urgency, besshi.copies) == (Urgency.SPEEDILY, True)
    assert set(besshi.acts) == {Act.RETURN, Act.ERASE, Act.DESTROY}
    hofu = shipped.annex("hofu").clause("第7第1項")
    assert (hofu.asks("return").urgency, hofu.asks("return").acts) == (Urgency.AT_ONCE, (Act.RETURN,))
    assert (hofu.asks("disposal").acts, hofu.asks("disposal").copies) == ((Act.ERASE,), True)
    assert hofu.asks("disposal-certificate").submit is Submit.PROMPTLY
    minato = shipped.annex("minato")
    assert minato.clause("第10条").asks("return").urgency is Urgency.SPEEDILY
    assert minato.clause("第11条").asks("disposal").methods[:2] == ("焼却", "裁断")


def test_minato_reports_in_writing_every_contract_year_as_far_as_the_product_assumes(
    shipped: Catalogue,
) -> None:
    asks = shipped.annex("minato").clause("第20条").asks("status-report")
    assert (asks.written, asks.period_months, asks.cycle) == (True, 12, Cycle.CONTRACT_YEAR)
    assert set(asks.assumed) == {"period_months", "cycle"}


def test_electronic_media_alone_are_locked_away_and_carried_in_a_case_in_minato(shipped: Catalogue) -> None:
    minato = shipped.annex("minato")
    assert minato.clause("第22条").asks("locked-storage").media == (Medium.ELECTRONIC,)
    assert minato.clause("第23条").asks("transport").media == (Medium.ELECTRONIC,)


@pytest.mark.parametrize(
    ("options", "off"),
    [
        ((), {"第16条", "第17条", "第18条", "第19条", "第20条", "第21条", "第22条", "第23条"}),
        (("特定個人情報",), {"第22条", "第23条"}),
        (("電磁的記録媒体",), {"第16条", "第17条", "第18条", "第19条", "第20条", "第21条"}),
        (("特定個人情報", "電磁的記録媒体"), set()),
    ],
)
def test_the_last_clauses_of_minato_hold_only_where_the_contract_chose_them(
    world: World, options: tuple[str, ...], off: set[str]
) -> None:
    world.under("minato", options=options, information=("個人情報",))
    found = [d for d in world.duties(DURING) if "を選んでいない" in d.why]
    assert {duty.clause.number for duty in found} == off
    assert all(duty.state is State.NOT_APPLICABLE for duty in found)


def test_clauses_without_a_kind_are_shown_but_are_no_duties(world: World) -> None:
    world.under("besshi-44")
    numbers = {duty.clause.number for duty in world.duties(DURING)}
    assert not {"2", "32", "34", "36", "44"} & numbers
    assert {"1", "5", "37", "41"} <= numbers


def test_what_lifts_the_damages_of_besshi_is_told_to_be_worth_proving(shipped: Catalogue) -> None:
    summary = shipped.annex("besshi-44").clause("44").summary
    assert "第13項" in summary
    assert "証拠" in summary
