"""A breach that is over stays in sight until it is recorded how it was handled, and with whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.breaches import afterwards_approved, approve_step, handle_step, handled, plain_number
from app.duties.checks import findings
from app.duties.duty import Action
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import BreachHandling, Incident
from app.records.breach_handling import Handled
from tests.support.world import DURING, World, moment

DAY = timedelta(days=1)
TOLD = DURING + 5 * DAY
LATER = DURING + 30 * DAY


def view(world: World, day: date = LATER) -> ContractView:
    return ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)


def over(world: World, day: date = LATER) -> list[Finding]:
    return [one for one in findings(view(world, day)) if one.check == "breach-over"]


@pytest.fixture
def late(world: World) -> World:
    """An incident that the client had to know on the day it was found and heard of five days later."""
    world.clause("incident-notice", "on-incident", within_days=1)
    world.tell(world.incident(), "第一報（口頭・電話）", TOLD)
    return world


def incident(world: World) -> Incident:
    return world.facts().all(Incident)[0]


def test_it_stands_as_a_warning_with_the_step_of_saying_how_it_was_handled(late: World) -> None:
    (found,) = over(late)
    assert found.severity is Severity.WARNING
    assert (found.annex, found.clause) == ("own", "第1条")
    assert (found.record, found.id) == ("incident", incident(late).id)
    assert found.next.action is Action.ADD
    assert found.next.target == "breach_handling"
    given = dict(found.next.given)
    assert given == {
        "annex": "own",
        "clause": "第1条",
        "record_kind": "incident",
        "record_id": incident(late).id,
        "since": DURING + DAY,
        "what": found.text,
    }


def test_what_the_step_makes_is_what_takes_it_away(late: World) -> None:
    given = dict(over(late)[0].next.given)
    late.add(
        BreachHandling(
            contract=late.contract.id,
            **given,
            handled=Handled.NEEDLESS.value,
            handled_on=LATER,
            reason="口頭で了解を得ている",
        )
    )
    assert over(late) == []


@pytest.mark.parametrize(("day", "seen"), [(LATER - DAY, True), (LATER, False), (LATER + DAY, False)])
def test_it_is_handled_from_the_day_on_which_it_was(late: World, day: date, seen: bool) -> None:
    late.handle(incident(late), DURING + DAY, handled_on=LATER)
    assert bool(over(late, day)) is seen


@pytest.mark.parametrize("since", [None, DURING, DURING + 2 * DAY])
def test_what_was_said_of_another_breach_of_the_same_record_settles_nothing(
    late: World, since: date | None
) -> None:
    late.handle(incident(late), since)
    assert len(over(late)) == 1


def test_another_clause_or_another_record_settles_nothing(late: World) -> None:
    second = late.clause("incident-notice", "on-incident")
    late.handle(incident(late), DURING + DAY, second)
    late.handle(late.incident(), DURING + DAY)
    assert any(one.clause == "第1条" for one in over(late))


def test_a_clause_number_may_be_written_in_any_width(late: World) -> None:
    late.handle(incident(late), DURING + DAY, clause=None)
    held = late.facts().all(BreachHandling)[0]
    late.change(held, clause="第１条 ")
    assert over(late) == []
    assert plain_number("第１条 ") == "第1条"


def test_a_corrected_deadline_brings_it_back(late: World) -> None:
    """The client was told of another lateness than the ledger now shows."""
    late.handle(incident(late), DURING + DAY)
    late.change(incident(late), found_at=moment(incident(late).found_at.date() - DAY, 10))
    assert len(over(late)) == 1


def test_two_clauses_are_two_breaches(late: World) -> None:
    late.clause("incident-notice", "on-incident", within_days=2)
    assert [one.clause for one in over(late)] == ["第1条", "第2条"]
    late.handle(incident(late), DURING + DAY)
    assert [one.clause for one in over(late)] == ["第2条"]


def test_the_newest_handling_is_the_answer(late: World) -> None:
    late.handle(incident(late), DURING + DAY, handled_on=TOLD)
    newest = late.handle(incident(late), DURING + DAY, handled_on=LATER, reference="第5号")
    duty = next(one for one in late.duties(LATER) if one.kind == "incident-notice")
    assert handled(view(late), duty.clause, duty.remarks[0]) == newest
    assert dict(handle_step(duty.clause, duty.remarks[0]).given)["record_id"] == newest.record_id


# 事後の承諾・不問


@pytest.mark.parametrize(
    ("how", "counts"),
    [(Handled.APPROVED, True), (Handled.WAIVED, True), (Handled.REPORTED, False), (Handled.NEEDLESS, False)],
)
def test_only_the_clients_own_word_is_an_approval_afterwards(
    world: World, how: Handled, counts: bool
) -> None:
    clause = world.clause("copy-approval", "each-time")
    event = world.event(world.received(), "複写", day=DURING)
    word = world.handle(event, DURING, clause, handled=how.value, handled_on=TOLD)
    assert afterwards_approved(view(world), event) == (word if counts else None)


def test_it_counts_for_its_own_event_from_its_own_day(world: World) -> None:
    clause = world.clause("copy-approval", "each-time")
    asset = world.received()
    event, other = (world.event(asset, "複写", day=DURING) for _ in range(2))
    word = world.handle(event, DURING, clause, handled=Handled.APPROVED.value, handled_on=TOLD)
    assert afterwards_approved(view(world, TOLD), event) == word
    assert afterwards_approved(view(world, TOLD - DAY), event) is None
    assert afterwards_approved(view(world), other) is None


@pytest.mark.parametrize(("written", "counts"), [(True, True), (False, False), (None, False)])
def test_a_word_settles_nothing_where_the_clause_wants_it_in_writing(
    world: World, written: bool | None, counts: bool
) -> None:
    clause = world.clause("copy-approval", "each-time", written=True)
    event = world.event(world.received(), "複写", day=DURING)
    world.handle(event, DURING, clause, handled=Handled.WAIVED.value, handled_on=TOLD, written=written)
    assert (afterwards_approved(view(world), event, written=True) is not None) is counts
    assert afterwards_approved(view(world), event) is not None


def test_the_step_of_an_approval_afterwards_names_the_event(world: World) -> None:
    clause = world.clause("copy-approval", "each-time")
    event = world.event(world.received(), "複写", day=DURING)
    given = dict(approve_step(clause, event, DURING, "承諾を得ずに複写した").given)
    assert (given["record_kind"], given["record_id"], given["since"]) == ("event", event.id, DURING)
    assert given["handled"] == Handled.APPROVED


# 記録そのもの


def problems(**values: Any) -> set[str]:
    given: dict[str, Any] = {
        "contract": 1,
        "annex": "own",
        "clause": "第1条",
        "record_kind": "event",
        "record_id": 3,
        "what": "承諾の前に複写した",
        "handled_on": DURING,
        "client_person": "総務課 高橋",
        "told_by": 7,
        **values,
    }
    return set(BreachHandling.spec.check(BreachHandling(**given)))


@pytest.mark.parametrize("how", [Handled.REPORTED, Handled.APPROVED, Handled.WAIVED])
def test_the_clients_word_has_somebody_who_said_it(how: Handled) -> None:
    assert problems(handled=how.value) == set()
    assert problems(handled=how.value, client_person="") == {"client_person"}


def test_a_report_has_somebody_who_made_it_and_silence_a_reason() -> None:
    assert problems(handled=Handled.REPORTED.value, told_by=None) == {"told_by"}
    assert problems(handled=Handled.NEEDLESS.value) == {"reason"}
    assert problems(handled=Handled.NEEDLESS.value, reason="軽微", client_person="", told_by=None) == set()


@pytest.mark.parametrize(("since", "refused"), [(DURING - DAY, False), (DURING, False), (DURING + DAY, True)])
def test_nothing_is_handled_before_it_happened(since: date, refused: bool) -> None:
    assert ("handled_on" in problems(handled=Handled.REPORTED.value, since=since)) is refused
