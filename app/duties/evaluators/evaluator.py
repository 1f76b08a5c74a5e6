"""What an evaluator is: a function from one question to one verdict, with the states it can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.annexes.kinds import State
from app.duties.verdict import Question, Verdict


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Judges the duties of one kind.

    ``states`` are all that ``judge`` can answer; the engine alone answers for options switched off.
    """

    kind: str
    judge: Callable[[Question], Verdict]
    states: frozenset[State]


def evaluator(kind: str, judge: Callable[[Question], Verdict], *states: State) -> Evaluator:
    """The evaluator of ``kind``, which reaches ``states``; its module is found by itself."""
    return Evaluator(kind, judge, frozenset(states))
