"""Incidents that touch what a clause has people confirm: what was confirmed before proves nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from app.duties.duty import Remark, Step
from app.duties.evaluators.incidents import incidents_of, perhaps_meant
from app.duties.verdict import Lack, Question, open_record, shown
from app.records import Incident
from app.records.incident import IncidentKind

_HARM = frozenset(IncidentKind) - {IncidentKind.RISK}
_TOLD = frozenset({IncidentKind.LEAK, IncidentKind.THEFT, IncidentKind.VIOLATION})
_VIOLATION = frozenset({IncidentKind.VIOLATION})

_TOUCHED: Mapping[str, frozenset[IncidentKind]] = MappingProxyType(
    {
        "secrecy": frozenset(IncidentKind) - {IncidentKind.DAMAGE, IncidentKind.FALSIFICATION},
        "purpose-limit": _TOLD | {IncidentKind.RISK},
        "collection-limit": _VIOLATION | {IncidentKind.RISK},
        "law": frozenset(IncidentKind),
        "security-measures": frozenset(IncidentKind),
    }
)
"""Kind of duty → the incidents after which nobody can go on saying that it is kept without looking anew."""

_BROKEN: Mapping[str, frozenset[IncidentKind]] = MappingProxyType(
    {
        "secrecy": _TOLD,
        "purpose-limit": _VIOLATION,
        "collection-limit": _VIOLATION,
        "law": _VIOLATION,
        "security-measures": _HARM,
    }
)
"""Kind of duty → the incidents that are a breach of it, also when they are over."""


def touching(question: Question) -> tuple[Incident, ...]:
    """The incidents found until the day that touch what the clause has people confirm, or may touch it."""
    found = (*incidents_of(question), *perhaps_meant(question))
    return _touching(question, found)


def _touching(question: Question, found: tuple[Incident, ...]) -> tuple[Incident, ...]:
    return tuple(one for one in found if set(one.kinds) & _TOUCHED.get(question.kind, frozenset()))


def reopened(question: Question, confirmed_on: date | None, step: Step) -> list[Lack]:
    """What stands against a confirmation of ``confirmed_on`` (None: one that has no day).

    An incident that is not over, or was not before the confirmation, leaves open whether the clause is
    kept. ``step``: how it is confirmed anew, once the incident is over.
    """
    return [
        lack
        for one in touching(question)
        if (lack := _against(question, one, confirmed_on, step)) is not None
    ]


def _against(question: Question, one: Incident, confirmed_on: date | None, step: Step) -> Lack | None:
    told = f"{one.called}（{'・'.join(one.kinds)}、発見{shown(one.found_at.date())}）"
    closed = one.closed_on if one.closed_on is not None and one.closed_on <= question.view.day else None
    if closed is None:
        why = f"{told}が終結していないため、この条項が守られていると言えるかを確かめてください。"
        return Lack(f"{told}が終結していません。", why, "incident", one.id, step=open_record(one))
    if confirmed_on is None or confirmed_on < closed:
        why = f"{told}の終結（{shown(closed)}）の後に、この条項が守られていることを改めて確かめてください。"
        text = f"{told}が終結した後に確かめた記録がありません。"
        return Lack(text, why, "incident", one.id, step=step)
    return None


def broken(question: Question) -> Iterator[Remark]:
    """The incidents that were a breach of the clause and are over."""
    for one in _touching(question, incidents_of(question)):
        closed = one.closed_on
        offended = set(one.kinds) & _BROKEN.get(question.kind, frozenset())
        if closed is None or closed > question.view.day or not offended:
            continue
        found = one.found_at.date()
        since = one.happened_at.date() if one.happened_at else found
        days = f"発見{shown(found)}、終結{shown(closed)}"
        text = f"この条項に関わる事故{one.called}（{'・'.join(one.kinds)}、{days}）がありました。"
        yield Remark(text, "incident", one.id, since, closed, late=False)
