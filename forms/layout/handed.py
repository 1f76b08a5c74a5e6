"""Hand-overs as papers tell them: who gave, who took, how; and which of them a paper has told already."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import Asset, Event, Submission
from app.records.event import GIVING_BACK
from app.records.handover import sections, without_sections
from app.records.status import Status
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import lines, quantity

UNTOLD = "記録なし"
"""What stands where a way of handling has to be told and the ledger holds nothing: never a mere dash."""
_GIVING = frozenset(str(kind) for kind in GIVING_BACK)


def quantity_of(case: Case, event: Event) -> str:
    """How much changed hands, in the asset's unit."""
    return quantity(event.quantity, case.facts.get(Asset, event.asset).unit)


def giver(event: Event) -> str:
    """Who gave it, with the client's person where the client did."""
    return _side(event.from_party, "" if event.kind in _GIVING else event.counterpart)


def taker(event: Event) -> str:
    """Who took it, with the client's person where the client did."""
    return _side(event.to_party, event.counterpart if event.kind in _GIVING else "")


def once(told: str) -> str:
    """What ``giver`` and ``taker`` said in an older document, where a section could stand twice."""
    party, _, person = told.partition("\n")
    return _side(party, person)


def _side(party: str, person: str) -> str:
    """A party and below it its person: the section that the party names stands there once."""
    return lines(party, without_sections(person, sections(party)))


def protected(event: Event) -> str:
    """How it was protected on the way; that nothing is recorded of it is said, never left blank."""
    return lines("、".join(event.safeguards), event.protection) or UNTOLD


def happened(case: Case, event: Event) -> bool:
    """Whether it was done by the day of the case; a plan never is."""
    return event.status != Status.PLANNED and event.happened_at.date() <= case.day


def told_by(case: Case, form: str) -> set[str]:
    """What documents of ``form`` tell of that were neither voided nor sent back, submitted or not."""
    found: set[str] = set()
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form == form and submission.voided_on is None and submission.sent_back_on is None:
            told = case.facts.told(submission)
            found.update(told.subjects if told else ())
    return found


def named(paper: Paper[Event]) -> Iterator[tuple[Event, str]]:
    """Each event with the words by which a person is asked about it."""
    for event in paper.things:
        asset = paper.case.facts.get(Asset, event.asset)
        yield event, f"{asset.number}の{event.kind}（{wareki(event.happened_at.date())}）"


def _planned(paper: Paper[Event]) -> Iterator[tuple[int, str]]:
    for event, name in named(paper):
        if event.status == Status.PLANNED:
            yield event.id, f"{name}は予定であり、まだ行われていません。行った後に「実績」に改めてください。"


def _to_come(paper: Paper[Event]) -> Iterator[tuple[int, str]]:
    for event, name in named(paper):
        if event.status != Status.PLANNED and event.happened_at.date() > paper.case.day:
            yield event.id, f"{name}は、書類の日付（{wareki(paper.case.day)}）より後です。"


OPEN = (Asked(Event, "status", _planned), Asked(Event, "happened_at", _to_come))
"""What has not been done by the day of a paper is told on none, whoever asks for it."""
