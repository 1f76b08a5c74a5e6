"""How the fields of a plan read to people."""

from __future__ import annotations

from app.records import Facts, Field, Record, fields_of
from app.records.kinds import Rows


def shown(facts: Facts, record: Record, field: Field, *, apart: bool = False) -> str:
    """The value as people read it; of rows what each says, since their number alone would hide a change.

    ``apart``: each of several rows on a line of its own, with its number.
    """
    if not isinstance(field.kind, Rows):
        return facts.shown(record, field.name)
    inner = fields_of(field.kind.of)
    rows = ([facts.shown(row, each.name) for each in inner] for row in getattr(record, field.name))
    told = ["／".join(text for text in row if text) for row in rows]
    if apart and len(told) > 1:
        return "\n".join(f"{at}．{one}" for at, one in enumerate(told, 1))
    return "、".join(told)
