"""What the search table holds of a record, from its stored values alone.

The same as ``search.body_of`` and ``same_key`` make of the record. Making every record of a large ledger
anew, only to see whether its search text is right, would take longer than all the rest of verification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.ledger.content.schema import layout
from app.ledger.content.search import PAD, folded, is_searched
from app.ledger.content.streaming import Row, Streamed, Values
from app.records import Field
from app.records.kinds import Kind
from app.records.ordering import joined
from app.records.spelling.fold import alike

_Part = tuple[int, Callable[[Any], str] | None]
"""Where a searched value stands in its row, and what makes its text; None: it is its text."""

_alike = lru_cache(maxsize=1024)(alike)


class Bodies:
    """The search text and the key of the rows of one record type, of today's format."""

    def __init__(self, streamed: Streamed) -> None:
        place = layout(streamed.where.table)
        self._own = _parts(place.fields, streamed.columns, place.spec.key)
        self._nested = [
            (streamed.nested.index(child.field), _parts(child.fields, tuple(sorted(child.columns)), ()))
            for child in place.children
        ]
        self._key = [(streamed.columns.index(name), place.spec.field(name).kind) for name in place.spec.key]
        spec = place.spec
        self._late = streamed.columns.index(spec.number_field) if spec.late else None
        self._called, self._by_number = spec.assigned, spec.late_key

    def of(self, row: Row) -> tuple[str, str]:
        """Body and key. Raises ``ValueError`` or ``TypeError`` for a value that its field cannot hold."""
        texts = list(_texts(self._own, row.values))
        for at, parts in self._nested:
            if parts:
                for nested in row.nested[at]:
                    texts.extend(_texts(parts, nested))
        if self._late is None or row.values[self._late]:
            return "\n".join(map(folded, texts)) + PAD, self._key_of(row.values)
        # As ``ordering.number_of``: written before its type had numbers.
        called = self._called.format(row.id)
        key = _alike(called) if self._by_number else self._key_of(row.values)
        return "\n".join(map(folded, [*texts, called])) + PAD, key

    def _key_of(self, values: Values) -> str:
        if not self._key:
            return ""
        return _alike(joined(kind.from_stored(values[at]) for at, kind in self._key))


def _texts(parts: Sequence[_Part], values: Values) -> Iterator[str]:
    for at, made in parts:
        value = values[at]
        if value is not None and value != "" and (text := value if made is None else made(value)):
            yield text


def _parts(fields: Sequence[Field], columns: Sequence[str], key: tuple[str, ...]) -> list[_Part]:
    return [
        (columns.index(field.name), None if _is_plain(field.kind) else _reader(field.kind))
        for field in fields
        if is_searched(field, key)
    ]


def _is_plain(kind: Kind) -> bool:
    """Whether a value of this kind is stored as the very text that people read."""
    cls = type(kind)
    return kind.sql == "TEXT" and cls.from_stored is Kind.from_stored and cls.to_text is Kind.to_text


def _reader(kind: Kind) -> Callable[[Any], str]:
    return lambda stored: kind.to_text(kind.from_stored(stored))
