"""Search over every record: one trigram index, and its vocabulary for words of one or two characters.

The index alone finds nothing shorter than three characters, and Japanese surnames have two. A range
over the vocabulary gives the trigrams that begin with a short word; two characters of padding make
sure that every short word begins one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

from app.ledger.content import store
from app.ledger.content.contents import record_of
from app.ledger.content.schema import layout
from app.ledger.file.driver import Connection, one, rows
from app.records import SPECS, Field, Record
from app.records.kinds import FormId, Ref, Rows
from app.records.ordering import number_of, same_key
from app.records.spelling.fold import squeezed, words_of

Values = tuple[object, ...]
"""What is bound in a statement."""
Titles: TypeAlias = Callable[[str], str]
"""Id of a printed form → its title."""
PAD = "\n\n"
NAMESAKE = (
    "SELECT record_id FROM search WHERE record = ? AND key = ? AND key <> '' AND record_id <> ?"
    # Not ordered by the bare column: its index would be gone through from the first record of the type.
    " ORDER BY +record_id LIMIT 1"
)
_AFTER_ALL = "\U0010ffff"
folded = lru_cache(maxsize=8192)(squeezed)
"""As ``squeezed``: kinds, makers and places are the same in many records."""
_MATCHING = "SELECT rowid FROM search_fts WHERE search_fts MATCH ?"
_MOST_TERMS = 500
"""Above so many trigrams a scan is quicker than the index."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its type, id and natural key, how people call it, and the text that matched."""

    record: str
    id: int
    key: str
    title: str
    text: str


def texts_of(record: Record, titles: Titles = str) -> list[tuple[str, str]]:
    """Label and text of all that can be searched in ``record``, its nested rows included.

    ``titles``: id of a printed form → its title. The index holds the id: what a form is called is the
    program's to say, and may be said otherwise by its next release.
    """
    spec = record.spec
    own, nested = _searched(spec.name)
    found = [(field.label, _text(field, getattr(record, field.name), titles)) for field in own]
    for name, fields in nested:
        for row in getattr(record, name):
            found.extend((field.label, _text(field, getattr(row, field.name), titles)) for field in fields)
    if spec.late and not getattr(record, spec.number_field):
        found.append((spec.field(spec.number_field).label, number_of(record)))
    return [(label, text) for label, text in found if text]


def _text(field: Field, value: Any, titles: Titles) -> str:
    return titles(value) if isinstance(field.kind, FormId) else field.kind.to_text(value)


@cache
def _searched(name: str) -> tuple[tuple[Field, ...], list[tuple[str, tuple[Field, ...]]]]:
    """The fields of a record type in which words are looked for, and those of its nested rows."""
    place = layout(name)
    own = tuple(field for field in place.fields if is_searched(field, place.spec.key))
    nested = [
        (child.field, tuple(field for field in child.fields if is_searched(field, ())))
        for child in place.children
    ]
    return own, [(field, fields) for field, fields in nested if fields]


def is_searched(field: Field, key: tuple[str, ...]) -> bool:
    return (field.kind.searched or field.name in key) and not isinstance(field.kind, Ref | Rows)


def body_of(record: Record) -> str:
    """The folded text of ``record`` as the index holds it."""
    return "\n".join(folded(text) for _label, text in texts_of(record)) + PAD


def put(connection: Connection, records: Sequence[Record]) -> None:
    """Bring the index up to date with ``records`` of one type; a retired one is no longer found.

    All in one statement each: after every statement the index writes out what it gathered.
    """
    for start in range(0, len(records), store.AT_ONCE):
        some = records[start : start + store.AT_ONCE]
        _take_out(connection, [record for record in some if record.retired_at is not None])
        _put_in(connection, [record for record in some if record.retired_at is None])


def _take_out(connection: Connection, gone: Sequence[Record]) -> None:
    if gone:
        connection.execute(
            f"DELETE FROM search WHERE record = ? AND record_id IN ({_marks(gone)})",  # noqa: S608  # marks alone
            (gone[0].spec.name, *(record.id for record in gone)),
        )


def _put_in(connection: Connection, living: Sequence[Record]) -> None:
    if living:
        values: list[object] = []
        for record in living:
            values += (body_of(record), same_key(record), record.spec.name, record.id)
        connection.execute(
            f"INSERT INTO search (body, key, record, record_id) VALUES {_marks(living, '(?, ?, ?, ?)')}"  # noqa: S608  # as above
            " ON CONFLICT (record, record_id) DO UPDATE SET body = excluded.body, key = excluded.key"
            " WHERE body <> excluded.body OR key <> excluded.key",
            values,
        )


def _marks(values: Sequence[object], mark: str = "?") -> str:
    return ", ".join([mark] * len(values))


def strike_out(connection: Connection) -> None:
    """What is taken out of the index is only struck out, until ``clear_struck`` in the same change.

    To cut every text out at once takes half a second for a thousand, and more the larger the ledger is.
    """
    connection.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 0)")


