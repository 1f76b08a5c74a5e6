"""Search over every record: one trigram index, and its vocabulary for words of one or two characters.

The index alone finds nothing shorter than three characters, and Japanese surnames have two. A range
over the vocabulary gives the trigrams that begin with a short word; two characters of padding make
sure that every short word begins one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.ledger.content import store
from app.ledger.content.contents import record_of
from app.ledger.content.schema import layout
from app.ledger.file.driver import Connection, one, rows
from app.records import SPECS, Field, Record
from app.records.kinds import Ref, Rows
from app.records.ordering import number_of, same_key
from app.records.spelling.fold import searchable, squeezed, words_of

Values = tuple[object, ...]
"""What is bound in a statement."""
PAD = "\n\n"
_AFTER_ALL = "\U0010ffff"
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


def texts_of(record: Record) -> list[tuple[str, str]]:
    """Label and text of all that can be searched in ``record``, its nested rows included."""
    spec = record.spec
    found = [
        (field.label, field.kind.to_text(getattr(record, field.name)))
        for field in layout(spec.name).fields
        if is_searched(field, spec.key)
    ]
    for child in layout(spec.name).children:
        for row in getattr(record, child.field):
            found.extend(
                (field.label, field.kind.to_text(getattr(row, field.name)))
                for field in child.fields
                if is_searched(field, ())
            )
    if spec.late and not getattr(record, spec.number_field):
        found.append((spec.field(spec.number_field).label, number_of(record)))
    return [(label, text) for label, text in found if text]


def is_searched(field: Field, key: tuple[str, ...]) -> bool:
    return (field.kind.searched or field.name in key) and not isinstance(field.kind, Ref | Rows)


def body_of(record: Record) -> str:
    """The folded text of ``record`` as the index holds it."""
    return searchable(text for _label, text in texts_of(record)) + PAD


def put(connection: Connection, record: Record) -> None:
    """Bring the index up to date with ``record``; a retired one is no longer found."""
    where = (record.spec.name, record.id)
    if record.retired_at is not None:
        connection.execute("DELETE FROM search WHERE record = ? AND record_id = ?", where)
        return
    made = (body_of(record), same_key(record))
    held = rows(connection, "SELECT body, key FROM search WHERE record = ? AND record_id = ?", where)
    if not held:
        connection.execute(
            "INSERT INTO search (body, key, record, record_id) VALUES (?, ?, ?, ?)", (*made, *where)
        )
    elif held[0] != made:
        connection.execute(
            "UPDATE search SET body = ?, key = ? WHERE record = ? AND record_id = ?", (*made, *where)
        )


def renew(connection: Connection) -> None:
    """Make the index of all records anew: after a migration they may be folded in another way."""
    for name in SPECS:
        for content in store.read_all(connection, store.shape(name), retired=False):
            put(connection, record_of(name, content))


def namesake(connection: Connection, record: Record) -> int:
    """The id of another record of the type whose natural key is the same as it is compared; 0 for none."""
    key = same_key(record)
    found = one(
        connection,
        "SELECT record_id FROM search WHERE record = ? AND key = ? AND key <> '' AND record_id <> ?"
        " ORDER BY record_id LIMIT 1",
        (record.spec.name, key, record.id),
    )
    return int(found or 0)


def find(connection: Connection, text: str, limit: int, record: str = "") -> list[tuple[str, int]]:
    """Type and id of the records that hold every word of ``text``, the newest first."""
    condition, values = _condition(connection, text)
    if record:
        condition, values = f"{condition} AND found.record = ?", (*values, record)
    sql = f"SELECT record, record_id FROM search AS found WHERE {condition} ORDER BY id DESC LIMIT ?"  # noqa: S608  # conditions are written below
    return [(str(name), int(held)) for name, held in rows(connection, sql, (*values, limit))]


def holding(connection: Connection, text: str, record: str) -> tuple[str, Values]:
    """Tables and condition (``"person" AS own JOIN … WHERE …``) of a type's records that hold ``text``."""
    condition, values = _condition(connection, text)
    # In this order: for each row found its record, not for each record whether it was found.
    source = f'search AS found CROSS JOIN "{record}" AS own ON own.id = found.record_id'
    return f"{source} WHERE found.record = ? AND {condition}", (record, *values)


def fits(record: Record, text: str) -> bool:
    """Whether a record that may be in no index holds every word of ``text``."""
    body, words = body_of(record), words_of(text)
    return bool(words) and all(word in body for word in words)


def _condition(connection: Connection, text: str) -> tuple[str, Values]:
    """What is true of those rows of ``search AS found`` that hold every word; of none without words."""
    matches: list[str] = []
    scanned: list[str] = []
    for word in words_of(text):
        terms = [word] if len(word) >= 3 else _terms(connection, word)
        if not terms:
            return "0", ()
        if len(terms) > _MOST_TERMS:
            scanned.append(word)
        else:
            matches.append("(" + " OR ".join(map(_quoted, terms)) + ")")
    conditions = ["instr(found.body, ?)"] * len(scanned)
    if not matches:
        return " AND ".join(conditions) or "0", tuple(scanned)
    inner = "found.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH ?)"
    return " AND ".join([inner, *conditions]), (" AND ".join(matches), *scanned)


def shown(record: Record, text: str, title: str) -> str:
    """The first searched text that holds the query's first word, with its label; else the title."""
    words = words_of(text)
    for label, held in texts_of(record):
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
