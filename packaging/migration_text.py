"""Prints what the next migration has to say for what is declared in ``app/records`` and not yet built.

Text to paste into a module of ``app/ledger/migrations``, which is frozen from its release on: declarations
move on, migrations never do. Nothing is printed where all that is declared is built.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.ledger.content.schema import KEPT, Column, columns_of, layout
from app.ledger.file import driver, migrating
from app.records import SPECS, Field, Spec

_ANY = "ANY"
_TYPES = {"TEXT": "str", "INTEGER": "int", _ANY: "int"}
"""Columns of any type begin as whole numbers."""
_NESTED = ("parent", "position")


def text(db: Any, specs: Mapping[str, Spec[Any]] = SPECS) -> str:
    """One function per record type that ``db``, a ``sqlite_utils.Database``, does not hold as declared.

    In the order in which they can be run: a table is made before what refers to it.
    """
    parts = []
    for name in _in_order(specs, set(db.table_names())):
        if lines := list(_lines(db, name, specs[name])):
            body = "\n".join(f"    {line}" for line in lines)
            parts.append(f"def {name}(db: Database) -> None:\n{body}\n")
    return "\n\n".join(parts)


def _in_order(specs: Mapping[str, Spec[Any]], built: Container[str]) -> list[str]:
    found: list[str] = []

    def take(name: str, above: tuple[str, ...]) -> None:
        if name in found or name in above:
            return
        place = layout(name)
        for fields in (place.fields, *(child.fields for child in place.children)):
            for column in columns_of(fields):
                if column.refers and column.refers not in built:
                    take(column.refers, (*above, name))
        found.append(name)

    for name in specs:
        take(name, ())
    return found


def _lines(db: Any, name: str, spec: Spec[Any]) -> Iterator[str]:
    place, known = layout(name), set(db.table_names())
    columns = columns_of(place.fields)
    if name not in known:
        key = f", key={spec.key!r}" if spec.key else ""
        yield f'building.record(db, "{name}", {_described(columns)}{key})'
        yield from _of_any(name, columns)
    else:
        yield from _changes(db, name, KEPT, place.fields)
        yield from _key(db, name, spec)
    for child in place.children:
        columns = columns_of(child.fields)
        if child.table not in known:
            yield f'building.rows(db, "{name}", "{child.field}", {_described(columns)})'
            yield from _of_any(child.table, columns)
        else:
            yield from _changes(db, child.table, _NESTED, child.fields)
    built = {table for table in known if _is_rows_of(db, table, name)}
    for table in sorted(built - {child.table for child in place.children}):
        yield f'db.table("{table}").drop()'


def _described(columns: Iterable[Column]) -> str:
    held = list(columns)
    types = ", ".join(f'"{column.name}": {_TYPES[column.type]}' for column in held)
    always = ", ".join(f'"{column.name}"' for column in held if column.always)
    refers = ", ".join(f'"{column.name}": "{column.refers}"' for column in held if column.refers)
    return "".join(
        (
            f"{{{types}}}",
            f", always={{{always}}}" if always else "",
            f", refers={{{refers}}}" if refers else "",
        )
    )


def _changes(db: Any, table: str, own: tuple[str, ...], fields: tuple[Field, ...]) -> Iterator[str]:
    built = _built(db, table)
    wanted = {column.name: column for column in columns_of(fields)}
    required = {field.name for field in fields if field.required}
    for name, column in wanted.items():
        if name not in built:
            if name in required:
                yield f"# {table}.{name} is asked of every record: say below what those written before hold"
            yield _added(table, column)
            yield from _of_any(table, (column,))
    if gone := sorted(built.keys() - wanted.keys() - set(own)):
        yield f'building.transform(db, "{table}", drop={{{", ".join(map(_quoted, gone))}}})'
    for name in sorted(built.keys() & wanted.keys()):
        if replace(built[name], type=_ANY) == wanted[name] != built[name]:
            yield from _of_any(table, (wanted[name],))
        elif built[name] != wanted[name]:
            yield f"# {table}.{name} is built as {built[name]}"
            yield f"# and declared as         {wanted[name]}: building.transform, and a rule for the old rows"


def _of_any(table: str, columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        if column.type == _ANY:
            yield f'building.take_any(db, "{table}", "{column.name}")'


def _added(table: str, column: Column) -> str:
    if column.refers:
        return f'building.reference(db, "{table}", "{column.name}", "{column.refers}")'
    kind = _TYPES[column.type]
    given = f", not_null_default={'0' if kind == 'int' else _quoted('')}" if column.always else ""
    return f'db.table("{table}").add_column("{column.name}", {kind}{given})'


def _key(db: Any, name: str, spec: Spec[Any]) -> Iterator[str]:
    key = spec.key
    built = [tuple(index.columns) for index in db.table(name).indexes if index.unique]
    if key and key not in built:
        late = ", late=True" if spec.late_key else ""
        yield f'building.unique(db, "{name}", {key!r}{late})'
    elif built and not key:
        yield f'db.table("{name}").drop_index("{name}_key")'


def _built(db: Any, table: str) -> dict[str, Column]:
    refers = {key.column: key.other_table for key in db.table(table).foreign_keys}
    return {
        column.name: Column(column.name, column.type, bool(column.notnull), refers.get(column.name))
        for column in db.table(table).columns
    }


def _is_rows_of(db: Any, table: str, name: str) -> bool:
    """Whether ``table`` holds nested rows of the record type ``name``: told by its first columns."""
    held = [column.name for column in db.table(table).columns]
    keys = db.table(table).foreign_keys
    return held[:2] == [*_NESTED] and any((k.column, k.other_table) == ("parent", name) for k in keys)


def _quoted(name: str) -> str:
    return f'"{name}"'


def main() -> int:
    with closing(driver.scratch()) as connection:
        migrating.migrate(connection, lambda: datetime.now().astimezone())
        print(text(driver.sqlite_utils().Database(connection, execute_plugins=False)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
