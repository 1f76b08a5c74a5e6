"""No part of a piece: half a sheet or half a machine is a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.records import Approval, Asset, Disposal, Event, Facts, Incident, Record
from app.records.amounts import Amount, broken_piece

_MACHINES = "台"
"""The unit of a PC or medium, which has none of its own."""


def broken_pieces(after: Facts, record: Record) -> Iterator[tuple[str, str]]:
    """Field path and sentence of each quantity of ``record`` that its unit does not allow."""
    found: Iterable[tuple[str, Amount | None, Asset | None, str]] = ()
    match record:
        case Event():
            found = [("quantity", record.quantity, *_unit(after, record.asset, None))]
        case Approval():
            found = [
                (f"subjects.{number}.quantity", row.quantity, *_unit(after, row.asset, row.device))
                for number, row in enumerate(record.subjects, 1)
            ]
        case Incident():
            found = [
                (f"assets.{number}.quantity", row.quantity, *_unit(after, row.asset, row.device))
                for number, row in enumerate(record.assets, 1)
            ]
        case Asset():
            found = [("unit", held, record, record.unit) for held in _handled(after, record)]
    for path, quantity, asset, unit in found:
        if sentence := broken_piece(quantity, unit):
            yield path, f"{asset.number or asset.item}の{sentence}" if asset is not None else sentence


def _unit(after: Facts, asset: int | None, device: int | None) -> tuple[Asset | None, str]:
    """What is meant, if it is an asset, and the unit in which it counts; none where only words say it."""
    held = after.find(Asset, asset)
    return held, held.unit if held is not None else _MACHINES if device is not None else ""


def _handled(after: Facts, asset: Asset) -> Iterator[Amount]:
    """What was recorded in the unit of ``asset``: the unit cannot change under it."""
    for event in after.of(Event, "asset", asset.id):
        if not isinstance(event.quantity, int):
            yield event.quantity
            return
    for disposal in after.of(Disposal, "contract", asset.contract):
        for line in disposal.lines:
            if line.asset == asset.id and not isinstance(line.quantity, int):
                yield line.quantity
                return
