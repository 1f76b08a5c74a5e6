"""Every table of every record type as lines and back, whatever stands in its columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger.archiving import tables
from app.ledger.content import store
from app.ledger.content.store import Shape
from app.ledger.file import driver
from app.ledger.file.driver import Connection, rows
from app.ledger.file.migrating import migrate
from app.records import SPECS

_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
_NUMBER = st.integers(-(2**63), 2**63 - 1)
Pair = tuple[Connection, Connection]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Two empty ledgers of today's format, in memory."""
    with closing(driver.scratch()) as one, closing(driver.scratch()) as other:
        for made in (one, other):
            migrate(made, lambda: datetime(2026, 4, 1).astimezone())
            made.execute("PRAGMA foreign_keys=OFF")
        yield one, other


def _values(connection: Connection, table: str) -> st.SearchStrategy[dict[str, Any]]:
    """Values that a table takes."""
    held: dict[str, st.SearchStrategy[Any]] = {}
    for _at, name, kind, always, _default, key in rows(connection, f'PRAGMA table_info("{table}")'):
        one = {"TEXT": _TEXT, "INTEGER": _NUMBER}.get(kind, _TEXT | _NUMBER)
        held[name] = one if always or key else one | st.none()
    return st.fixed_dictionaries(held)


@pytest.fixture(scope="module")
def shapes(pair: Pair) -> dict[str, Shape]:
    return {where.table: where for where in store.shapes_in(pair[0])}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SPECS)), st.data())
def test_whatever_a_record_holds_comes_back(
    pair: Pair, shapes: dict[str, Shape], name: str, data: st.DataObject
) -> None:
    one, other = pair
    where = shapes[name]
    content = data.draw(_values(one, name)) | {"id": data.draw(st.integers(1, 2**62))}
    for field, (table, columns) in where.children.items():
        drawn = data.draw(st.lists(_values(one, table), max_size=3))
        content[field] = [{column: row[column] for column in columns} for row in drawn]
    one.execute("BEGIN")
    other.execute("BEGIN")
    try:
        store.insert(one, where, [content])
        lines = "".join(f"{line}\n" for line in tables._records(one, where))
        tables._fill_records(other, where, lines.split("\n")[:-1])
        assert list(store.read_all(one, where)) == list(store.read_all(other, where))
        assert len(list(store.read_all(one, where))) == 1
    finally:
        one.execute("ROLLBACK")
        other.execute("ROLLBACK")


def test_the_parts_hold_every_table(pair: Pair) -> None:
    """All but what SQLite keeps of the search text, which is made of its lines, and the kept files."""
    names = {part.name for part in tables.parts(pair[0])}
    assert {f"records/{name}.jsonl" for name in SPECS} <= names
    declared = {name for (name,) in rows(pair[0], "SELECT name FROM sqlite_master WHERE type = 'table'")}
    nested = {table for shape in store.shapes_in(pair[0]) for table, _columns in shape.children.values()}
    plain = {name.removeprefix("ledger/").removesuffix(".jsonl") for name in names if "records/" not in name}
    assert declared - nested - set(SPECS) - plain == {
        *("blob", "search_fts", "search_vocabulary"),
        *("search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config"),
    }
