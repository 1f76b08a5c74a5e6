"""What stands already of what an old disposal register tells: the disposal itself, and its assets.

A register comes in in parts, where some rows have to be mended first. What was brought in with the others
then stands: a disposal of the same number has lines that the rest does not name, and an asset was received
with no more than the first part disposed of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.duties.holding.balance import balance
from app.exchange.tables.beside.words import ASSET, EVENT
from app.exchange.tables.line import Line
from app.records import SPECS, Asset, Disposal, Event, Facts
from app.records.amounts import Amount
from app.records.disposal import LineResult
from app.records.known import Known
from app.records.status import Status

LINES = "lines"
_TOLD_BY = (("asset",), ("device",), ("item", "medium"))
"""Fields by which a line of a disposal is told from another: one of these is enough."""


@dataclass(slots=True)
class Short:
    """An asset of which lines dispose of more than the ledger holds. ``row`` is that of the first of them."""

    asset: Asset
    key: str
    row: int
    line: Line
    paths: list[tuple[Line, str]] = field(default_factory=list)
    wanted: Decimal = Decimal(0)
    held: Amount = 0

    @property
    def lacking(self) -> Decimal:
        """How much was never received, as far as the ledger knows."""
        return self.wanted - Decimal(str(self.held))


def held_disposal(facts: Facts, known: Known, line: Line) -> Disposal | None:
    """The disposal that a line names by its number, if there is one."""
    number = str(line.entry.get("number", "") or "")
    found = facts.named("disposal", known.held("disposal", number)) if number else None
    return found if isinstance(found, Disposal) else None


def joined(facts: Facts, held: Disposal, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """The lines that stand with those of the file behind them; None where the file tells of the same things.

    Lines of the same things are a correction. Lines of others are the rest of the disposal: in their place,
    what stands would be gone from it, and from every balance.
    """
    there = held.spec.to_json(held, facts.key_of)[LINES]
    if any(_same(one, row) for one in there for row in rows):
        return None
    return [*there, *map(dict, rows)]


def _same(one: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return any(all(one.get(name) and one.get(name) == row.get(name) for name in names) for names in _TOLD_BY)


def short_of(facts: Facts, known: Known, told: Sequence[tuple[Line, Sequence[int]]]) -> Iterator[Short]:
    """The assets that are there and of which more is disposed of than the ledger holds.

    ``told``: the lines that are new, each with the places of its own rows among the lines of its disposal.
    """
    found: dict[int, Short] = {}
    for line, places in told:
        if line.entry.get("status") != Status.ACTUAL.value:
            continue
        for at in places:
            row = line.entry[LINES][at]
            number, gone = str(row.get("asset") or ""), _number(row.get("quantity"))
            asset = facts.named(ASSET, known.held(ASSET, number)) if number else None
            if row.get("result") != LineResult.DONE.value or gone is None or not isinstance(asset, Asset):
                continue
            path = f"{LINES}.{at + 1}.quantity"
            place = line.places.get(path, (line.row, "", ""))[0]
            one = found.setdefault(asset.id, Short(asset, facts.key(asset), place, line))
            one.paths.append((line, path))
            one.wanted += gone
    holding = _held(facts, [one.asset for one in found.values()])
    for one in found.values():
        one.held = holding.get(one.asset.id, 0)
        if one.lacking > 0:
            yield one


def received_so(facts: Facts, asset: Asset, about: Mapping[str, Any]) -> bool:
    """Whether the asset was received as people say of all that the register names: of that kind, then."""
    kinds = {name: SPECS[EVENT].field(name).kind for name in ("kind", "happened_at")}
    try:
        wanted = {name: kind.from_text(str(about.get(name, ""))) for name, kind in kinds.items()}
    except ValueError:
        return False
    return any(
        event.asset == asset.id
        and event.status == Status.ACTUAL
        and all(getattr(event, name) == value for name, value in wanted.items())
        for event in facts.all(Event)
    )


def _held(facts: Facts, assets: Sequence[Asset]) -> Mapping[int, Amount]:
    by_contract: dict[int, set[int]] = defaultdict(set)
    for asset in assets:
        by_contract[asset.contract].add(asset.id)
    return {
        one.asset.id: one.held
        for contract, ids in by_contract.items()
        for one in balance(facts, contract)
        if one.asset.id in ids
    }


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except ArithmeticError:
        return None
