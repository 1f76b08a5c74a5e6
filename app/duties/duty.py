"""One duty as people and the command line see it: its state, its deadline, what proves it, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app.duties.kinds import State

if TYPE_CHECKING:
    from app.duties.clause import Clause


class Action(StrEnum):
    """What pressing the button of a next step does; ``Step.target`` says on what."""

    ISSUE = "issue"  # issue the form named by target
    SUBMIT = "submit"  # mark the document (submission id) as submitted
    ADD = "add"  # add a record of the type named by target
    OPEN = "open"  # open the record (type in target, id)
    NONE = ""  # nothing to press: only a person can say


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that proves a duty: its type, id, natural key and the day that counts."""

    record: str
    id: int
    key: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, in one Japanese sentence, with the record to open and its own deadline."""

    text: str
    record: str = ""
    id: int = 0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: the words on the button, and what it does."""

    text: str = ""
    action: Action = Action.NONE
    target: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """One contract × clause × kind. ``due`` is None where no day is set; ``why`` is one Japanese sentence."""

    contract: int
    annex: str
    clause: Clause
    kind: str
    state: State
    due: date | None = None
    missing: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    next: Step = Step()
    why: str = ""
