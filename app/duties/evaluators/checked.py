"""Checks and notices: those lately enough to count, and what they left to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from app.annexes.asks import Asks
from app.duties.evaluators.periodic import lasting, often, owed, period_of
from app.duties.evaluators.stated import states
from app.duties.verdict import Lack, Question, add, open_record, shown
from app.duties.view import ContractView
from app.records import Check, Improvement

_DONE_ON: attrgetter[date] = attrgetter("done_on")


def checks(view: ContractView, *kinds: str) -> tuple[Check, ...]:
    """The checks of some kinds that cover the contract and were done until the day, by day."""
    return view.once(_checks, frozenset(map(str, kinds)))


def lasting_checks(question: Question, *kinds: str) -> tuple[Check, ...]:
    """Those of them that have not lapsed by the period that the clause asks for, newest first."""
    return question.view.once(_lasting, frozenset(map(str, kinds)), period_of(question.asks))


def _checks(view: ContractView, kinds: frozenset[str]) -> tuple[Check, ...]:
    done = (one for one in view.covering(Check) if one.kind in kinds and one.done_on <= view.day)
    return tuple(sorted(done, key=attrgetter("done_on", "id")))


def _lasting(view: ContractView, kinds: frozenset[str], period: Asks) -> tuple[Check, ...]:
    return lasting(view, period, checks(view, *kinds), _DONE_ON)


def lapsed(question: Question, what: str, done: tuple[Check, ...], kind: str) -> Iterator[Lack]:
    """``what`` (安全管理措置の点検) is to be done again; nothing where the time for it has not run out."""
    period = period_of(question.asks)
    deadline = owed(question.view, period, [one.done_on for one in done])
    if deadline is None:
        return
    last = f"は{shown(done[-1].done_on)}が最後です" if done else "の記録がありません"
    why = f"{what}は{often(period)}行う必要があります。"
    newest = done[-1].id if done else 0
    yield Lack(f"{what}{last}。", why, "check", newest, step=add("check", kind=str(kind))).by(deadline)


def unmended(question: Question, found: tuple[Check, ...]) -> Iterator[Lack]:
    """What a check found wanting stays open until an action, and every improvement begun for it, is done."""
    for check in found:
        if check.good:
            continue
        text = f"{check.kind}の点検（{shown(check.done_on)}）に不適の項目があります。"
        why = "点検で不適となった項目は、是正する必要があります。"
        if not states(check.action):
            yield Lack(text, why, "check", check.id, None, open_record(check))
        for one in _begun(question, check):
            text = f"{check.kind}の点検（{shown(check.done_on)}）を受けた改善が終わっていません。"
            yield Lack(text, why, "improvement", one.id, one.due_on, open_record(one))


def _begun(question: Question, check: Check) -> Iterator[Improvement]:
    for one in question.view.facts.of(Improvement, "own_check", check.id):
        if one.found_on <= question.view.day and (one.done_on is None or one.done_on > question.view.day):
            yield one
