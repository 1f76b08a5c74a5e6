"""The rounds of periodic work: of every contract what is done again and again, when it was, and by when next.

A round says whether the work was done in time and no more: what was found wanting stands with its duty. It is
counted as the duty counts it: from the last time, or in years of the contract or from April, as the clause or
the contract sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.annexes.asks import Asks
from app.annexes.choices import Cycle
from app.annexes.kinds import KINDS, State, When, kind_label
from app.annexes.overrides import settings_of
from app.duties.evaluators import backups, software, systems
from app.duties.evaluators.periodic import Part, again, owed, period_of
from app.duties.questions import applying, asked
from app.duties.verdict import Question
from app.duties.view import ContractView
from app.records import Contract, LocationUse, Training
from app.records.backup_run import RunResult
from app.work.acts.plan import Ground
from app.work.states import URGENT

_PARTS: Mapping[str, Callable[[Question], Iterator[Part]]] = MappingProxyType(
    {"software-hygiene": software.parts, "backup-check": backups.parts, "access-log": systems.parts}
)
_NAMED: Mapping[str, str] = MappingProxyType(
    {"software-hygiene": "ソフトウェア点検", "access-log": "アクセス記録の分析"}
)
_CYCLES: Mapping[Cycle | None, str] = MappingProxyType(
    {Cycle.CONTRACT_YEAR: "契約の年ごと", Cycle.FISCAL_YEAR: "年度ごと"}
)
_ROLLING = "前回から"


_ORDER = (*URGENT, State.SATISFIED, State.NOT_DUE, State.NOT_APPLICABLE)


class Way(NamedTuple):
    """The act by which a round is written down: its name, and to what it is done."""

    act: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One work of one contract under one clause.

    ``work``: what is done. ``things``: to which machines or systems, in words. ``last``: when it was done by
    all of them last; None where one never was. ``often``: how often, and from when it is counted. ``source``:
    who says so: 条項, 契約の設定, or nobody (想定). ``due``: by when next, None where nothing falls due any
    more. ``planned``: a day that is announced. ``late``: days since it was due, 0 where it is not. ``way``:
    how it is written down; None where by its record alone.
    """

    work: str
    kind: str
    contract: int
    clauses: tuple[str, ...]
    state: State
    things: tuple[str, ...] = ()
    last: date | None = None
    often: str = ""
    source: str = ""
    due: date | None = None
    planned: date | None = None
    late: int = 0
    way: Way | None = None


def rounds(ground: Ground) -> tuple[Round, ...]:
    """Every round of the contracts that have not ended, work by work, the most urgent first."""
    found = []
    for contract in ground.facts.all(Contract):
        if contract.signed_on <= ground.today <= contract.last_day:
            view = ContractView(ground.facts, ground.catalogue, ground.forms, contract, ground.today)
            found += [one for kind in KINDS for one in _of_kind(view, kind)]
    merged = _merged(found)
    urgent: dict[str, int] = {}
    for one in sorted(merged, key=_pressing):
        urgent.setdefault(one.work, len(urgent))
    return tuple(sorted(merged, key=lambda one: (urgent[one.work], *_pressing(one))))


def _merged(found: list[Round]) -> list[Round]:
    """Of several clauses by which a contract asks for the same work, the one that presses most."""
    held: dict[tuple[str, int], list[Round]] = {}
    for one in found:
        held.setdefault((one.work, one.contract), []).append(one)
    return [
        replace(min(same, key=_pressing), clauses=tuple(c for one in same for c in one.clauses))
        for same in held.values()
    ]


def _pressing(one: Round) -> tuple[int, date, int]:
    return _ORDER.index(one.state), one.due or date.max, one.contract


def _of_kind(view: ContractView, kind: str) -> Iterator[Round]:
    if kind not in _PARTS:
        yield from _whole(view, kind)
        return
    for question in asked(view, kind):
        groups: dict[str, list[Part]] = {}
        for part in _PARTS[kind](question):
            groups.setdefault(_NAMED.get(kind, part.what), []).append(part)
        for work, parts in groups.items():
            yield _round(question, work, parts)


