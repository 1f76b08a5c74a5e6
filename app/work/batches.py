"""Which papers belong to one act: those due before the start, those that a change calls for."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.annexes.kinds import State, When
from app.duties.duty import Action, Duty, Step

_CALM = (State.WAITING, State.SATISFIED, State.NOT_APPLICABLE)
"""Where nothing is to be issued now; what is satisfied names as next what is done another time."""


class Called(NamedTuple):
    """A paper that is called for: of which contract (id), on which form, by the clause of which number."""

    contract: int
    form: str
    clause: str


def called_for(duties: Iterable[Duty], moments: AbstractSet[When]) -> tuple[Called, ...]:
    """The papers that these duties offer to issue next, each form once a contract, in their order.

    Only duties whose clause asks at one of ``moments`` count, and only what is still open of them.
    """
    found: dict[tuple[int, str], Called] = {}
    for duty in duties:
        if duty.state in _CALM or moments.isdisjoint(duty.clause.when):
            continue
        for step in _steps(duty):
            if step.action is Action.ISSUE:
                called = Called(duty.contract, step.target, duty.clause.number)
                found.setdefault((duty.contract, step.target), called)
    return tuple(found.values())


def _steps(duty: Duty) -> tuple[Step, ...]:
    return tuple(dict.fromkeys((duty.next, *(gap.step for gap in duty.missing))))
