"""The duties of one contract by their kind, and the questions behind them, worked out once."""

from __future__ import annotations

from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Duty
from app.duties.engine import duties_of_kind
from app.duties.verdict import Question
from app.duties.view import ContractView


def applying(view: ContractView, kind: str) -> tuple[Duty, ...]:
    """The duties of a kind that apply to the contract, in the order of its clauses."""
    return view.once(_applying, kind)


def asked(view: ContractView, kind: str) -> tuple[Question, ...]:
    """The questions of a kind that the clauses of the contract really ask, in their order."""
    return view.once(_asked, kind)


def _applying(view: ContractView, kind: str) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties_of_kind(view, kind) if duty.state is not State.NOT_APPLICABLE)


def _asked(view: ContractView, kind: str) -> tuple[Question, ...]:
    return tuple(
        Question(view, duty.clause, kind, asks_of(view.contract, duty.clause, kind))
        for duty in applying(view, kind)
    )