def _round(question: Question, work: str, parts: list[Part]) -> Round:
    """The round over several things: it is where the one stands that is furthest behind."""
    view, period = question.view, period_of(question.asks)
    owing = [(part, by) for part in parts if (by := owed(view, period, part.done, part.since))]
    coming = [by for part in parts if (by := again(view, period, part.done, part.since))]
    due = min((by.day for _part, by in owing), default=None) or min((by.day for by in coming), default=None)
    state = State.NOT_DUE
    if owing:
        state = State.OVERDUE if due is not None and due < view.day else State.DUE
    elif all(part.done for part in parts):
        state = State.SATISFIED
    lasts = [max(part.done, default=None) for part in parts]
    behind = [part for part, _by in owing] or parts
    return Round(
        work,
        question.kind,
        view.contract.id,
        (view.catalogue.cite(question.clause),),
        state,
        tuple(part.what for part in parts if part.record),
        None if None in lasts else min(day for day in lasts if day is not None),
        _often(question.asks),
        _source(question),
        due,
        late=_late(view, due, late=bool(owing)),
        way=_way(view, work, tuple(part.id for part in behind if part.id)),
    )


def _whole(view: ContractView, kind: str) -> Iterator[Round]:
    """A kind of duty that is one work, as its duty stands."""
    for duty, question in zip(applying(view, kind), asked(view, kind), strict=True):
        repeats = question.asks.period_months is not None and "period_months" not in question.asks.assumed
        if duty.again is None and not repeats and When.PERIODIC not in duty.clause.when:
            continue
        if duty.falls_on is None and duty.state not in URGENT:
            continue
        open_ = duty.state in (State.OVERDUE, State.DUE)
        lasts = [one.on for one in duty.evidence if one.on is not None and one.on <= view.day]
        yield Round(
            kind_label(kind),
            kind,
            view.contract.id,
            (view.catalogue.cite(duty.clause),),
            duty.state,
            (),
            max(lasts, default=None),
            _often(question.asks),
            _source(question),
            duty.falls_on,
            _announced(view) if kind == "training" else None,
            _late(view, duty.due, late=open_),
            Way("train", (view.contract.id,)) if kind == "training" else None,
        )


def _late(view: ContractView, due: date | None, *, late: bool) -> int:
    return max((view.day - due).days, 0) if late and due is not None else 0


def _often(asks: Asks) -> str:
    """How often, and from when it is counted."""
    return f"{period_of(asks).period_months}か月に1回（{_CYCLES.get(asks.cycle, _ROLLING)}）"


def _source(question: Question) -> str:
    """Who says how often: the contract, the clause, or nobody, so that a year is assumed."""
    own = settings_of(question.view.contract, question.clause)
    if "period_months" in own or "cycle" in own:
        return "契約の設定"
    if question.asks.period_months is None or "period_months" in question.asks.assumed:
        return "想定"
    return "条項"


def _announced(view: ContractView) -> date | None:
    """The first day to come for which a session is announced."""
    days = (one.held_on for one in view.covering(Training) if not one.attendance and one.held_on >= view.day)
    return min(days, default=None)


def _way(view: ContractView, work: str, things: tuple[int, ...]) -> Way | None:
    contract = (view.contract.id,)
    if work == backups.STORAGE:
        return Way("check-storage", _places(view)) if _places(view) else None
    ways = {
        _NAMED["software-hygiene"]: Way("check-devices", things),
        _NAMED["access-log"]: Way("review-access", things),
        backups.BACKUP: Way("back-up", contract),
        backups.RESTORE: _restoring(view) or Way("back-up", contract),
        backups.ACCURACY: None,
    }
    return ways[work]


def _restoring(view: ContractView) -> Way | None:
    """The newest backups that nobody has tried to restore."""
    held = tuple(
        one.id
        for one in backups.newest_backups(view)
        if one.result != RunResult.BAD and not one.restore_result
    )
    return Way("restore-test", held) if held else None


def _places(view: ContractView) -> tuple[int, ...]:
    """Where things of the contract are kept on the day."""
    held = (
        one.location
        for one in view.facts.of(LocationUse, "contract", view.contract.id)
        if one.starts_on <= view.day and (one.ends_on is None or view.day <= one.ends_on)
    )
    return tuple(dict.fromkeys(held))
