"""What a document proves: the whole, single records, a stage, or nothing; and which form a duty offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Action, Duty
from app.duties.papers.claims import Cites, Claim, Each, Stage, Whole, check_claims, claim_of, proving
from app.duties.verdict import Question
from app.duties.view import ContractView
from app.records import Assignment, Event, Incident, stated_key
from app.records.assignment import AssignmentRole
from app.records.contract import ContractAnnex
from app.records.incident import Stage as Notice
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import field
from forms.parts.people import people
from tests.support.examples_reports import TWICE
from tests.support.papers import FORMS, paper
from tests.support.world import DURING, START, World

ANNEXES = ("besshi-44", "hofu", "kawaguchi", "kimitsu-hoji", "minato")
OPTIONS = ("特定個人情報", "電磁的記録媒体", "派遣", "再委託")
LATER = DURING + timedelta(days=60)


def under_all(catalogue: Catalogue, **more: Form[Any]) -> World:
    """A contract under every annex of the product, with ``more`` forms beside the product's own."""
    world = World(catalogue, {**{form.id: form for form in more.values()}, **FORMS})
    world.under(*ANNEXES, options=OPTIONS, information=("個人情報", "特定個人情報"))
    return world


def questions(world: World) -> Iterator[Question]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    for key in ANNEXES:
        for clause in world.catalogue.annex(key).clauses:
            for kind in clause.kinds:
                yield Question(view, clause, kind, asks_of(world.contract, clause, kind))


def buttons(world: World) -> dict[tuple[str, str, str], str]:
    """Annex, clause and kind → the form that is offered first."""
    found = {}
    for question in questions(world):
        first = next(iter(question.forms()), None)
        found[question.clause.annex, question.clause.number, question.kind] = first.id if first else ""
    return found


# which form is offered


def test_a_second_form_changes_no_button_of_an_old_duty(shipped: Catalogue) -> None:
    claims = (claim for form in FORMS.values() for claim in form.proves if not isinstance(claim, Cites))
    proven = dict.fromkeys(claim.kind for claim in claims)
    later = paper("a-later-form", "後から来た様式", *(Whole(kind, rank=9) for kind in proven))
    before = buttons(under_all(shipped))
    assert len(set(before.values())) > 6
    assert buttons(under_all(shipped, later=later)) == before


LIST = paper(
    "worker-list", "従事者名簿", Whole("worker-list", words=("名簿", "一覧"), rank=1), about=people()
)
REPORT = paper("device-report", "作業機器報告書", Whole("equipment-register", words=("報告",), rank=1))
SLIP = paper(
    "transfer-slip", "情報資産授受票", Each("transfer-record", words=("授受票",), rank=1), about=Incident
)


@pytest.mark.parametrize(
    ("added", "annex", "number", "kind", "form"),
    [
        (LIST, "kawaguchi", "特記事項 第15", "worker-list", "worker-list"),
        (LIST, "minato", "第17条", "worker-list", "worker-list"),
        (LIST, "kimitsu-hoji", "第9条第1項", "worker-list", "personnel-report"),
        (REPORT, "kimitsu-hoji", "第6条第5項", "equipment-register", "device-register"),
        (REPORT, "kawaguchi", "契約書 第8条", "equipment-register", "device-report"),
        (SLIP, "kawaguchi", "契約書 第9条", "transfer-record", "transfer-record"),
    ],
)
def test_the_clauses_own_words_choose(
    shipped: Catalogue, added: Form[Any], annex: str, number: str, kind: str, form: str
) -> None:
    offered = [
        tuple(one.id for one in question.forms())
        for question in questions(under_all(shipped, added=added))
        if (question.clause.annex, question.clause.number, question.kind) == (annex, number, kind)
    ]
    assert [forms[0] for forms in offered] == [form]
    assert added.id in offered[0], "the other form is still there, and still proves it"


def test_neither_name_nor_order_of_the_table_chooses(shipped: Catalogue) -> None:
    later = paper("zz", "後", Whole("worker-list", rank=2), about=people())
    other = paper("aa", "先", Whole("worker-list", rank=3), about=people())
    usual = FORMS["personnel-report"]
    for forms in ((later, other, usual), (usual, other, later), (other, usual, later)):
        assert [one.id for one in proving(forms, "worker-list")] == ["personnel-report", "zz", "aa"]


