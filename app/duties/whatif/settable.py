"""Which parameters of a clause a contract may set with effect, whose value holds, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.annexes.asks import NOTHING, OVERRIDABLE, Asks, parameters_of
from app.annexes.choices import Cycle, Roll, Submit, Urgency
from app.annexes.clause import Clause
from app.annexes.kinds import KINDS, When
from app.annexes.overrides import SPANS, under
from app.counting.deadlines import (
    ASSUMED,
    INCIDENT_ASSUMED,
    INCIDENT_KINDS,
    PROMPT_KINDS,
    Deadline,
    deadline_after,
    deadline_before,
    incident_deadline,
    second_deadline,
)


class Whose(StrEnum):
    """Who sets what holds."""

    CLAUSE = "条項"
    LAW = "民法第142条"
    PRODUCT = "本ソフトの想定"
    CONTRACT = "この契約"
    NOBODY = "定めなし"


@dataclass(frozen=True, slots=True)
class Held:
    """The value that a parameter has for one kind without the contract, and who sets it.

    ``amount``: what the product assumes for a word of the annex, where the deadline is counted by the word.
    """

    kind: str
    value: Any
    whose: Whose
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A deadline as it would be counted from a day: of a second report, or before or after what happens."""

    deadline: Deadline
    before: bool = False
    second: bool = False


def settable(clause: Clause, own: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters that matter for the clause while the contract sets ``own``, as people read them.

    A parameter matters where the annex or the contract sets it, or where an evaluator of one of the kinds
    would count by it as things stand: a number of days before is none where nothing is handed in before.
    """
    found = {name for kind in kinds_of(clause) for name in _of_kind(clause, kind, own)}
    return tuple(name for name in OVERRIDABLE if name in found or name in own)


def held(clause: Clause, name: str, own: Mapping[str, Any]) -> tuple[Held, ...]:
    """What the parameter is without the contract, for each kind of the clause that it matters to."""
    kinds = [kind for kind in kinds_of(clause) if name in _of_kind(clause, kind, own)]
    return tuple(_held(_base(clause, kind, own, name), kind, name) for kind in kinds or kinds_of(clause)[:1])


def examples(clause: Clause, kind: str, own: Mapping[str, Any], day: date) -> tuple[Example, ...]:
    """How deadlines of ``kind`` are counted from ``day`` where no record has one yet; empty: it has none."""
    asks = under(clause.asks(kind), own)
    if _early(asks, kind):
        return (Example(deadline_before(day, asks), before=True),)
    if not _after(asks, kind):
        return ()
    if (asks.submit is Submit.PROMPTLY or kind in PROMPT_KINDS) and asks.urgency is None:
        asks = replace(asks, urgency=Urgency.SPEEDILY)
    first = incident_deadline(day, asks) if kind in INCIDENT_KINDS else deadline_after(day, asks)
    found = (Example(first),) if first else ()
    if "then" in parameters_of(kind) and (asks.stages or 1) > 1:
        return (*found, Example(second_deadline(day, asks), second=True))
    return found


def kinds_of(clause: Clause) -> tuple[str, ...]:
    """The kinds of the clause that can be duties; none where it is only for reading."""
    if When.INFO in clause.when:
        return ()
    return tuple(kind for kind in clause.kinds if not KINDS[kind].shown_only)


def _base(clause: Clause, kind: str, own: Mapping[str, Any], name: str) -> Asks:
    """What is asked with the contract's other values, but without its value of ``name``."""
    return under(clause.asks(kind), {other: value for other, value in own.items() if other != name})


def _held(asks: Asks, kind: str, name: str) -> Held:
    value = getattr(asks, name)
    if name in asks.assumed:
        return Held(kind, value, Whose.PRODUCT, _amount(asks, kind, name, value))
    if value not in (None, "", Submit.NONE):
        return Held(kind, value, Whose.CLAUSE, _amount(asks, kind, name, value))
    if name == "roll" and kind not in INCIDENT_KINDS and not _early(asks, kind):
        return Held(kind, Roll.NEXT, Whose.LAW)
    filled = _filled(asks, kind, name)
    if filled is None:
        return Held(kind, None, Whose.NOBODY)
    return Held(kind, filled, Whose.PRODUCT, _amount(asks, kind, name, filled))


def _amount(asks: Asks, kind: str, name: str, value: Any) -> str:
    numbers = {"urgency": SPANS, "then": ("then_days",)}.get(name)
    if numbers is None or value is Urgency.BEFOREHAND:
        return ""
    assumed = INCIDENT_ASSUMED if kind in INCIDENT_KINDS else ASSUMED
    return "" if any(getattr(asks, number) is not None for number in numbers) else assumed[value]


def _filled(asks: Asks, kind: str, name: str) -> Any:
    """What the evaluators count by where nobody sets the parameter; None where they then count nothing."""
    spans = any(getattr(asks, span) is not None for span in SPANS)
    match name:
        case "days_before":
            return 1
        case "urgency":
            prompt = asks.submit is Submit.PROMPTLY or kind in PROMPT_KINDS
            return Urgency.SPEEDILY if prompt and not spans else None
        case "roll":
            return Roll.NONE
        case "cycle":
            return Cycle.ROLLING
        case "keep_months":
            return 12
        case "then":
            return Urgency.WITHOUT_DELAY if asks.then_days is None else None
        case _:
            return None


def _early(asks: Asks, kind: str) -> bool:
    return KINDS[kind].early or asks.submit is Submit.BEFOREHAND or asks.urgency is Urgency.BEFOREHAND


def _after(asks: Asks, kind: str) -> bool:
    return KINDS[kind].after or asks.submit is Submit.PROMPTLY


def _of_kind(clause: Clause, kind: str, own: Mapping[str, Any]) -> Iterator[str]:
    asks = under(clause.asks(kind), own)
    early = _early(asks, kind)
    offered = parameters_of(kind)
    after = _after(asks, kind)
    repeated = asks.period_months is not None or When.PERIODIC in clause.when
    matter = {
        "days_before": early,
        "urgency": after,
        **dict.fromkeys(SPANS, after),
        "roll": early or after,
        "period_months": "period_months" in offered,
        "cycle": "cycle" in offered and repeated,
        "then": "then" in offered and (asks.stages or 1) > 1,
        "then_days": "then_days" in offered and (asks.stages or 1) > 1,
    }
    for name in OVERRIDABLE:
        if getattr(asks, name) != getattr(NOTHING, name) or matter.get(name, name in offered):
            yield name
