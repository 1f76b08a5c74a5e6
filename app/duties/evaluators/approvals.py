"""copy-approval, and what every approval for what happens to an asset has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.annexes.choices import AppliesTo
from app.annexes.kinds import State
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView
from app.records import Approval, Asset, Event
from app.records.amounts import amount_text
from app.records.approval import ApprovalKind
from app.records.event import EventKind


def judge_copy(question: Question) -> Verdict:
    made = events_of(question, EventKind.COPIED, EventKind.MADE)
    events = [event for event, asset in made if is_copy(event, asset)]
    if question.asks.other_purposes:
        return _judge_other(question, events)
    findings = findings_of(question, COPYING)
    findings.look_at(events)
    if not events and not findings.lacks:
        return none_yet(findings)
    return findings.verdict(
        f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def _judge_other(question: Question, events: Sequence[Event]) -> Verdict:
    """Of a clause that speaks of copies for other purposes alone: those for the work it does not mean.

    A copy that rests on an approval to copy is one for the work; of any other only its record can say.
    """
    findings = Findings(question, COPYING_OTHERWISE, "業務以外の目的の複写・複製")
    others = [event for event in events if _otherwise(question.view, event) is True]
    if others:
        findings.look_at(others)
    for event in events:
        if _otherwise(question.view, event) is None:
            asset = question.view.assets[event.asset]
            what = f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）"
            text = f"{what}が委託業務のためかが記録されていません。"
            findings.doubts.append(Lack(text, findings.why, "event", event.id, step=open_record(event)))
    if not others and not findings.doubts:
        return none_yet(findings)
    if not others:
        why = "業務以外の目的の複写・複製でないかを確かめてください。"
        return question.confirm(why, findings.doubts, step=findings.doubts[0].step)
    return findings.verdict(
        f"{findings.act}{len(others)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def _otherwise(view: ContractView, event: Event) -> bool | None:
    """Whether a copy was made for another purpose than the work; None where nothing says so."""
    if event.for_work is not None:
        return not event.for_work
    allowed = COPYING_OTHERWISE.matching(view, "").claims[event.id].approvals
    kinds = {approval.kind for approval in allowed}
    if kinds & _OTHERWISE:
        return True
    return False if kinds else None


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


def is_copy(event: Event, asset: Asset) -> bool:
    """Whether the event made a copy: it says so, or it made an asset that names what it was copied from."""
    return event.kind == EventKind.COPIED or (event.kind == EventKind.MADE and asset.copy_of is not None)


def use_of(event: Event, asset: int | None = None, destination: str = "") -> Use:
    """An event as the use of its asset (or of ``asset``) on its day, at ``destination`` or where it says."""
    day = event.happened_at.date()
    things = (("asset", asset or event.asset, event.quantity),)
    where = destination or event.destination
    return Use(event, day, day, things, event.approval, event.person, where)


def matched(view: ContractView, kinds: Iterable[ApprovalKind], event: EventKind, basis: str) -> Matching:
    """All events of a kind, whatever a clause applies to: what is used up is used up for every clause."""
    return match(view, tuple(kinds), (use_of(one) for one, _asset in view.events_of(event)), basis)


def described(view: ContractView, use: Use) -> str:
    """An event in words: A-0003の複写（令和8年6月1日、2枚）."""
    event = view.facts.get(Event, use.record.id)
    asset = view.assets[event.asset]
    return f"{asset.number}の{event.kind}（{shown(use.since)}、{amount_text(event.quantity)}{asset.unit}）"


def _copies(view: ContractView, basis: str) -> Matching:
    return match(view, COPYING.kinds, _copied(view), basis)


def _copied(view: ContractView) -> Iterator[Use]:
    """Every copy, as a use of what was copied, unless it is the copy itself that an approval lists."""
    listed = {row.asset for one in view.held(Approval) if one.kind in COPYING.kinds for row in one.subjects}
    for event, asset in view.events_of(EventKind.COPIED, EventKind.MADE):
        if is_copy(event, asset):
            yield use_of(event, None if asset.id in listed else asset.copy_of)


def _copies_otherwise(view: ContractView, basis: str) -> Matching:
    return match(view, COPYING_OTHERWISE.kinds, _copied(view), basis)


COPYING = Subject(
    "複写・複製", (ApprovalKind.COPY,), lambda view, basis: view.once(_copies, basis), described
)

_OTHERWISE = frozenset((ApprovalKind.OTHER_USE, ApprovalKind.THIRD_PARTY))
COPYING_OTHERWISE = Subject(
    "複写・複製",
    (ApprovalKind.OTHER_USE, ApprovalKind.COPY, ApprovalKind.THIRD_PARTY),
    lambda view, basis: view.once(_copies_otherwise, basis),
    described,
)

COPY = evaluator(
    "copy-approval", judge_copy, State.NOT_DUE, State.DUE, State.WAITING, State.CONFIRM, State.SATISFIED
)
