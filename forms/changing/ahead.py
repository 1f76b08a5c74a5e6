"""今後の変更の予定: what the ledger holds for later days, told in a register beside what holds on its own.

A register has no table of what changed since the one before. What is to come stands below its lines as what
it is, with the day from which it will hold: the lines themselves never say it sooner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from app.duties.case import Stated
from app.duties.papers.drift import same_text
from app.printing.blocks import Block, Column, Table, Text
from app.printing.type.wareki import wareki
from app.records import Facts, Statement
from forms.changing.days import began_on
from forms.parts.cells import Cell, key_of

AHEAD = "ahead"
"""Where a statement keeps the changes to come that its paper tells."""
_COLUMNS = (
    Column("変更の対象", 18, fit=True),
    Column("変更事項", 16),
    Column("変更前", 25),
    Column("変更後（予定）", 25),
    Column("変更予定日", 16, "center", fit=True),
)


class _Lasting(Protocol):
    @property
    def ends_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Then:
    """What a form states of its things from ``day`` on."""

    day: date
    stated: Stated


@dataclass(frozen=True, slots=True)
class Ahead:
    """The changes to come: ``rows`` as a statement keeps them; ``stated``: after the last of them."""

    rows: tuple[Mapping[str, Any], ...]
    stated: Stated


def ahead(things: Iterable[Any], calls: str, now: Stated, later: Sequence[Then]) -> Ahead:
    """What changes day by day; ``calls``: the label under which ``now`` and ``later`` call a thing.

    Of a thing that is no longer part of the work by then nothing is told.
    """
    held, rows, before = {key_of(one): one for one in things}, dict[tuple[str, ...], list[str]](), now
    for then in later:
        for key, label, was, text in _changes(before, then.stated):
            if _goes_on(held[key], then.day):
                name = now[key].get(calls, "")
                rows.setdefault((name, label, was, text, wareki(then.day)), []).append(key)
        before = then.stated
    told = {key for keys in rows.values() for key in keys}
    names = ("name", "item", "before", "after", "on")
    return Ahead(
        tuple({**dict(zip(names, row, strict=True)), "keys": keys} for row, keys in rows.items()),
        {key: before[key] if key in told else entry for key, entry in now.items()},
    )


def foretold(statement: Statement, facts: Facts, cells: Iterable[Cell[Any]]) -> frozenset[str]:
    """The keys of which a register told changes to come, on days from which the ledger still says so."""
    held, told = tuple(cells), dict[str, set[str]]()
    for row in statement.facts.get(AHEAD, ()):
        for key in row["keys"]:
            told.setdefault(key, set()).add(row["on"])
    return frozenset(key for key, days in told.items() if days <= began_on(facts, key, held))


def ahead_blocks(facts: Mapping[str, Any]) -> tuple[Block, ...]:
    """The table of what is to come; nothing where nothing is."""
    rows = facts.get(AHEAD, ())
    if not rows:
        return ()
    names = ("name", "item", "before", "after", "on")
    cells = tuple(tuple(row[name] for name in names) for row in rows)
    head = Text("今後の変更の予定", size=9.5, bold=True, before=8, after=2, leads=True)
    return head, Table(_COLUMNS, cells, size=8)


def _changes(before: Stated, after: Stated) -> Iterator[tuple[str, str, str, str]]:
    """Key, label, text before and after of everything that reads otherwise."""
    for key, entry in after.items():
        for label, text in entry.items() if key in before else ():
            if not same_text(was := before[key].get(label, ""), text):
                yield key, label, was, text


def _goes_on(thing: Any, day: date) -> bool:
    last = cast(_Lasting, thing).ends_on
    return last is None or last >= day