def clear_struck(connection: Connection) -> None:
    """Write the index anew without what was struck out: nothing of it is left in the file.

    Without it, what a record once said could still be read from the index.
    """
    connection.execute("INSERT INTO search_fts (search_fts) VALUES ('optimize')")
    connection.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1)")


def renew(connection: Connection) -> None:
    """Make the index of all records anew: after a migration they may be folded in another way."""
    for name in SPECS:
        contents = store.read_all(connection, store.shape(name), retired=False)
        put(connection, [record_of(name, content) for content in contents])


def namesake(connection: Connection, record: Record) -> int:
    """The id of another record of the type whose natural key is the same as it is compared; 0 for none."""
    key = same_key(record)
    found = one(connection, NAMESAKE, (record.spec.name, key, record.id))
    return int(found or 0)


def find(
    connection: Connection, text: str, limit: int, record: str = "", *, titles: Titles = str
) -> list[tuple[str, int]]:
    """Type and id of the records that hold every word of ``text``, the newest first."""
    condition, values = _condition(connection, text, titles)
    if record:
        condition, values = f"{condition} AND found.record = ?", (*values, record)
    sql = f"SELECT record, record_id FROM search AS found WHERE {condition} ORDER BY id DESC LIMIT ?"  # noqa: S608  # conditions are written below
    return [(str(name), int(held)) for name, held in rows(connection, sql, (*values, limit))]


def holding(connection: Connection, text: str, record: str, titles: Titles = str) -> tuple[str, Values]:
    """Tables and condition (``"person" AS own JOIN … WHERE …``) of a type's records that hold ``text``."""
    condition, values = _condition(connection, text, titles)
    # In this order: for each row found its record, not for each record whether it was found.
    source = f'search AS found CROSS JOIN "{record}" AS own ON own.id = found.record_id'
    return f"{source} WHERE found.record = ? AND {condition}", (record, *values)


def fits(record: Record, text: str, titles: Titles = str) -> bool:
    """Whether a record that may be in no index holds every word of ``text``."""
    told = (folded(said) for label, said in texts_of(record, titles))
    body, words = "\n".join([body_of(record), *told]), words_of(text)
    return bool(words) and all(word in body for word in words)


def _condition(connection: Connection, text: str, titles: Titles) -> tuple[str, Values]:
    """What is true of those rows of ``search AS found`` that hold every word; of none without words."""
    matches: list[str] = []
    conditions: list[str] = []
    values: list[object] = []
    for word in words_of(text):
        called, bound = _called(connection, word, titles)
        terms = [word] if len(word) >= 3 else _terms(connection, word)
        match = "(" + " OR ".join(map(_quoted, terms)) + ")"
        if len(terms) > _MOST_TERMS:
            either = f" OR found.id IN ({called})" if called else ""
            conditions.append(f"(instr(found.body, ?){either})")
            values += [word, *bound]
        elif called:
            either = f"{_MATCHING} UNION {called}" if terms else called
            conditions.append(f"found.id IN ({either})")
            values += [*([match] if terms else ()), *bound]
        elif terms:
            matches.append(match)
        else:
            return "0", ()
    if matches:
        conditions.insert(0, f"found.id IN ({_MATCHING})")
        values.insert(0, " AND ".join(matches))
    return " AND ".join(conditions) or "0", tuple(values)


def _called(connection: Connection, word: str, titles: Titles) -> tuple[str, Values]:
    """The rows of the index whose record names a form by a title with ``word``; empty where none does."""
    found: list[str] = []
    values: list[object] = []
    for name, field in _forms():
        named = rows(connection, f'SELECT DISTINCT "{field}" FROM "{name}"')  # noqa: S608  # declared names
        ids = [form for (form,) in named if word in folded(titles(str(form)))]
        if ids:
            those = f'SELECT id FROM "{name}" WHERE "{field}" IN ({_marks(ids)})'  # noqa: S608  # as above
            found.append(f"SELECT own.id FROM search AS own WHERE record = ? AND record_id IN ({those})")  # noqa: S608  # as above
            values += [name, *ids]
    return " UNION ".join(found), tuple(values)


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Record type and field of every field that names a form."""
    return tuple(
        (name, field.name) for name in SPECS for field in _searched(name)[0] if isinstance(field.kind, FormId)
    )


def shown(record: Record, text: str, title: str, titles: Titles = str) -> str:
    """The first searched text that holds the query's first word, with its label; else the title."""
    words = words_of(text)
    for label, held in texts_of(record, titles):
        if words and words[0] in squeezed(held):
            return f"{label}：{held}"
    return title


def _terms(connection: Connection, word: str) -> list[str]:
    found = rows(
        connection,
        "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ? LIMIT ?",
        (word, word + _AFTER_ALL, _MOST_TERMS + 1),
    )
    return [str(term) for (term,) in found]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
