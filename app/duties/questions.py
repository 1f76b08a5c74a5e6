"""The duties of one contract by their kind, and the questions behind them, worked out once."""

from __future__ import annotations

from collections.abc import Mapping

from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Duty
from app.duties.engine import duties_of
from app.duties.verdict import Question
from app.duties.view import ContractView


def duties_by_kind(view: ContractView) -> Mapping[str, tuple[Duty, ...]]:
    """Kind → the duties of the contract that apply to it, in the order of its clauses."""
    return view.once(_by_kind)


def asked(view: ContractView, kind: str) -> tuple[Question, ...]:
    """The questions of a kind that the clauses of the contract really ask, in their order."""
    return view.once(_asked, kind)


def _by_kind(view: ContractView) -> Mapping[str, tuple[Duty, ...]]:
    held: dict[str, list[Duty]] = {}
    for duty in view.once(duties_of):
        if duty.state is not State.NOT_APPLICABLE:
            held.setdefault(duty.kind, []).append(duty)
    return {kind: tuple(duties) for kind, duties in held.items()}


def _asked(view: ContractView, kind: str) -> tuple[Question, ...]:
    return tuple(
        Question(view, duty.clause, kind, asks_of(view.contract, duty.clause, kind))
        for duty in duties_by_kind(view).get(kind, ())
    )
