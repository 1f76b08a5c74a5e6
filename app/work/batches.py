"""Which papers belong to one act: those due before the start, those that a change calls for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.annexes.kinds import State, When
from app.duties.duty import Action, Duty, Step
from app.duties.papers.drift import Drift
from app.work.tasks import Task, tasks

BEFORE_START, ON_CHANGE = "before-start", "on-change"
"""The sets of papers that go by a name: those due before the start of a contract, those of a change."""
BINDER = "evidence-binder"
"""The form of the binder that holds all papers of a contract."""
CALM = (State.WAITING, State.SATISFIED, State.NOT_APPLICABLE)
"""Where nothing is to be issued now; what is satisfied names as next what is done another time."""
_SEVERAL = 2
"""From so many papers on, making them together is offered."""


class Called(NamedTuple):
    """A paper that is called for: of which contract (id), on which form, by the clause of which number."""

    contract: int
    form: str
    clause: str


class Due(NamedTuple):
    """Several papers of one act: those before the start of a contract (id), or of a change (0: any)."""

    contract: int
    papers: int


def called_for(duties: Iterable[Duty], moments: AbstractSet[When]) -> tuple[Called, ...]:
    """The papers that these duties offer to issue next, each form once a contract, in their order.

    Only duties whose clause asks at one of ``moments`` count, and only what is still open of them.
    """
    found: dict[tuple[int, str], Called] = {}
    for duty in duties:
        if duty.state in CALM or moments.isdisjoint(duty.clause.when):
            continue
        for step in _steps(duty):
            if step.action is Action.ISSUE:
                called = Called(duty.contract, step.target, duty.clause.number)
                found.setdefault((duty.contract, step.target), called)
    return tuple(found.values())


def changed(
    duties: Iterable[Duty], drifts: Iterable[Drift], kinds: Callable[[str], Collection[str]]
) -> tuple[Called, ...]:
    """The papers that changes call for: by a clause on changes, or because what was submitted drifted.

    Where a new one was issued and only waits to be handed in, none is called for. ``kinds``: as in ``tasks``.
    """
    held = tuple(duties)
    found = {(one.contract, one.form): one for one in called_for(held, {When.ON_CHANGE})}
    for task in tasks(held, drifts, kinds):
        if task.drifts and task.step.action is Action.ISSUE:
            called = Called(task.contract, task.step.target, "")
            found.setdefault((called.contract, called.form), called)
    return tuple(found.values())


def due_together(found: Iterable[Task]) -> tuple[Due, ...]:
    """Where several papers of one act are to be issued now: of each start, and of all changes."""
    starts: dict[int, set[str]] = {}
    changes: set[tuple[int, str]] = set()
    for task in found:
        if task.step.action is not Action.ISSUE or task.state in (*CALM, State.NOT_DUE):
            continue
        if task.drifts:
            changes.add((task.contract, task.step.target))
        if any(When.BEFORE_START in duty.clause.when for duty in task.duties):
            starts.setdefault(task.contract, set()).add(task.step.target)
    due = [Due(contract, len(forms)) for contract, forms in starts.items()]
    return tuple(one for one in (*due, Due(0, len(changes))) if one.papers >= _SEVERAL)


def _steps(duty: Duty) -> tuple[Step, ...]:
    return tuple(dict.fromkeys((duty.next, *(gap.step for gap in duty.missing))))
