"""What stands in which column when the records of a type leave the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.exchange.tables.own import ID
from app.exchange.tables.words import Target
from app.exchange.tables.written import columns_of
from app.records import Facts, Field, Record, Spec, fields_of
from app.records.kinds import Flag, KeyOf, Kind, Many, Quantity, Ref, Rows

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: the target of each column, and the rows, in which None is an empty cell.

    A record with nested rows takes as many rows; only the first says what is said of the record itself.
    """

    targets: tuple[Target, ...]
    rows: tuple[Row, ...]


def whole(spec: Spec[Any], records: Iterable[Record], key_of: KeyOf) -> Layout:
    """Every field of every record, to come back as it is."""
    columns = columns_of(spec)
    rows = [row for record in records for row in _rows(columns, record, key_of)]
    return Layout(columns, tuple(rows))


def for_people(
    facts: Facts, spec: Spec[Any], records: Iterable[Record], fields: Sequence[Field] = ()
) -> tuple[list[str], list[list[str]]]:
    """The titles and texts of a list as the window shows it; ``fields``: its own columns."""
    held = fields or spec.listed
    return [f.label for f in held], [[facts.shown(record, f.name) for f in held] for record in records]


def _rows(columns: Sequence[Target], record: Record, key_of: KeyOf) -> Iterator[Row]:
    nested = {f.name: getattr(record, f.name) for f in fields_of(type(record)) if isinstance(f.kind, Rows)}
    for at in range(max((len(rows) for rows in nested.values()), default=0) or 1):
        row: Row = []
        for target in columns:
            if target.rows is None:
                own = record.id if target.path == ID else getattr(record, target.path)
                row.append(_cell(target.field.kind, own, key_of) if at == 0 else None)
            else:
                held = nested[target.rows.name]
                value = getattr(held[at], target.field.name) if at < len(held) else None
                row.append(_cell(target.field.kind, value, key_of))
        yield row


def _cell(kind: Kind, value: Any, key_of: KeyOf) -> Any:
    """The value as a cell holds it: days and numbers as such, all else as text."""
    if value is None or kind.is_empty(value):
        return None
    if isinstance(kind, Ref):
        return key_of(kind.to, value)
    if isinstance(kind, Flag | Many | Quantity):
        return value if isinstance(kind, Quantity) else kind.to_text(value)
    return value
