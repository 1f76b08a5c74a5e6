"""What is told of each record that may be chosen: what its list tells, and of assets how much is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from app.records import SPECS, Asset, Client, Contract, Facts, Field, Record
from app.records.amounts import Amount, amount_text
from app.records.kinds import Rows
from app.records.spelling.collation import order
from app.records.spelling.fold import searchable
from app.ui.inputs.candidates import Candidate
from app.ui.parts.tables.lines_table import Cell, Column, Line
from app.work.states import named

_MOST = 5
"""Columns that have room beside each other where the text is large."""
_READING = "kana"
_ASSET = (
    Column("番号", 6),
    Column("情報項目", 9, stretch=True),
    Column("媒体", 5),
    Column("契約", 9),
    Column("残", 4, right=True),
)


class Choice(NamedTuple):
    """One record to choose. ``words``: what it is looked for by; ``contract``: its id, 0 without one."""

    line: Line
    words: str
    contract: int

    @property
    def id(self) -> int:
        return int(self.line.key)

    def holds(self, words: Iterable[str]) -> bool:
        """Whether it holds every one of these folded words."""
        return all(word in self.words for word in words)


class Told(NamedTuple):
    """Everything there is to choose, in the order of its list, and how each contract among it is called."""

    choices: tuple[Choice, ...]
    contracts: Mapping[int, str]


def columns_of(kind: str) -> tuple[Column, ...]:
    """What is told of the records of a type."""
    if kind == Asset.spec.name:
        return _ASSET
    return tuple(Column(one.label, 6) for one in _fields(kind))


def _fields(kind: str) -> tuple[Field, ...]:
    listed = SPECS[kind].listed
    return tuple(one for one in listed if one.name != _READING and not isinstance(one.kind, Rows))[:_MOST]


def told_of(facts: Facts, today: date, kind: str, candidates: Iterable[Candidate]) -> Told:
    """What is told of ``candidates``; of thousands it takes a moment."""
    cls = SPECS[kind].cls
    held = [(one, record) for one in candidates if (record := facts.find(cls, one.id)) is not None]
    records = [record for _one, record in held]
    contracts = dict.fromkeys(filter(None, map(_contract, records)))
    called = {one: named(facts, facts.get(Contract, one)) for one in contracts}
    cells = _cells(facts, today, kind, records)
    # Many records say the same of medium and contract; each such text is folded once.
    folded = cache(lambda text: searchable((text,)))
    return Told(tuple(_choice(one, record, cells(record), called, folded) for one, record in held), called)


def _choice(
    one: Candidate,
    record: Record,
    cells: tuple[Cell, ...],
    called: Mapping[int, str],
    folded: Callable[[str], str],
) -> Choice:
    contract = _contract(record)
    for cell in cells:
        # Worked out here, where nobody waits: sorting five thousand rows is to be one blink.
        order(cell.text)
    words = " ".join((one.folded, *(folded(cell.text) for cell in cells), folded(called.get(contract, ""))))
    return Choice(Line(record.id, cells), words, contract)


def _contract(record: Record) -> int:
    name = next((one.name for one in record.spec.fields if one.name == "contract"), "")
    return int(getattr(record, name) or 0) if name else 0


def _cells(
    facts: Facts, today: date, kind: str, records: Sequence[Record]
) -> Callable[[Record], tuple[Cell, ...]]:
    if kind != Asset.spec.name:
        names = [one.name for one in _fields(kind)]
        return lambda record: tuple(Cell(facts.shown(record, name)) for name in names)
    # Late: the page of a record comes up before anybody asks how much of an asset is left.
    from app.work.acts.disposing.rest import rests_of

    rests = rests_of(facts, (one for one in records if isinstance(one, Asset)), today)

    @cache
    def numbered(contract: int) -> str:
        held = facts.get(Contract, contract)
        client = facts.find(Client, held.client)
        return f"{held.number}　{client.name if client else ''}".strip()

    def cells(record: Record) -> tuple[Cell, ...]:
        assert isinstance(record, Asset)  # noqa: S101  # what the kind says
        rest = rests.get(record.id)
        return tuple(_of_asset(record, numbered(record.contract), rest.quantity if rest else 0))

    return cells


def _of_asset(asset: Asset, contract: str, left: Amount) -> Iterator[Cell]:
    yield from map(Cell, (asset.number, asset.item, asset.medium, contract))
    yield Cell(f"{amount_text(left)}{asset.unit}" if left else "なし", left, "" if left else "muted")
