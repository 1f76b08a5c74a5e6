"""What of an asset is its original and what its copies, and of which of the two a clause speaks."""

from __future__ import annotations

from app.duties.evaluators.handling import concerned, designated
from app.duties.holding.balance import Balance
from app.duties.verdict import Question
from app.duties.view import ContractView
from app.records import Disposal
from app.records.amounts import Amount


def meant_by(question: Question) -> tuple[Balance, ...]:
    """The assets of which the clause speaks; where it does not mean copies, those that are none."""
    found = tuple(one for one in concerned(question) if designated(question, one.asset) is not False)
    if question.asks.copies and not only_copies(question):
        return found
    if only_copies(question):
        return tuple(one for one in found if one.asset.copy_of is not None or one.copied)
    return tuple(one for one in found if one.asset.copy_of is None)


def only_copies(question: Question) -> bool:
    """Whether the clause gives the originals back and here speaks of the copies alone.

    So where one clause has the assets returned without their copies and the copies destroyed.
    """
    clause = question.clause
    if question.kind == "return" or "return" not in clause.kinds or not question.asks.copies:
        return False
    return not clause.asks("return").copies


def held_of(question: Question, one: Balance) -> Amount:
    """How much is left of what the clause means."""
    if only_copies(question):
        return one.held - (0 if one.asset.copy_of is not None else originals(one))
    return one.held if question.asks.copies else originals(one)


def destroyed_of(question: Question, one: Balance) -> Amount:
    """How much of what the clause means was destroyed, not given back; copies count as destroyed first."""
    return one.disposed if question.asks.copies else max(0, one.disposed - one.copied)


def originals(one: Balance) -> Amount:
    """How much is left without the copies; what was destroyed counts as copies first."""
    destroyed = max(0, one.disposed - one.copied)
    return max(0, min(one.held, one.received - one.returned - destroyed))


def touches_copies(view: ContractView, disposal: Disposal) -> bool:
    """Whether a copy may have gone with a disposal; a machine may have held one."""
    copied = view.once(_copied)
    return any(line.asset is None or line.asset in copied for line in disposal.lines)


def _copied(view: ContractView) -> frozenset[int]:
    return frozenset(one.asset.id for one in view.balances if one.copied or one.asset.copy_of is not None)
