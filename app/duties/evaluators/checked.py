"""Checks and notices: those lately enough to count, and what they left to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from app.annexes.asks import Asks
from app.duties.duty import Step
from app.duties.evaluators.periodic import lasting, often, owed, period_of
from app.duties.evaluators.stated import settled, worked
from app.duties.holding.parties import folded
from app.duties.verdict import Lack, Question, add, open_record, shown
from app.duties.view import ContractView
from app.records import Check, Improvement
from app.records.check import CheckItem, Result

_DONE_ON: attrgetter[date] = attrgetter("done_on")


def checks(view: ContractView, *kinds: str) -> tuple[Check, ...]:
    """The checks of some kinds that cover the contract and were done until the day, by day.

    One that was broken off, with something 未確認, is none of them: it was not done.
    """
    return view.once(_checks, frozenset(map(str, kinds)))


def begun_checks(view: ContractView, *kinds: str) -> tuple[Check, ...]:
    """Those, and the ones that were broken off: what they found wanting is wanting all the same."""
    return view.once(_begun_checks, frozenset(map(str, kinds)))


def lasting_checks(question: Question, *kinds: str) -> tuple[Check, ...]:
    """Those of them that have not lapsed by the period that the clause asks for, newest first."""
    return question.view.once(_lasting, frozenset(map(str, kinds)), period_of(question.asks))


def _checks(view: ContractView, kinds: frozenset[str]) -> tuple[Check, ...]:
    return tuple(one for one in begun_checks(view, *kinds) if one.finished)


def _begun_checks(view: ContractView, kinds: frozenset[str]) -> tuple[Check, ...]:
    held = (one for one in view.covering(Check) if one.kind in kinds and one.done_on <= view.day)
    done = (one for one in held if not _out_of_place(one))
    return tuple(sorted(done, key=attrgetter("done_on", "id")))


def _out_of_place(check: Check) -> bool:
    """Whether all that was to be looked at was 対象外: then nothing was."""
    return bool(check.items) and all(row.result == Result.NOT_APPLICABLE for row in check.items)


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
    step = add("check", kind=str(kind))
    open_ones = [one for one in begun_checks(question.view, kind) if not one.finished]
    if open_ones and (not done or open_ones[-1].done_on >= done[-1].done_on):
        broken_off = open_ones[-1]
        left = sum(row.result == Result.UNSEEN for row in broken_off.items)
        last += f"。{shown(broken_off.done_on)}の点検は{left}件が未確認で、終わっていません"
        newest, step = broken_off.id, open_record(broken_off)
    yield Lack(f"{what}{last}。", why, "check", newest, step=step).by(deadline)


def unmended(question: Question, found: tuple[Check, ...]) -> Iterator[Lack]:
    """What a check found wanting stays open until it is seen to be right, whatever was done about it."""
    why = (
        "点検で不適となった項目は、是正し、後の点検で「適」とするか、改善の効果を確かめて残す必要があります。"
    )
    for check in found:
        what = f"{check.kind}の点検（{shown(check.done_on)}）"
        begun = tuple(_begun(question, check))
        left = [
            row.item for row in check.items if row.result == Result.BAD and not good(question, check, row)
        ]
        if left and not settled(check.action):
            text = f"{what}に不適の項目「{'」「'.join(left)}」があります。"
            yield Lack(text, why, "check", check.id, None, open_record(check))
        elif left and not begun:
            text = f"{what}で不適の「{'」「'.join(left)}」が、その後に適と確かめられていません。"
            yield Lack(text, why, "check", check.id, None, _once_more(check))
        for one in begun:
            text = f"{what}を受けた改善が終わっていません。"
            yield Lack(text, why, "improvement", one.id, one.due_on, open_record(one))


def good(question: Question, check: Check, row: CheckItem) -> bool:
    """Whether an item was found right: by the check itself, by a later one, or after its improvement.

    What was out of place (対象外) was not looked at, and so was not found right.
    """
    if row.result != Result.BAD:
        return row.result == Result.GOOD
    return any(_found_right(check, later, row) for later in begun_checks(question.view, check.kind)) or any(
        _improved(question, check, row)
    )


def _found_right(check: Check, later: Check, row: CheckItem) -> bool:
    if (later.done_on, later.id) <= (check.done_on, check.id):
        return False
    places = ((check.subcontract, later.subcontract), (check.location, later.location))
    if any(meant not in (None, seen) for meant, seen in (*places, (check.system, later.system))):
        return False
    same = [one.result for one in later.items if folded(one.item) == folded(row.item)]
    return bool(same) and all(result == Result.GOOD for result in same)


def _improved(question: Question, check: Check, row: CheckItem) -> Iterator[bool]:
    """Whether an improvement of the item, or of the only one found wanting, was done and seen to work."""
    only = sum(one.result == Result.BAD for one in check.items) == 1
    day = question.view.day
    for one in question.view.facts.of(Improvement, "own_check", check.id):
        done = one.done_on is not None and check.done_on <= one.done_on <= day
        seen = worked(one.effect) and (one.effect_on is None or one.effect_on <= day)
        yield done and seen and (only or folded(row.item) in folded(one.finding))


def _once_more(check: Check) -> Step:
    given = {"subcontract": check.subcontract, "location": check.location, "system": check.system}
    return add("check", kind=check.kind, **{name: held for name, held in given.items() if held})


def _begun(question: Question, check: Check) -> Iterator[Improvement]:
    for one in question.view.facts.of(Improvement, "own_check", check.id):
        if one.found_on <= question.view.day and (one.done_on is None or one.done_on > question.view.day):
            yield one
