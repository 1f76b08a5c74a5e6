"""The day itself and the days around it, for documents, for what is judged, and for what is planned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.choices import Act, Exempt, Workers
from app.annexes.kinds import State
from app.duties.change_notices import drift
from app.duties.papers.claims import Whole
from app.duties.planned import planned_changes
from app.duties.verdict import Lack, Question
from app.duties.view import ContractView
from app.records import Record
from tests.support.around import DAY, around
from tests.support.papers import FORMS, paper
from tests.support.world import AFTER, BEFORE, DURING, END, EVE, START, World

LATER = DURING + 10 * DAY
NOTICE = FORMS["location-notice"]


def view(world: World, day: date = AFTER) -> ContractView:
    return ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)


def question(world: World, day: date = DURING, **asks: Any) -> Question:
    clause = world.clause("work-location", "before-start", **asks)
    return Question(view(world, day), clause, "work-location", clause.asks("work-location"))


# documents


@pytest.mark.parametrize(("on", "late"), around(EVE, False, False, True))
def test_what_is_handed_in_on_the_last_day_is_in_time(world: World, on: date, late: bool) -> None:
    world.use(world.place())
    document = world.issue("location-notice", submitted=on)
    assert question(world, submit="beforehand").told_late(START, document) is late


@pytest.mark.parametrize(("day", "printed"), around(DURING, True, False, False))
def test_a_document_lies_here_until_the_day_it_is_handed_in(world: World, day: date, printed: bool) -> None:
    world.use(world.place())
    document = world.issue("location-notice", submitted=DURING)
    found = view(world, day)
    assert found.printed(NOTICE) == ((document,) if printed else ())
    assert found.standing(NOTICE) == (() if printed else (document,))


@pytest.mark.parametrize(("day", "printed"), around(DURING, False, True, True))
def test_a_document_is_there_from_the_day_it_was_printed(world: World, day: date, printed: bool) -> None:
    world.use(world.place())
    world.issue("location-notice", on=DURING, submitted=None)
    assert bool(view(world, day).printed(NOTICE)) is printed


def test_of_two_prints_the_newer_is_handed_in(world: World) -> None:
    world.use(world.place())
    older, newer = (world.issue("location-notice", submitted=None) for _ in range(2))
    found = view(world)
    assert found.printed(NOTICE) == (newer, older)
    assert found.ready(NOTICE) == newer
    assert found.ready(NOTICE, after=older.id) == newer
    assert found.ready(NOTICE, after=newer.id) is None


def test_the_client_knows_from_whichever_document_it_had_first(shipped: Catalogue) -> None:
    assert NOTICE.about is not None
    second = paper("second-notice", "作業場所一覧", Whole("work-location", rank=1), about=NOTICE.about)
    world = World(shipped, {NOTICE.id: NOTICE, second.id: second})
    use = world.use(world.place())
    world.issue(NOTICE.id, submitted=DURING)
    earlier = world.issue(second.id, submitted=START)
    assert view(world).proof("work-location", f"location_use:{use.id}") == earlier


def test_a_certificate_counts_as_long_as_one_of_its_disposals_is_in_no_later_one(world: World) -> None:
    first, second, third = (f"disposal:{world.disposal(world.received()).id}" for _ in range(3))
    form = world.forms["disposal-certificate"]

    def certify(*keys: str) -> Record:
        return world.issue(form.id, on=DURING, submitted=DURING, only=keys)

    both = certify(first, second)
    others = certify(second, third)
    assert view(world).counting(form) == (both, others)
    all_three = certify(first, second, third)
    assert view(world).counting(form) == (all_three,)


# what is missing, and what lies with the client


def test_what_waits_for_the_client_presses_less_than_what_does_not(world: World) -> None:
    waiting = Lack("承諾の回答がありません。", "回答待ちです。", due=START, waiting=True)
    still_open = Lack("届出書が提出されていません。", "届け出てください。", due=LATER)
    asked = question(world)
    verdict = asked.judge((waiting, still_open), (), "")
    assert (verdict.state, verdict.due) == (State.DUE, LATER)
    assert [gap.text for gap in verdict.missing] == [waiting.text, still_open.text]
    assert asked.judge((waiting,), (), "").state is State.WAITING


@pytest.mark.parametrize(("due", "state"), around(DURING, State.OVERDUE, State.DUE, State.DUE))
def test_what_is_due_today_is_not_overdue(world: World, due: date, state: State) -> None:
    lack = Lack("届出書が提出されていません。", "届け出てください。", due=due)
    assert question(world).judge((lack,), (), "").state is state


def test_what_only_a_person_can_say_stands_beside_what_is_missing(world: World) -> None:
    missing = Lack("届出書が提出されていません。", "届け出てください。", due=LATER)
    doubt = Lack("住所が同じか分かりません。", "確かめてください。")
    verdict = question(world).judge((missing,), (), "", doubts=(doubt,))
    assert verdict.state is State.DUE
    assert [gap.text for gap in verdict.missing] == [missing.text, doubt.text]


# plans


@pytest.mark.parametrize(("starts", "told"), around(END, True, True, False))
def test_who_joins_on_the_last_day_of_the_work_is_announced(world: World, starts: date, told: bool) -> None:
    world.clause("worker-list", "on-change", submit="beforehand")
    world.worker(starts=starts)
    assert bool(planned_changes(view(world, DURING))) is told


@pytest.mark.parametrize(("ends", "told"), around(END, True, False, False))
def test_who_leaves_with_the_work_itself_is_not(world: World, ends: date, told: bool) -> None:
    world.clause("worker-list", "on-change", submit="beforehand")
    world.worker(starts=BEFORE, ends=ends)
    assert bool(planned_changes(view(world, DURING))) is told


# what ends, and the word on it


@pytest.mark.parametrize(("signed", "late"), around(DURING, False, False, True))
def test_who_leaves_may_sign_on_the_day_of_leaving(world: World, signed: date, late: bool) -> None:
    world.oath(world.worker(left_on=DURING), signed, kind="退職時", given_back="なし")
    duty = world.duty(LATER, "retirement-secrecy", "on-leaving")
    assert duty.state is State.SATISFIED
    assert ("退職の後" in duty.why or bool(duty.remarks)) is late


@pytest.mark.parametrize(("left", "promises"), around(END, True, True, False))
def test_who_leaves_until_the_last_day_of_the_work_promises_secrecy(
    world: World, left: date, promises: bool
) -> None:
    world.worker(left_on=left)
    state = world.duty(DURING, "retirement-secrecy", "on-leaving").state
    assert state is (State.DUE if promises else State.NOT_DUE)


@pytest.mark.parametrize(("received", "late"), around(END, False, False, True))
def test_the_word_on_what_is_left_is_in_time_on_the_last_day(
    world: World, received: date, late: bool
) -> None:
    world.received()
    said = world.instruction("返還・廃棄の求め", received, written=True, answered_on=received)
    world.change(world.contract, closing_instruction=said.id)
    asks: dict[str, Any] = {"acts": (Act.RETURN,), "copies": True, "exception": (Exempt.INSTRUCTION,)}
    duty = world.duty(AFTER, "return", "on-completion", **asks)
    assert [(one.id, one.since, one.until) for one in duty.remarks] == (
        [(said.id, END, received)] if late else []
    )


@pytest.mark.parametrize(("handed", "uncovered"), around(DURING, False, False, True))
def test_an_agreement_covers_hand_overs_until_its_last_day(
    world: World, handed: date, uncovered: bool
) -> None:
    person = world.person()
    world.agreement(person, ends_on=DURING)
    world.event(world.asset(), "受領", day=handed)
    world.agreement(person, agreed=LATER)
    duty = world.duty(LATER, "transfer-method", "before-start")
    assert bool(duty.remarks) is uncovered


def test_of_two_changes_the_earlier_is_to_be_told_first(world: World) -> None:
    world.clause("work-location", "on-change", submit="beforehand")
    uses = [world.use(world.place(name)) for name in ("本社", "支社")]
    world.issue("location-notice")
    for use, last in zip(uses, (LATER, DURING), strict=True):
        world.change(use, ends_on=last)
    (one,) = drift(world.facts(), world.catalogue, world.forms, START)
    assert (len(one.differences), one.due) == (2, DURING)


@pytest.mark.parametrize(
    ("groups", "applies"),
    [((Workers.TEMPORARY,), False), ((Workers.OWN,), True), ((Workers.OWN, Workers.TEMPORARY), True)],
)
def test_a_clause_on_the_vendors_own_workers_always_has_its_subject(
    world: World, groups: tuple[Workers, ...], applies: bool
) -> None:
    world.worker(employment="再委託先")
    state = world.duty(DURING, "training", "before-start", workers=groups).state
    assert (state is not State.NOT_APPLICABLE) is applies
