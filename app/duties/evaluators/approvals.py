"""copy-approval, and what every approval for what happens to an asset has in common."""

from __future__ import annotations

from collections.abc import Iterable

from app.annexes.clause import AppliesTo
from app.annexes.kinds import State
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.verdict import Question, Verdict, shown
from app.duties.view import ContractView
from app.records import Event
from app.records.approval import ApprovalKind
from app.records.event import EventKind


def judge_copy(question: Question) -> Verdict:
    events = [event for event, _asset in events_of(question, EventKind.COPIED)]
    findings = findings_of(question, COPYING)
    findings.look_at(events)
    if not events and not findings.lacks:
        return none_yet(findings)
    return findings.verdict(
        f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def findings_of(question: Question, subject: Subject) -> Findings:
    """Findings about one kind of use of the assets of which the clause speaks, nothing looked at yet."""
    applies_to = question.asks.applies_to
    of_what = "" if applies_to is AppliesTo.ALL else f"{applies_to}の"
    return Findings(question, subject, f"{of_what}{subject.act}")


def none_yet(findings: Findings) -> Verdict:
    """No such use is recorded and none was applied for; what would be needed is said all the same."""
    rule = f"行う前に{findings.ground.words}が必要です"
    if findings.ground.absolute:
        rule = "例外なく禁じられています"
    return findings.question.not_due(f"{findings.act}の記録はありませんが、{rule}。")


def _use(event: Event) -> Use:
    """An event as the use of its asset on its day."""
    day = event.happened_at.date()
    things = (("asset", event.asset, event.quantity),)
    return Use(event, day, day, things, event.approval, event.person, event.destination)


def matched(view: ContractView, kinds: Iterable[ApprovalKind], event: EventKind, basis: str) -> Matching:
    """All events of a kind, whatever a clause applies to: what is used up is used up for every clause."""
    return match(view, tuple(kinds), (_use(one) for one, _asset in view.events_of(event)), basis)


def described(view: ContractView, use: Use) -> str:
    """An event in words: A-0003の複写（令和8年6月1日、2枚）."""
    event = view.facts.get(Event, use.record.id)
    asset = view.assets[event.asset]
    return f"{asset.number}の{event.kind}（{shown(use.since)}、{event.quantity:,}{asset.unit}）"


def _copies(view: ContractView, basis: str) -> Matching:
    return matched(view, COPYING.kinds, EventKind.COPIED, basis)


COPYING = Subject(
    "複写・複製", (ApprovalKind.COPY,), lambda view, basis: view.once(_copies, basis), described
)

COPY = evaluator(
    "copy-approval", judge_copy, State.NOT_DUE, State.DUE, State.WAITING, State.CONFIRM, State.SATISFIED
)
