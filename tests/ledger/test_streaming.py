"""The quick readings of verification give what the slow ones do, for every record that can be written."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.content import search, store
from app.ledger.content.bodies import Bodies
from app.ledger.content.contents import canonical, content_of, record_of
from app.ledger.content.streaming import Row, Streamed
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.proof import journal
from app.ledger.proof.known import Known, Last
from app.records import SPECS
from app.records.ordering import same_key
from tests.support.values import records

VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=40))


@pytest.mark.parametrize("name", sorted(SPECS))
@settings(max_examples=15)
@given(data=st.data())
def test_body_and_key_from_stored_values_are_those_of_the_record(name: str, data: st.DataObject) -> None:
    # What lies in the file has an id: by it a row is called that was written before its type had numbers.
    record = replace(data.draw(records(SPECS[name])), id=7)
    streamed = Streamed(store.shape(name))
    row = row_of(streamed, content_of(record))
    made = record_of(name, streamed.content(row))
    assert Bodies(streamed).of(row) == (search.body_of(made), same_key(made))
    assert streamed.text(row) == canonical(content_of(record))


def row_of(streamed: Streamed, content: dict[str, Any]) -> Row:
    nested = tuple(
        [tuple(one[column] for column in sorted(streamed.where.children[name][1])) for one in content[name]]
        for name in streamed.nested
    )
    values = tuple(content[column] for column in streamed.columns)
    return Row(content["id"], values, nested, gapless=True)


def test_every_row_of_a_ledger_streams_as_it_is_read(full: Ledger) -> None:
    for where in store.shapes_in(full._connection):
        streamed = Streamed(where)
        told = [streamed.text(row) for row in streamed.rows(full._connection)]
        assert told == [canonical(content) for content in store.read_all(full._connection, where)]
        assert [row.gapless for row in streamed.rows(full._connection)] == [True] * len(told)
        for row in streamed.rows(full._connection):
            assert [one.id for one in streamed.rows(full._connection, [row.id])] == [row.id]


names = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8)


@given(
    st.dictionaries(names.filter(lambda name: name != "id"), VALUES, max_size=6), st.lists(VALUES, max_size=4)
)
def test_any_stored_values_have_the_canonical_text(values: dict[str, Any], nested: list[Any]) -> None:
    values = {"id": 1, **values}
    where = store.Shape("t", tuple(values), {"rows%s": ("t_rows", ("b", "a"))})
    row = Row(
        1,
        tuple(values[name] for name in sorted(values)),
        ([(value, None) for value in nested],),
        gapless=True,
    )
    held = {**values, "rows%s": [{"a": value, "b": None} for value in nested]}
    assert Streamed(where).text(row) == canonical(held)


def test_a_value_without_a_canonical_text_is_refused() -> None:
    with pytest.raises(TypeError):
        Streamed(store.Shape("t", ("id",))).text(Row(1, (b"x",), (), gapless=True))


def test_rows_of_no_parent_and_with_gaps_are_seen() -> None:
    connection = driver.scratch()
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE t_rows (parent, position, a, PRIMARY KEY (parent, position))")
    connection.executemany("INSERT INTO t VALUES (?)", [(1,), (3,), (4,)])
    nested = [(1, 1, "a"), (1, 2, "b"), (2, 1, "nobody's"), (3, 2, "gap"), (5, 1, "nobody's")]
    connection.executemany("INSERT INTO t_rows VALUES (?, ?, ?)", nested)
    where = store.Shape("t", ("id",), {"rows": ("t_rows", ("a",))})
    found = [(row.id, row.nested, row.gapless) for row in Streamed(where).rows(connection)]
    assert found == [(1, ([("a",), ("b",)],), True), (3, ([("gap",)],), False), (4, ([],), True)]


SALT, AFTER = "0f" * 16, "a1" * 32
entries = st.builds(
    Last,
    st.integers(1, 10**9),
    st.one_of(st.just(SALT), st.text("0123456789abcdefX", max_size=40)),
    st.one_of(st.just(AFTER), st.text("0123456789abcdefX", max_size=70)),
)


@given(st.lists(st.tuples(st.integers(-3, 3000), entries), max_size=30), st.sets(st.integers(-3, 3000)))
def test_what_is_known_of_records_is_what_a_plain_table_would_know(
    puts: list[tuple[int, Last]], seen: set[int]
) -> None:
    known, plain = Known(), {}
    for record_id, last in puts:
        known.put(record_id, last)
        plain[record_id] = last
    for record_id in seen | plain.keys():
        assert known.get(record_id) == plain.get(record_id)
    for record_id in seen:
        assert known.see(record_id) == plain.get(record_id)
    assert sorted(known.ids()) == sorted(plain)
    assert set(known.unseen()) == plain.keys() - seen
    assert known.highest == max((*plain, 0))


@given(st.text(), st.text(), st.text())
def test_commitments_are_the_hash_of_their_length_prefixed_parts(salt: str, key: str, text: str) -> None:
    assert journal.commit_content(salt, text) == journal.digest("content", salt, text)
    assert journal.commit_words(salt, key, text) == journal.digest("words", salt, key, text)
    assert journal.entry_hash((1, key, text)) == journal.digest("entry", "1", key, text)


columns = st.one_of(
    st.text(max_size=12), st.integers(), st.just(AFTER), st.text("aあ", min_size=120, max_size=140)
)


@given(st.tuples(*[columns] * 13))
def test_an_entry_has_the_hash_of_all_its_columns(fields: tuple[object, ...]) -> None:
    assert journal.entry_hash(fields) == journal.digest("entry", *map(str, fields))
