"""監査・調査の準備: what is to be mended before the day, which papers show it, what came of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.duties.duty import Action, Duty
from app.duties.finding import Finding
from app.duties.papers.drift import Drift, statement_of
from app.records import Audit, Facts, Improvement, Submission
from app.records.audit import Finding as AuditFinding
from app.work.agenda import worst_first
from app.work.batches import BINDER
from app.work.states import days_left
from app.work.tasks import Group, Task, ordered, tasks


class Ahead(NamedTuple):
    """What an auditor would find: by urgency, with what does not fit together; worst first."""

    groups: tuple[tuple[Group, tuple[Task, ...]], ...]
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.findings) + sum(len(held) for _group, held in self.groups)

    @property
    def today(self) -> int:
        """How many of them have a button that mends them, or begins to."""
        held = [one.next for one in self.findings]
        held += [one.step for _group, found in self.groups for one in found]
        return sum(one.action is not Action.NONE for one in held)


class Answered(NamedTuple):
    """One thing that an audit found, and what was put right because of it."""

    number: int
    finding: AuditFinding
    improvements: tuple[Improvement, ...]


def ahead(duties: Iterable[Duty], drifts: Iterable[Drift], findings: Iterable[Finding], day: date) -> Ahead:
    """What is open in one contract on ``day``, in the order in which it presses; nothing that only comes."""
    groups = ordered(tasks(tuple(duties), tuple(drifts)), day)
    return Ahead(
        tuple((group, tuple(held)) for group, held in groups if group is not Group.COMING),
        tuple(worst_first(findings)),
    )


def to_issue(found: Ahead) -> tuple[tuple[int, str], ...]:
    """The papers to be issued now, by the ids of contract and form, the most pressing first."""
    held = (
        (one.contract, one.step.target)
        for _group, tasks_ in found.groups
        for one in tasks_
        if one.step.action is Action.ISSUE
    )
    return tuple(dict.fromkeys(held))


def papers(facts: Facts, contract: int) -> tuple[Submission, ...]:
    """The documents of a contract that were handed in and count, in the order of their numbers.

    What is void, sent back or followed by another that takes its place is not shown to an auditor as valid.
    """
    held = [one for one in facts.of(Submission, "contract", contract) if one.form != BINDER and _counts(one)]
    return tuple(sorted(held, key=lambda one: one.number))


def _counts(one: Submission) -> bool:
    return one.submitted_on is not None and one.voided_on is None and one.sent_back_on is None


def newest_binder(facts: Facts, contract: int) -> Submission | None:
    """The binder issued last that was not declared void."""
    held = (
        one
        for one in facts.of(Submission, "contract", contract)
        if one.form == BINDER and one.voided_on is None and statement_of(one) is not None
    )
    return max(held, key=lambda one: (one.issued_on, one.id), default=None)


def answers(facts: Facts, audit: Audit) -> tuple[Answered, ...]:
    """The findings of an audit, each with the improvements that name it."""
    held = facts.of(Improvement, "audit", audit.id)
    return tuple(
        Answered(number, row, tuple(one for one in held if one.finding_number == number))
        for number, row in audit.numbered_findings
    )


def next_act(audit: Audit) -> str:
    """The name of the act that does what an audit waits for; empty where it waits for none."""
    if audit.held_on is None:
        return {None: "accept-audit", True: "hold-audit"}.get(audit.accepted, "")
    return "answer-finding" if any(row.answered_on is None for row in audit.findings) else ""


def loose(facts: Facts, audit: Audit) -> tuple[Improvement, ...]:
    """The improvements that name the audit and none of its findings."""
    numbers = {number for number, _row in audit.numbered_findings}
    return tuple(one for one in facts.of(Improvement, "audit", audit.id) if one.finding_number not in numbers)


def stage(audit: Audit, today: date) -> str:
    """Where an audit stands, in a few words; one that was refused at first stays one."""
    turned = bool(audit.refused_why) and (audit.accepted is True or audit.held_on is not None)
    return f"{_stage(audit, today)}（先に断っています）" if turned else _stage(audit, today)


def _stage(audit: Audit, today: date) -> str:
    if audit.held_on is not None:
        open_ones = sum(row.answered_on is None for row in audit.findings)
        return f"実施済み・未回答の指摘{open_ones}件" if open_ones else "実施済み"
    if audit.accepted is False:
        return "断った"
    if audit.planned_on is None:
        return "予定日は未定"
    if audit.planned_on < today:
        return f"予定日を過ぎ、実施の記録なし（{days_left(audit.planned_on, today)}）"
    days = (audit.planned_on - today).days
    return (
        ("実施はきょう", "実施はあす")[days] if days < 2 else f"実施まで{days_left(audit.planned_on, today)}"
    )


def standing(one: Improvement, today: date) -> Iterator[str]:
    """Where an improvement stands: owner and day, done, whether it worked."""
    if one.done_on is None:
        yield "未実施"
        if one.due_on is not None:
            yield days_left(one.due_on, today)
    elif one.effect_on is None:
        yield "実施済み・効果は未確認"
    else:
        yield "実施済み・効果を確認"
