"""What choosing a record in a row tells about the rest of the row, so that it is not typed twice."""

from __future__ import annotations

from typing import Any

from app.records import Asset, Device
from app.ui.context import Context


def fill(context: Context, rows: str, field: str, record_id: int) -> dict[str, Any]:
    """Values for other fields of a row of ``rows`` in which ``field`` was chosen; empty ones take them."""
    facts = context.facts()
    if (rows, field) == ("lines", "asset"):
        asset = facts.find(Asset, record_id)
        return {} if asset is None else _asset_line(context, asset)
    if (rows, field) == ("lines", "device"):
        device = facts.find(Device, record_id)
        return {} if device is None else _device_line(device)
    return {}


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


def _device_line(device: Device) -> dict[str, Any]:
    return {"medium": _plain(device.kind), "unit": "台", "serial": device.serial, "quantity": 1}


def _plain(choice: str) -> str:
    return choice.partition("：")[2] or choice
