"""Live rows one after the other, each as the canonical text that the journal commits to.

Nothing of a table is held but the row at hand: verification of a large ledger takes no more memory than
that of a small one. The text is the same as ``contents.canonical`` makes of the same content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from app.ledger.content.contents import Content
from app.ledger.content.store import Shape
from app.ledger.file.driver import Connection

Values = tuple[Any, ...]


class Row(NamedTuple):
    """One record: its values in the order of ``Streamed.columns``, and its nested rows by field."""

    id: int
    values: Values
    nested: tuple[list[Values], ...]
    gapless: bool
    """Whether the nested rows are numbered from one without a gap, as the program writes them."""


class Streamed:
    """The rows of one record type. ``ids`` narrows them to a few records."""

    def __init__(self, where: Shape) -> None:
        self.where = where
        self.columns = tuple(sorted(where.columns))
        self._id = self.columns.index("id")
        self.nested = tuple(sorted(where.children))
        self._nested_columns = [tuple(sorted(where.children[name][1])) for name in self.nested]
        self._template, self._order = _template(self.columns, self.nested)
        self._row_templates = [_template(columns, ())[0] for columns in self._nested_columns]

    def rows(self, connection: Connection, ids: Sequence[int] | None = None) -> Iterator[Row]:
        """Every record by ascending id, or those of ``ids`` that exist."""
        picked = "1" if ids is None else f"id IN ({','.join(map(str, map(int, ids)))})"
        nested = [
            _Nested(connection, self.where.children[name][0], columns, picked.replace("id IN", "parent IN"))
            for name, columns in zip(self.nested, self._nested_columns, strict=True)
        ]
        for values in connection.execute(
            f'SELECT {_list(self.columns)} FROM "{self.where.table}" WHERE {picked} ORDER BY id'  # noqa: S608  # the file's own names, whole numbers
        ):
            record_id = values[self._id]
            if not nested:
                yield Row(record_id, values, (), True)  # no nested row is out of order
                continue
            taken = tuple(one.of(record_id) for one in nested)
            yield Row(
                record_id, values, tuple(rows for rows, _ in taken), all(gapless for _, gapless in taken)
            )

    def text(self, row: Row) -> str:
        """The canonical text of the row's content. Raises ``TypeError`` for a value that has none."""
        if not self.nested:
            return self._template % tuple(_json_texts(row.values))
        parts = _json_texts(row.values)
        for template, rows in zip(self._row_templates, row.nested, strict=True):
            parts.append("[" + ",".join([template % tuple(_json_texts(one)) for one in rows]) + "]")
        return self._template % tuple([parts[at] for at in self._order])

    def content(self, row: Row) -> Content:
        """The row's content."""
        made: Content = dict(zip(self.columns, row.values, strict=True))
        for name, columns, rows in zip(self.nested, self._nested_columns, row.nested, strict=True):
            made[name] = [dict(zip(columns, one, strict=True)) for one in rows]
        return made

    def reader(self, column: str) -> Callable[[Row], Any]:
        """What takes the value of a column out of a row."""
        at = self.columns.index(column)
        return lambda row: row.values[at]


class _Nested:
    """The rows of a child table, handed out parent by parent."""

    def __init__(self, connection: Connection, table: str, columns: Sequence[str], picked: str) -> None:
        self._rows = iter(
            connection.execute(
                f'SELECT parent, position, {_list(columns)} FROM "{table}"'  # noqa: S608  # the file's own names
                f" WHERE {picked} ORDER BY parent, position"
            )
        )
        self._next = next(self._rows, None)

    def of(self, parent: int) -> tuple[list[Values], bool]:
        """The rows of ``parent`` in order, and whether their positions are gapless."""
        found: list[Values] = []
        gapless = True
        while self._next is not None and self._next[0] <= parent:
            # One of a parent that is not there is passed over: it is a reference to nothing, and told so.
            if self._next[0] == parent:
                found.append(self._next[2:])
                gapless = gapless and self._next[1] == len(found)
            self._next = next(self._rows, None)
        return found, gapless


def _json_texts(values: Values) -> list[str]:
    """Stored values as JSON. Raises ``TypeError`` for what SQLite can hold and no record does.

    Written out for the usual types: a call for each of millions of values would be felt.
    """
    return [
        encode_basestring(value)
        if value.__class__ is str
        else "null"
        if value is None
        else str(value)
        if value.__class__ is int
        else json.dumps(value)
        for value in values
    ]


def _template(columns: Sequence[str], nested: Sequence[str]) -> tuple[str, list[int]]:
    """A JSON object to be filled in, and which of the parts (columns, then nested) stands where."""
    names = [*columns, *nested]
    order = sorted(range(len(names)), key=lambda at: names[at])
    quoted = (json.dumps(names[at], ensure_ascii=False).replace("%", "%%") for at in order)
    return "{" + ",".join(f"{name}:%s" for name in quoted) + "}", order


def _list(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
