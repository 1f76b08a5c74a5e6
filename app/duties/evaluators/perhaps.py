"""Incidents that may be what the closed list of a clause names, though nobody knows whether they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from app.annexes.kinds import State
from app.duties.breaches import afterwards_approved
from app.duties.duty import Evidence
from app.duties.evaluators.client_words import decided, heard, told
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Incident
from app.records.incident import IncidentKind, said_kinds

_PERHAPS: Mapping[str, frozenset[IncidentKind]] = MappingProxyType(
    {
        IncidentKind.RISK: frozenset(IncidentKind),
        IncidentKind.LOSS: frozenset({IncidentKind.LEAK, IncidentKind.THEFT}),
        IncidentKind.FALSIFICATION: frozenset({IncidentKind.DAMAGE}),
    }
)
"""Kind of an incident → what it may be besides: of a suspicion nobody knows what happened, what is lost may
have been stolen or found by somebody who reads it, and what was falsified is read as damaged by some."""

_SHORT = 30


def perhaps(incident: Incident, mishaps: Sequence[IncidentKind]) -> tuple[IncidentKind, ...]:
    """Those of ``mishaps``, in their order, that the incident may be besides what it is known to be.

    A violation that reached somebody may be a leak, whatever it was called.
    """
    possible: set[IncidentKind] = set()
    for kind in incident.kinds:
        possible |= _PERHAPS.get(kind, frozenset())
    if incident.recipient and IncidentKind.VIOLATION in incident.kinds:
        possible.add(IncidentKind.LEAK)
    return tuple(kind for kind in mishaps if kind in possible)


def doubt(question: Question, incident: Incident, what: str, unkept: Iterable[Lack]) -> Iterator[Lack]:
    """That only the client can say whether the clause means the incident, until the client has said it.

    ``what``: what the clause asks (報告). ``unkept``: what would be missing if it did and what the client has
    not decided, nothing where all of it was; its first day is the day by which to ask, since the report
    itself is late afterwards.
    """
    lacks = tuple(unkept)
    if not lacks or afterwards_approved(question.view, incident, clause=question.clause):
        return
    kinds = said_kinds(incident.kinds)
    head = f"{incident.called}（{kinds}、発見{shown(incident.found_at.date())}）は、"
    why = (
        f"この条項は{'、'.join(question.asks.mishaps)}の事故について{what}を求めており、{incident.called}（{kinds}）は"
        f"{'、'.join(perhaps(incident, question.asks.mishaps))}に当たるかもしれないため、"
        f"{what}を要するかを発注者に確かめ、その指示（要しないとの回答を含む）を記録してください。"
    )
    text = head + _unsaid(question, incident, what)
    lack = Lack(text, why, "incident", incident.id, step=open_record(incident))
    dated = [one for one in lacks if one.due is not None]
    first = min(dated, key=lambda one: one.due or date.max, default=None)
    yield lack if first is None else lack._replace(due=first.due, counted=first.counted)


def _unsaid(question: Question, incident: Incident, what: str) -> str:
    """What the client has not said, or not of this: words on another matter answer nothing here."""
    if heard(question, incident):
        line = " ".join(incident.instructions.split())
        words = line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
        return f"発注者の指示「{words}」から、{what}を要するか要しないかが読み取れません。"
    if told(question, incident):
        return f"発注者に伝えていますが、{what}を要するかについての発注者の指示が記録されていません。"
    return f"発注者に伝えた記録がなく、{what}を要するかが分かりません。"


def answers(
    question: Question, incidents: Iterable[Incident], words: Iterable[tuple[str, ...]]
) -> Iterator[Evidence]:
    """What shows that the client was asked and has answered, of any matter that one of ``words`` names."""
    matters = tuple(words)
    for one in incidents:
        if word := afterwards_approved(question.view, one, clause=question.clause):
            yield question.evidence(word, word.handled_on)
        elif one.instructions_on is not None and any(decided(question, one, said) for said in matters):
            yield question.evidence(one, one.instructions_on)


def settled(reported: str, incidents: Sequence[Incident]) -> str:
    """``reported`` (a sentence, or nothing), and that nothing is open of incidents perhaps not meant."""
    if not incidents:
        return reported
    more = (
        f"この条項に当たるかどうかが明らかでない{len(incidents)}件は、"
        "求められることを済ませたか、発注者の指示を受けています"
    )
    return f"{reported.removesuffix('。')}（ほかに、{more}）。" if reported else f"{more}。"


def pressing(verdict: Verdict, doubts: Sequence[Lack]) -> Verdict:
    """A matter to confirm has the first day of its doubts: what is asked late is reported late."""
    dated = [one for one in doubts if one.due is not None]
    if verdict.state is not State.CONFIRM or not dated:
        return verdict
    first = min(dated, key=lambda one: one.due or date.max)
    return verdict._replace(due=first.due, counted=first.counted)
