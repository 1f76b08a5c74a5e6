"""incident-followup: what was done about each incident: containment, prevention, notice, publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.annexes.kinds import State
from app.counting.deadlines import Deadline, incident_deadline
from app.duties.duty import Remark
from app.duties.evaluators.client_words import MEASURES, heard, spoken, unfollowed
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.incidents import incidents_of, perhaps_meant
from app.duties.evaluators.perhaps import answers, doubt, pressing, settled
from app.duties.evaluators.stated import states, unclear
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Incident, Instruction
from app.records.instruction import InstructionKind


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
    return date.min if states(text) else None


def _contained(one: Incident) -> date | None:
    return one.contained_on if states(one.containment) else None


def _prevented(one: Incident) -> date | None:
    return one.prevention_on if states(one.prevention) else None


def _notified(one: Incident) -> date | None:
    return one.persons_notified_on if one.persons_notified else None


def _decided(done: bool | None, on: date | None) -> date | None:
    """A decision that nothing has to be done has no day of its own."""
    return date.min if done is False else on


_MEASURES = (
    _Measure("発注者との協議", ("協議",), lambda one: one.discussed_on),
    _Measure("本人への通知の要否", ("本人",), _notified),
    _Measure("公表の要否", ("公表",), lambda one: _decided(one.published, one.published_on)),
    _Measure("再発防止の措置とその日付", ("再発",), _prevented),
    _Measure("発生の原因", ("原因",), lambda one: _undated(one.cause)),
    _Measure("発生時の状況", ("事実",), lambda one: _undated(one.circumstances)),
    _Measure("拡大防止の措置とその日付", ("拡大", "被害", "解決"), _contained),
)
"""All that can be asked; the first whose words stand in an item is meant by it."""
_PERSONS = _MEASURES[1]


def judge(question: Question) -> Verdict:
    incidents, unsure = incidents_of(question), perhaps_meant(question)
    if not incidents and not unsure:
        return question.not_due("措置を要する事故は記録されていませんが、起きたときは措置が必要です。")
    asked = _asked(question.asks.items)
    lacks = [lack for incident in incidents for lack in _lacks(question, incident, asked)]
    evidence = [
        question.evidence(incident, max((*days, incident.found_at.date())))
        for incident in (*incidents, *unsure)
        if (days := [day for one in asked if (day := _done(question, incident, one))])
    ]
    evidence.extend(answers(question, unsure, (_said_of(one) for one in asked)))
    named = "、".join(one.label for one in asked)
    doubts = [lack for one in incidents for lack in _unclear(one, asked)]
    for one in unsure:
        lacks.extend(_ordered(question, one, asked))
        doubts.extend(_unasked(question, one, asked))
    over = [remark for one in incidents for remark in _late(question, one, asked)]
    satisfied = f"事故{len(incidents)}件について、{named}が記録されています。" if incidents else ""
    if over:
        satisfied = f"{satisfied.removesuffix('。')}が、期限より後のものがあります。"
    satisfied = settled(satisfied, unsure)
    return pressing(question.judge(lacks, evidence, satisfied, remarks=over, doubts=doubts), doubts)


def _said_of(measure: _Measure) -> tuple[str, ...]:
    """The words by which an instruction speaks of the measure: its own, or those for all of them."""
    return (*measure.words, *MEASURES)


def _ordered(question: Question, incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Lack]:
    """What the client told to do: whether the clause means the incident or not, it has to be done."""
    if not heard(question, incident):
        return
    said = [spoken(incident.instructions, _said_of(one)) for one in asked]
    if any(one.ordered for one in said):
        yield from unfollowed(incident)


def _unasked(question: Question, incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Lack]:
    """The measures that nobody took and of which the client has said nothing: words on others settle none."""
    lacking = [one for one in asked if any(_lacks(question, incident, (one,)))]
    left = tuple(one for one in lacking if not _told_of(question, incident, one))
    named = "、".join(one.label for one in left)
    what = "措置" if len(left) == len(asked) else f"措置（{named}）"
    yield from doubt(question, incident, what, _lacks(question, incident, left))


def _told_of(question: Question, incident: Incident, measure: _Measure) -> bool:
    """Whether the client has spoken of the measure; what was ordered is missing by itself until done."""
    if not heard(question, incident):
        return False
    return spoken(incident.instructions, _said_of(measure)).plain


def _unclear(incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Lack]:
    """What is written of a measure that was asked for, where it may be a plan or a guess."""
    for measure in asked:
        text = next((of(incident) for word, of in _WRITTEN.items() if word in measure.words), "")
        if states(text):
            yield from unclear(
                incident, f"{incident.called}の{measure.label.removesuffix('とその日付')}", text
            )


_WRITTEN: Mapping[str, Callable[[Incident], str]] = MappingProxyType(
    {
        "再発": lambda one: one.prevention,
        "原因": lambda one: one.cause,
        "拡大": lambda one: one.containment,
    }
)
"""Word of a measure → what is written of it."""


def _asked(items: tuple[str, ...]) -> tuple[_Measure, ...]:
    """What the items of a clause mean; all measures where it names none that is known."""
    meant = [next((one for one in _MEASURES if any(w in item for w in one.words)), None) for item in items]
    return tuple(dict.fromkeys(one for one in meant if one)) or _MEASURES


def _done(question: Question, incident: Incident, measure: _Measure) -> date | None:
    untold = measure is _PERSONS and incident.persons_notified is False
    day = _excused(question, incident) if untold else measure.on(incident)
    return day if day is not None and day <= question.view.day else None


def _excused(question: Question, incident: Incident) -> date | None:
    """When the client said that the persons need not be told; nobody else can say so."""
    said = question.view.facts.find(Instruction, incident.no_notice_instruction)
    if said is None or said.contract != incident.contract or said.kind != InstructionKind.INSTRUCTION:
        return None
    if said.received_on < incident.found_at.date():
        return None  # Nobody excuses what nobody knew of.
    return said.received_on


def _late(question: Question, incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Remark]:
    """The measures that were taken after their deadline."""
    deadline = incident_deadline(incident.found_at.date(), question.asks)
    if deadline is None:
        return
    for measure in asked:
        on = _done(question, incident, measure)
        if on is not None and on > deadline.day:
            days = f"期限{shown(deadline.day)}、実施{shown(on)}"
            text = f"{incident.called}の{measure.label}は、期限の後でした（{days}）。"
            yield Remark(text, "incident", incident.id, deadline.day, on)


def _lacks(question: Question, incident: Incident, asked: tuple[_Measure, ...]) -> Iterator[Lack]:
    found = incident.found_at.date()
    closed = incident.closed_on is not None and incident.closed_on <= question.view.day
    deadline = incident_deadline(found, question.asks)
    for measure in asked:
        if _done(question, incident, measure) is not None:
            continue
        ended = "終結していますが、" if closed else ""
        what = measure.label
        if measure is _PERSONS and incident.persons_notified is False:
            what = "本人への通知を要しないとする発注者の指示"
        yield Lack(
            f"{incident.called}（発見{shown(found)}）は、{ended}{what}が記録されていません。",
            _why(question, measure, deadline),
            "incident",
            incident.id,
            step=open_record(incident),
        ).by(deadline)


def _why(question: Question, measure: _Measure, deadline: Deadline | None) -> str:
    soon = str(question.asks.urgency) if deadline and question.asks.urgency else ""
    effort = "可能な範囲で" if question.asks.best_effort else ""
    return f"事故が起きたときは、{soon}{effort}措置（{measure.label}など）を取り、記録に残す必要があります。"


EVALUATOR = evaluator(
    "incident-followup", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED
)
