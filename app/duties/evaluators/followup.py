"""incident-followup: what was done about each incident: containment, prevention, notice, publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.annexes.kinds import State
from app.counting.deadlines import Deadline, deadline_after
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.incidents import incidents_of
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Incident


@dataclass(frozen=True, slots=True)
class _Measure:
    """One thing to be done about an incident.

    ``words``: what an item of a clause says of it. ``on``: the day on which it was done or decided; None
    where it is not recorded, ``date.min`` where the ledger keeps no day of it.
    """

    label: str
    words: tuple[str, ...]
    on: Callable[[Incident], date | None]


def _undated(text: str) -> date | None:
    return date.min if text else None


def _contained(one: Incident) -> date | None:
    return one.contained_on if one.containment else None


def _prevented(one: Incident) -> date | None:
    return one.prevention_on if one.prevention else None


def _decided(done: bool | None, on: date | None) -> date | None:
    """A decision that nothing has to be done has no day of its own."""
    return date.min if done is False else on


_MEASURES = (
    _Measure("発注者との協議", ("協議",), lambda one: one.discussed_on),
    _Measure(
        "本人への通知の要否", ("本人",), lambda one: _decided(one.persons_notified, one.persons_notified_on)
    ),
    _Measure("公表の要否", ("公表",), lambda one: _decided(one.published, one.published_on)),
    _Measure("再発防止の措置とその日付", ("再発",), _prevented),
    _Measure("発生の原因", ("原因",), lambda one: _undated(one.cause)),
    _Measure("発生時の状況", ("事実",), lambda one: _undated(one.circumstances)),
    _Measure("拡大防止の措置とその日付", ("拡大", "被害", "解決"), _contained),
)
"""All that can be asked; the first whose words stand in an item is meant by it."""


def judge(question: Question) -> Verdict:
    incidents = incidents_of(question)
    if not incidents:
        return question.not_due("措置を要する事故は記録されていませんが、起きたときは措置が必要です。")
    asked = _asked(question.asks.items)
    lacks = [lack for incident in incidents for lack in _lacks(question, incident, asked)]
    evidence = [
        question.evidence(incident, max((*days, incident.found_at.date())))
        for incident in incidents
        if (days := [day for one in asked if (day := _done(question, incident, one))])
    ]
    named = "、".join(one.label for one in asked)
    return question.judge(lacks, evidence, f"事故{len(incidents)}件について、{named}が記録されています。")


def _asked(items: tuple[str, ...]) -> tuple[_Measure, ...]:
    """What the items of a clause mean; all measures where it names none that is known."""
    meant = [next((one for one in _MEASURES if any(w in item for w in one.words)), None) for item in items]
    return tuple(dict.fromkeys(one for one in meant if one)) or _MEASURES


def _done(question: Question, incident: Incident, measure: _Measure) -> date | None:
    day = measure.on(incident)
    return day if day is not None and day <= question.view.day else None


def _lacks(question: Question, incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Lack]:
    found = incident.found_at.date()
    closed = incident.closed_on is not None and incident.closed_on <= question.view.day
    deadline = deadline_after(found, question.asks)
    for measure in asked:
        if _done(question, incident, measure) is not None:
            continue
        ended = "終結していますが、" if closed else ""
        yield Lack(
            f"{incident.number}（発見{shown(found)}）は、{ended}{measure.label}が記録されていません。",
            _why(question, measure, deadline),
            "incident",
            incident.id,
            step=open_record(incident),
        ).by(deadline)


def _why(question: Question, measure: _Measure, deadline: Deadline | None) -> str:
    soon = str(question.asks.urgency) if deadline and question.asks.urgency else ""
    effort = "可能な範囲で" if question.asks.best_effort else ""
    return f"事故が起きたときは、{soon}{effort}措置（{measure.label}など）を取り、記録に残す必要があります。"


EVALUATOR = evaluator("incident-followup", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