def test_two_forms_that_nothing_tells_apart_are_refused() -> None:
    twin = paper("twin", "双子", Whole("worker-list"), about=people())
    with pytest.raises(ValueError, match="personnel-report and twin both prove 'worker-list' with rank 0"):
        check_claims((FORMS["personnel-report"], twin))
    check_claims((FORMS["personnel-report"], paper("cites", "綴り", Cites("worker-list"))))
    apart = paper("apart", "一人ずつ", Each("worker-list", rank=1), about=people())
    check_claims((FORMS["personnel-report"], apart))


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ((Whole("worker-lists"),), "paper proves 'worker-lists', which is no kind of duty"),
        ((Whole("worker-list", rank=-1),), "rank below 0"),
        ((Whole("worker-list"), Each("oath")), "both for the contract and for single records"),
    ],
)
def test_a_claim_that_cannot_hold_is_refused(claims: tuple[Claim, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        paper("paper", "様式", *claims, about=people())


def test_a_form_for_single_records_says_of_which() -> None:
    with pytest.raises(ValueError, match="oath says of no record what it proves"):
        Form("oath", "様式", (Each("oath"),), lambda _paper: {}, lambda _statement: ())


# the whole


def test_a_document_for_the_contract_speaks_until_it_drifts(world: World) -> None:
    clause = world.clause("equipment-register", "standing", "on-change", submit="beforehand")
    place, hand = world.place(), world.worker()
    device = world.device()
    use = world.device_use(device, person=hand.id, location=place.id)
    document = world.issue("device-register")

    def duty(day: date) -> Duty:
        return world.under_clause(day, clause.number, "equipment-register")

    assert duty(DURING).state is State.SATISFIED
    world.change(device, os="Windows 12")
    assert duty(DURING).state is State.DUE
    assert [(gap.record, gap.id) for gap in duty(DURING).missing] == [("device_use", use.id)]
    assert duty(DURING).next.target == "device-register"
    world.change(document, voided_on=DURING, voided_why="誤り")
    assert "載っていません" in duty(DURING).missing[0].text


def test_a_document_that_cites_a_duty_proves_nothing_of_it(shipped: Catalogue) -> None:
    report = FORMS["status-report"]
    assert "secrecy" in report.kinds
    assert claim_of(report, "secrecy") is None
    assert isinstance(claim_of(report, "status-report"), Whole)
    citing = paper("binder", "証跡綴り", Cites("work-location"), about=people())
    held = World(shipped, {**FORMS, "binder": citing})
    held.use(held.place())
    held.worker()
    held.issue("binder")
    assert held.duty(DURING, "work-location", "before-start", submit="beforehand").state is State.OVERDUE


def test_who_was_told_of_as_a_worker_is_not_told_of_as_responsible(world: World) -> None:
    world.worker("佐藤花子", "従事者")
    world.issue("personnel-report")
    (assignment,) = world.facts().all(Assignment)
    world.change(assignment, roles=(AssignmentRole(role="特定個人情報保護管理責任者"),))
    asks: dict[str, Any] = {"submit": "beforehand", "roles": ("特定個人情報保護管理責任者",)}
    duty = world.duty(DURING, "responsible-person", "before-start", **asks)
    assert duty.state is State.OVERDUE
    assert any("佐藤花子" in gap.text and "提出されていません" in gap.text for gap in duty.missing)


def test_a_role_is_not_another_that_ends_alike(world: World) -> None:
    key = stated_key(world.worker("佐藤花子", "個人情報保護管理責任者"))
    document = world.issue("personnel-report")
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    assert view.proof("responsible-person", key, says="個人情報保護管理責任者") == document
    assert view.proof("responsible-person", key, says="管理責任者") is None


# single records


def slips(shipped: Catalogue) -> World:
    """The same contract, with a form for one hand-over at a time."""

    def events(case: Any) -> list[Event]:
        return list(case.facts.all(Event))

    slip = paper(
        "transfer-slip",
        "情報資産授受票",
        Each("transfer-record", rank=1),
        about=About(Event, events),
        entry=(field(Event, "quantity"),),
    )
    held = World(shipped, {**FORMS, "transfer-slip": slip})
    held.under("kawaguchi")
    return held


def transfer(world: World, day: date = LATER) -> Duty:
    return world.under_clause(day, "契約書 第9条", "transfer-record")


def test_one_slip_does_not_discharge_the_register(shipped: Catalogue) -> None:
    world = slips(shipped)
    world.received(1, designated=True)
    world.received(1, designated=True)
    first, second = (f"event:{event.id}" for event in world.facts().all(Event))
    assert (transfer(world).state, transfer(world).next.target) == (State.OVERDUE, "transfer-record")
    world.issue("transfer-slip", on=START, submitted=START, only=(first,))
    assert (transfer(world).state, transfer(world).next.target) == (State.OVERDUE, "transfer-record")
    world.issue("transfer-slip", on=START, submitted=START, only=(second,))
    assert transfer(world).state is State.SATISFIED
    assert {proof.record for proof in transfer(world).evidence} == {"submission"}
    world.received(1, designated=True)
    assert transfer(world).state is State.OVERDUE


def test_a_printed_slip_is_not_handed_in_as_the_record(shipped: Catalogue) -> None:
    world = slips(shipped)
    world.received(1, designated=True)
    another(world)
    world.issue("transfer-slip", on=START, submitted=None, only=(f"event:{world.facts().all(Event)[0].id}",))
    assert (transfer(world).next.action, transfer(world).next.target) == (Action.ISSUE, "transfer-record")


def test_a_slip_tells_of_what_came_after_the_register(shipped: Catalogue) -> None:
    world = slips(shipped)
    world.received(1, designated=True)
    world.issue("transfer-record", on=START, submitted=START)
    world.received(1, designated=True)
    assert transfer(world).state is State.OVERDUE
    later = world.facts().all(Event)[-1]
    slip = world.issue("transfer-slip", on=DURING, submitted=DURING, only=(f"event:{later.id}",))
    assert transfer(world).state is State.SATISFIED
    world.change(later, quantity=2)
    assert transfer(world).state is State.OVERDUE, "neither the register nor the slip says so"
    world.change(slip, voided_on=DURING, voided_why="誤り")
    assert transfer(world).state is State.OVERDUE


def test_of_one_hand_over_a_slip_is_offered_unless_the_clause_asks_for_the_record(shipped: Catalogue) -> None:
    world = slips(shipped)
    world.received(1, designated=True)
    world.change(world.contract, annexes=(*world.contract.annexes, ContractAnnex(annex="own")))
    number = world.clause("transfer-record", "each-time", submit="promptly").number

    def offered() -> str:
        return world.under_clause(LATER, number, "transfer-record").next.target

    assert (offered(), transfer(world).next.target) == ("transfer-slip", "transfer-record")
    world.received(1, designated=True)
    assert offered() == "transfer-slip", "of the same people at the same moment: one hand-over"
    other = another(world)
    assert offered() == "transfer-record", "two hand-overs"
    numbered = [world.change(one, handover="H-0001") for one in world.facts().all(Event)]
    assert (offered(), len(numbered)) == ("transfer-slip", 3), "one by its number"
    world.change(other, handover="H-0002")
    assert offered() == "transfer-record"


def another(world: World) -> Event:
    """Something that was received on another day."""
    given = {"from_party": "架空市", "to_party": "当社", "method": "手渡し"}
    return world.event(world.asset(designated=True), "受領", 1, DURING, **given)


def test_a_hand_over_after_the_record_offers_its_slip(shipped: Catalogue) -> None:
    world = slips(shipped)
    world.received(1, designated=True)
    world.change(world.contract, annexes=(*world.contract.annexes, ContractAnnex(annex="own")))
    number = world.clause("transfer-record", "each-time", submit="promptly").number
    world.issue("transfer-record", on=START, submitted=START)

    def offered() -> str:
        return world.under_clause(LATER, number, "transfer-record").next.target

    first = world.facts().all(Event)[0]
    another(world)
    assert (offered(), transfer(world).next.target) == ("transfer-slip", "transfer-record")
    world.change(first, quantity=2)
    assert offered() == "transfer-record", "the record itself tells something else now"


# stages


def incidents(shipped: Catalogue) -> World:
    first = paper("incident-first", "事故発生報告書（速報）", Stage("incident-notice", 1), about=Incident)
    full = paper(
        "incident-full",
        "事故発生報告書（詳報）",
        Stage("incident-notice", 2),
        Each("incident-followup"),
        about=Incident,
    )
    held = World(shipped, {**FORMS, "incident-first": first, "incident-full": full})
    held.incident()
    return held


def notice(world: World, day: date = LATER) -> Duty:
    clause = world.clause("incident-notice", "on-incident", **TWICE)
    return world.under_clause(day, clause.number, "incident-notice")


def test_the_first_report_does_not_discharge_the_written_one(shipped: Catalogue) -> None:
    world = incidents(shipped)
    before = notice(world)
    assert before.state is State.OVERDUE
    world.issue("incident-first", on=DURING, submitted=DURING)
    duty = notice(world)
    assert duty.state is State.OVERDUE
    assert ["書面による報告" in gap.text for gap in duty.missing] == [True]
    assert duty.next.target == "incident-full", "the button of the second stage is the second form"
    world.issue("incident-full", on=DURING, submitted=DURING)
    assert notice(world).state is State.SATISFIED


def test_a_printed_first_report_is_not_handed_in_as_the_written_one(shipped: Catalogue) -> None:
    world = incidents(shipped)
    world.tell(world.facts().all(Incident)[0], Notice.FIRST, DURING)
    world.issue("incident-first", on=DURING, submitted=None)
    assert notice(world).next.target == "incident-full"


def test_the_written_report_alone_tells_the_client_at_last(shipped: Catalogue) -> None:
    world = incidents(shipped)
    world.issue("incident-full", on=DURING, submitted=DURING)
    assert notice(world).state is State.SATISFIED
    by_word = world.clause("incident-notice", "on-incident", **TWICE, by_word=True)
    duty = world.under_clause(LATER, by_word.number, "incident-notice")
    assert duty.state is State.OVERDUE, "a paper is no word"
    assert "口頭又は電話" in duty.missing[0].text
