"""How the start of a contract is told beside other numbers of what is to be done."""

from __future__ import annotations

from collections import Counter

from app.annexes.kinds import State
from app.work.course.starting import Starting

_LEFT = (State.OVERDUE, State.DUE, State.CONFIRM)
"""The states of duties of which something is left to the vendor."""


def late_of(found: Starting) -> tuple[str, ...]:
    """How many stages are past their day, and in which states their duties are counted elsewhere; else none.

    One stage is several duties, and one of which nothing is entered is still to be confirmed: beside the
    number of duties past their deadline, that of the stages alone would read as its denial.
    """
    late = found.late
    states = Counter({id(duty): duty.state for one in late for duty in one.duties}.values())
    told = "、".join(f"{state.label}{states[state]:,}件" for state in _LEFT if states[state])
    said = (f"期限を過ぎた手順{len(late):,}件", f"義務では{told}" if told else "")
    return tuple(filter(None, said)) if late else ()
