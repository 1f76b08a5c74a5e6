"""What choosing a record in a row tells about the rest of the row, so that it is not typed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.records import Asset, Device, Facts
from app.records.amounts import Amount
from app.records.kinds import Ref
from app.ui.context import Context
from app.ui.inputs.base import Input

Told = Callable[[str, int], Mapping[str, Any]]
"""Field, id of the record chosen there → values for other fields of the row."""


@dataclass(frozen=True, slots=True)
class _Filled:
    source: str
    """The field in which a record was chosen."""
    chosen: Any
    """What stood in that field."""
    text: Any
    """What was shown because of it."""


class Filling:
    """What stands in the cells of one row because a record was chosen in it, and not by hand.

    It goes with its record: what is left of a former one beside the name of another would state, on paper
    as well, a thing that does not exist.
    """

    def __init__(self, inputs: Mapping[str, Input], value: Any) -> None:
        """``value``: the row that the inputs show, None for an empty one."""
        self._inputs = inputs
        self._value = value
        self._shown = {} if value is None else {name: each.text() for name, each in inputs.items()}
        self._filled: dict[str, _Filled] = {}

    def fill(self, source: str, record_id: int, told: Told) -> None:
        """Show what the record chosen in ``source`` tells, in cells that are empty or hold a former one's."""
        self._recall(told)
        values = told(source, record_id)
        former = [name for name, held in self._filled.items() if held.source == source]
        for name in dict.fromkeys((*values, *former)):
            each = self._inputs.get(name)
            if each is None or (each.text() and not self._goes_with(name, source)):
                continue
            each.show_value(values.get(name, each.field.default))
            self._filled[name] = _Filled(source, str(record_id), each.text())

    def _goes_with(self, name: str, source: str) -> bool:
        """Whether a cell holds, untouched, what ``source`` or a record no longer chosen has told."""
        held = self._filled.get(name)
        if held is None or held.text != self._inputs[name].text():
            return False
        return held.source == source or self._inputs[held.source].text() != held.chosen

    def _recall(self, told: Told) -> None:
        """Learn, once, what a row that was not entered here holds of the records chosen in it."""
        value, self._value = self._value, None
        for source, made in self._inputs.items():
            chosen = getattr(value, source, None)
            if not isinstance(made.field.kind, Ref) or not chosen:
                continue
            for name, text in told(source, chosen).items():
                same = text == getattr(value, name, None) and name in self._inputs
                if same and name not in self._filled:
                    self._filled[name] = _Filled(source, str(chosen), self._shown[name])


_LEAVING = (("lines", "asset"), ("things", "asset"))
"""Rows and field in which something is named that goes away: a disposal, a return."""


def fill(context: Context, rows: str, field: str, record_id: int) -> dict[str, Any]:
    """Values for other fields of a row of ``rows`` in which ``field`` was chosen; ``Filling`` shows them."""
    facts = context.facts()
    if (rows, field) == ("lines", "asset"):
        asset = facts.find(Asset, record_id)
        return {} if asset is None else _asset_line(context, asset)
    if (rows, field) == ("things", "asset"):
        asset = facts.find(Asset, record_id)
        return {} if asset is None else {"quantity": _here(context, asset)}
    if (rows, field) == ("lines", "device"):
        device = facts.find(Device, record_id)
        return {} if device is None else _device_line(device)
    return {}


class Unfit:
    """What cannot be chosen in a field of a table of rows: id → why. Kept until the ledger changes."""

    def __init__(self, context: Context, rows: str, field: str) -> None:
        self._context = context
        self._leaves = (rows, field) in _LEAVING
        self._known: tuple[Facts, date, Mapping[int, str]] | None = None

    def __call__(self) -> Mapping[int, str]:
        if not self._leaves:
            return {}
        facts, today, known = self._context.facts(), self._context.today(), self._known
        if known is None or known[0] is not facts or known[1] != today:
            # Late: a page comes up before anybody asks how much of an asset is left.
            from app.work.acts.disposing.rest import spent

            known = self._known = (facts, today, spent(facts, facts.all(Asset), today))
        return known[2]


def _asset_line(context: Context, asset: Asset) -> dict[str, Any]:
    from app.duties.holding.balance import balance

    held = next(
        (line.held for line in balance(context.facts(), asset.contract) if line.asset.id == asset.id), None
    )
    return {
        "item": asset.item,
        "medium": _plain(asset.medium),
        "unit": asset.unit,
        "serial": asset.identifier,
        "quantity": held or None,
    }


def _here(context: Context, asset: Asset) -> Amount | None:
    """How much of an asset can leave: what is held, less what is out or with others."""
    from app.work.acts.devices.contents import balance_of

    held = balance_of(context.facts(), asset, context.today())
    return max(held.held - held.away - held.out, 0) or None


def _device_line(device: Device) -> dict[str, Any]:
    return {"medium": _plain(device.kind), "unit": "台", "serial": device.serial, "quantity": 1}


def _plain(choice: str) -> str:
    return choice.partition("：")[2] or choice
