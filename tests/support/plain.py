"""The plainest record of any type: what is required and one row wherever there can be one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from app.records import fields_of
from app.records.kinds import Choice, Day, Flag, Kind, Moment, Number, Ref, Rows

DAY = date(2026, 8, 20)
"""The day that stands in every plain record."""


def plain(cls: type[Any], **given: Any) -> Any:
    """A record or row with what is required and a row wherever there can be one; it refers to the first."""
    for field in fields_of(cls):
        if field.name not in given and (field.required or isinstance(field.kind, Rows)):
            given[field.name] = _value(field.kind)
    return cls(**given)


def _value(kind: Kind) -> Any:
    match kind:
        case Ref():
            return 1
        case Rows():
            return (plain(kind.of),)
        case Day():
            return DAY
        case Moment():
            return datetime.combine(DAY, time(9))
        case Number():
            return max(1, kind.least)
        case Choice():
            return kind.choices[0]
        case Flag():
            return True
    return "架空"
