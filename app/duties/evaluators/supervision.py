"""supervision: what has to be kept was made known to every worker, and how they keep it was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.counting import Deadline
from app.duties.duty import Step
from app.duties.evaluators.checked import checks, lapsed, lasting_checks, unmended
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import again, period_of
from app.duties.kinds import State, When
from app.duties.verdict import Lack, Question, Verdict, add, shown
from app.duties.view import Worker
from app.records import Check
from app.records.check import CheckKind

_KINDS = (CheckKind.NOTICE, CheckKind.SUPERVISION)


def judge(question: Question) -> Verdict:
    done = checks(question.view, *_KINDS)
    if not done:
        return question.unrecorded(
            f"{_what(question)}の記録がないため、実施した日と対象者を示せません。", "check"
        )
    counted = lasting_checks(question, *_KINDS)
    named = _by_the_named(question, counted)
    lacks = [*_lapsed(question, done, counted), *_unreached(question, named), *unmended(question, named)]
    if counted and not named:
        lacks.append(_somebody_else(question, counted[0]))
    evidence = [question.evidence(one, one.done_on) for one in named]
    satisfied = ""
    if named and not lacks:
        satisfied = f"{_what(question)}は{shown(named[0].done_on)}に行われ、従事者全員に及んでいます。"
    if lacks or not named:
        return question.judge(lacks, evidence, satisfied)
    return question.judge(lacks, evidence, satisfied, *_renewal(question, named))


def _renewal(question: Question, named: tuple[Check, ...]) -> tuple[Deadline | None, Step]:
    by = again(question.view, period_of(question.asks), (_reached_on(question, named),))
    return by, add("check", kind=CheckKind.SUPERVISION.value)


def _reached_on(question: Question, named: tuple[Check, ...]) -> date:
    """Since when everyone has been reached: by one record for all, or by those that name them one by one."""
    for_all = next((one.done_on for one in named if not one.persons), date.min)
    newest = {row.person: one.done_on for one in reversed(named) for row in one.persons}
    days = (newest.get(worker.person.id, date.min) for worker in _meant(question))
    return max(for_all, min(days, default=named[0].done_on))


def _what(question: Question) -> str:
    items = question.asks.items
    return f"従事者への「{'」「'.join(items)}」の周知・監督" if items else "従事者への周知・監督"


def _lapsed(question: Question, done: tuple[Check, ...], counted: tuple[Check, ...]) -> Iterator[Lack]:
    if not counted:
        yield from lapsed(question, _what(question), done, CheckKind.SUPERVISION)


def _by_the_named(question: Question, found: tuple[Check, ...]) -> tuple[Check, ...]:
    """Where the clause says who supervises, only what a holder of that role did on the day counts."""
    roles = {str(role) for role in question.asks.roles}
    return tuple(one for one in found if _did(question, roles, one)) if roles else found


def _did(question: Question, roles: set[str], check: Check) -> bool:
    return any(
        one.person == check.checked_by
        and roles & set(one.role_names)
        and (one.ends_on is None or check.done_on <= one.ends_on)
        for one in question.view.assignments
    )


def _somebody_else(question: Question, newest: Check) -> Lack:
    roles = "、".join(question.asks.roles)
    return Lack(
        f"{roles}が行った周知・監督の記録がありません。",
        f"従事者の監督は{roles}が行い、実施者として記録する必要があります。",
        "check",
        newest.id,
        None,
        add("check", kind=CheckKind.SUPERVISION.value),
    )


def _unreached(question: Question, found: tuple[Check, ...]) -> Iterator[Lack]:
    """A record that names nobody was for all; else each worker must be named in one that still counts."""
    if not found or any(not one.persons for one in found):
        return
    reached = {row.person for one in found for row in one.persons}
    beforehand = When.BEFORE_START in question.clause.when
    for worker in _meant(question):
        if worker.person.id in reached:
            continue
        lack = Lack(
            f"{worker.person.name}への周知・監督の記録がありません。",
            "周知と監督は従事者の全員に行い、対象の要員として記録する必要があります。",
            "person",
            worker.person.id,
            step=add("check", kind=CheckKind.NOTICE.value),
        )
        yield lack.by(question.beforehand(worker.since)) if beforehand else lack


def _meant(question: Question) -> Iterator[Worker]:
    """The workers that have to be reached by now: those who work, or all where it comes before the start."""
    beforehand = When.BEFORE_START in question.clause.when
    for worker in question.view.workers_of(question.asks.workers):
        if beforehand or worker.since <= question.view.as_of:
            yield worker


EVALUATOR = evaluator("supervision", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
