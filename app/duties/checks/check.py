"""What a cross-check is, and what all of them share: the clause that asks, and what a duty already lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.annexes.clause import Clause
from app.annexes.kinds import State
from app.duties.duty import Action, Gap, Step
from app.duties.finding import Severity
from app.duties.questions import applying
from app.duties.verdict import NO_STEP, open_record
from app.duties.view import ContractView
from app.records import SPECS, Facts, Record

OPEN = (State.OVERDUE, State.DUE)
"""The states of a duty in which something is lacking."""


class Found(NamedTuple):
    """One thing that a check saw: one sentence, the record to open, and what puts it right.

    ``clause``: the clause that it offends, where the check knows it better than by its kinds of duty.
    ``known``: False where the ledger does not say that it is so, and nothing in it says that it is not.
    """

    text: str
    record: str
    id: int
    next: Step
    clause: Clause | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One cross-check of a contract.

    ``kinds``: the kinds of duty whose clause is named, the first that the contract carries; ``severity``
    holds where a clause asks for it, one step less where none does. Without kinds it always holds.
    """

    name: str
    label: str
    severity: Severity
    kinds: tuple[str, ...]
    find: Callable[[ContractView], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """One cross-check of what no contract owns; it is given the day of the clock, None to leave that out.

    ``clocked``: whether it looks at that day; of the same facts the others find the same on any day.
    """

    name: str
    label: str
    severity: Severity
    find: Callable[[Facts, date | None], Iterator[Found]]
    clocked: bool = False


def found(text: str, record: Record, step: Step = NO_STEP, *, known: bool = True) -> Found:
    """What was seen in ``record``; where no other step is given, it is opened."""
    made = step if step.action else open_record(record)
    return Found(text, record.spec.name, record.id, made, known=known)


def clause_of(view: ContractView, kinds: tuple[str, ...]) -> Clause | None:
    """The first clause of the contract that asks for one of ``kinds``, the first kind first."""
    return next((held[0].clause for kind in kinds if (held := applying(view, kind))), None)


def lacking(view: ContractView, kind: str, *records: str, late: bool = False) -> Iterator[tuple[Gap, Clause]]:
    """What the duties of a kind lack, each thing once, with its clause; not what waits for the client.

    ``records``: only what has one of these types to open. ``late``: only what is past its deadline.
    """
    seen = set()
    for duty in applying(view, kind):
        for gap in duty.missing if duty.state in OPEN else ():
            key = (gap.record, gap.id, gap.text)
            if key in seen or gap.waiting or (records and gap.record not in records):
                continue
            if not late or (gap.due is not None and gap.due < view.day):
                seen.add(key)
                yield gap, duty.clause


def of_gap(gap: Gap, clause: Clause) -> Found:
    """What a duty lacks, as something seen."""
    return Found(gap.text, gap.record, gap.id, gap.step if gap.step.action else opening(gap), clause)


def opening(gap: Gap) -> Step:
    """The step of opening the record that a gap names, or of adding one."""
    if gap.id:
        return Step(f"{SPECS[gap.record].label}を開く", Action.OPEN, gap.record, gap.id)
    return Step(f"{SPECS[gap.record].label}を登録", Action.ADD, gap.record) if gap.record else NO_STEP


def from_duties(kind: str, *records: str, late: bool = False) -> Callable[[ContractView], Iterator[Found]]:
    """A check that shows what the duties of a kind lack, as ``lacking`` answers."""

    def find(view: ContractView) -> Iterator[Found]:
        return (of_gap(gap, clause) for gap, clause in lacking(view, kind, *records, late=late))

    return find
