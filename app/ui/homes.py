"""Where each record type lives in the window: how it is shown, made and edited."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.common import Lazy
from app.records import SPECS, Record, Spec, fields_of
from app.records.kinds import Ref, Rows
from app.ui.context import Context
from app.ui.targets import EditRecord, ShowContract, ShowDocument, ShowSettings, Target

add_here: Lazy[[Context, Spec[Any], Mapping[str, Any]], Record | None] = Lazy(
    "app.ui.editor.dialog", "add_record"
)
"""Lets the user add a record on the spot, from a field that needs it; None if it was not."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def preset_for(kind: str, contract: int) -> Mapping[str, Any]:
    """What a new record of a type starts with when it is made for a contract."""
    if not contract:
        return _NOTHING
    for field in fields_of(SPECS[kind].cls):
        if field.name == "contract" and isinstance(field.kind, Ref):
            return {"contract": contract}
        if field.name == "contracts" and isinstance(field.kind, Rows):
            row: Any = field.kind.of
            return {"contracts": (row(contract=contract),)}
    return _NOTHING


def target_of(record: str, record_id: int = 0, contract: int = 0) -> Target:
    """Where a record is shown; id 0 adds one."""
    if record == "vendor":
        return ShowSettings("vendor")
    if record == "submission" and record_id:
        return ShowDocument(record_id)
    if record == "contract" and record_id:
        return ShowContract(record_id)
    return EditRecord(record, record_id, _NOTHING if record_id else preset_for(record, contract))
