"""How the fields of a plan read to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.records import Facts, Field, Record, Row, fields_of
from app.records.kinds import Annex, Rows

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue


def shown(facts: Facts, catalogue: Catalogue, record: Record, field: Field, *, apart: bool = False) -> str:
    """The value as people read it; of rows what each says, since their number alone would hide a change.

    ``apart``: each of several rows on a line of its own, with its number.
    """
    if not isinstance(field.kind, Rows):
        return facts.shown(record, field.name)
    inner = fields_of(field.kind.of)
    rows = ([_of_row(facts, catalogue, row, each) for each in inner] for row in getattr(record, field.name))
    told = ["／".join(text for text in row if text) for row in rows]
    if apart and len(told) > 1:
        return "\n".join(f"{at}．{one}" for at, one in enumerate(told, 1))
    return "、".join(told)


def _of_row(facts: Facts, catalogue: Catalogue, row: Row, field: Field) -> str:
    """One value of a row; an annex by its title, since nobody knows its key."""
    text = facts.shown(row, field.name)
    if not isinstance(field.kind, Annex):
        return text
    return next((one.title for one in catalogue.published if one.key == text), text)
