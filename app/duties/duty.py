"""One duty as people and the command line see it: its state, its deadline, what proves it, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from app.annexes.kinds import State

if TYPE_CHECKING:
    from app.annexes.clause import Clause


class Action(StrEnum):
    """What pressing the button of a next step does; ``Step.target`` says on what."""

    ISSUE = "issue"  # issue the form named by target
    SUBMIT = "submit"  # mark the document (submission id) as submitted
    ADD = "add"  # add a record of the type named by target
    OPEN = "open"  # open the record (type in target, id)
    NONE = ""  # nothing to press: only a person can say


class Evidence(NamedTuple):
    """A record that proves a duty: its type, id, natural key and the day that counts."""

    record: str
    id: int
    key: str
    on: date | None = None


class Step(NamedTuple):
    """The next step: the words on the button, and what it does.

    ``given``: field name and value of what a new record starts with, besides the contract.
    """

    text: str = ""
    action: Action = Action.NONE
    target: str = ""
    id: int = 0
    given: tuple[tuple[str, Any], ...] = ()


_NOTHING = Step()


class Gap(NamedTuple):
    """One thing that is missing, in one Japanese sentence, with the record to open and its own deadline.

    ``step``: what mends it. ``waiting``: it lies with the client, who has been asked.
    """

    text: str
    record: str = ""
    id: int = 0
    due: date | None = None
    step: Step = _NOTHING
    waiting: bool = False


class Remark(NamedTuple):
    """One thing that was late or broken and is over: what is done now does not unmake it.

    ``text``: one Japanese sentence. ``record`` and ``id``: what it is about. ``since``, ``until``: the first
    and the last day on which it was not as the clause asks (for what came late: the day it was due and the
    day it came); None where the ledger does not say. ``late``: done, but after its deadline; else it was
    broken for a time.
    """

    text: str
    record: str
    id: int
    since: date | None = None
    until: date | None = None
    late: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """One contract × clause × kind. ``due`` is None where no day is set; ``why`` is one Japanese sentence.

    ``counted``: how ``due``, or ``again``, was counted, so that people can follow it on a calendar; empty
    where a record itself names the day it is due. ``again``: the last day by which what is satisfied has to
    be done once more; None where nothing recurs or the contract ends before. ``next`` then is how.
    ``remarks``: what was late or broken and is over; the state says only what is still to be done.
    """

    contract: int
    annex: str
    clause: Clause
    kind: str
    state: State
    due: date | None = None
    missing: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    next: Step = _NOTHING
    why: str = ""
    counted: str = ""
    again: date | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def falls_on(self) -> date | None:
        """The day on which it stands in a calendar: the day it is due, else the day it comes round again."""
        return self.due or self.again
