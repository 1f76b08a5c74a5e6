"""Reading the ledger: lists, pages, search, history and files."""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.ledger.content import search, store
from app.ledger.content.contents import record_of
from app.ledger.content.history import Entry, entry_of
from app.ledger.content.search import Hit
from app.ledger.errors import LedgerError, UnknownRecordError
from app.ledger.file.driver import Connection, errors_for_people, one, rows
from app.ledger.file.readers import Readers
from app.records import SPECS, Facts, Field, Record
from app.records.kinds import FormId, Quantity, Ref, Rows, Text
from app.records.spelling.collation import order

R = TypeVar("R", bound=Record)
_IN_ORDER = "in_order"
"""The one order of texts, as SQL calls it."""
_TITLED = "form_title"
"""What a form is called, as SQL asks it."""


class Reading:
    """Everything that only reads; may be called from any thread, and waits for no other."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        connection: Connection,
        lock: threading.RLock,
        facts: Callable[[], Facts],
        titles: search.Titles,
    ) -> None:
        """``titles``: id of a printed form → its title; people look for that."""
        self._connection = connection
        teach = partial(_teach, titles=titles)
        teach(connection)
        self._readers = Readers(path, key, teach)
        self._lock = lock
        self._view = facts
        self._titles = titles

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection to read by: one beside the writer's, or the writer's own where there is no other."""
        free = self._readers.take()
        if free is None:
            with self._lock, errors_for_people():
                yield self._connection
            return
        sound = False
        try:
            with errors_for_people():
                yield free
            sound = True
        finally:
            self._readers.give(free, sound=sound)

    def get(self, cls: type[R], record_id: int) -> R:
        """One record, retired or not. Raises ``UnknownRecordError``."""
        found = self.page(cls.spec.name, [record_id])
        if not found:
            raise UnknownRecordError(cls.spec.label)
        return found[0]  # type: ignore[return-value]  # read from its own type's table

    def page(self, name: str, ids: Sequence[int]) -> list[Record]:
        """Those records of a type that exist, retired or not, in the order of ``ids``."""
        with self._reading() as connection:
            contents = store.read(connection, store.shape(name), ids)
        return [record_of(name, contents[record_id]) for record_id in ids if record_id in contents]

    def listing(
        self,
        name: str,
        order_by: str = "",
        *,
        descending: bool = False,
        text: str = "",
        retired: bool = False,
    ) -> array[int]:
        """Ids of a record type in the order of a field (or of entry), only those that hold ``text``.

        References are ordered by the title of what they name, nested rows by their number.
        ``retired`` lists the retired ones instead.
        """
        spec = SPECS[name]
        state, way = ("IS NOT NULL" if retired else "IS NULL"), ("DESC" if descending else "ASC")
        by = _order(name, spec.field(order_by)) if order_by else "own.id"
        source: str = f'"{name}" AS own WHERE 1'
        values: Sequence[object] = ()
        with self._reading() as connection:
            # What was retired is in no index; there is little of it, and it is read whole.
            if text.strip() and not retired:
                source, values = search.holding(connection, text, name, self._titles)
            found = _ids(
                connection,
                f"SELECT own.id FROM {source} AND own.retired_at {state} ORDER BY {by} {way}, own.id {way}",  # noqa: S608  # declared names, values are bound
                values,
            )
            if text.strip() and retired:
                held = store.read(connection, store.shape(name), found)
                fitting = (
                    each for each in found if search.fits(record_of(name, held[each]), text, self._titles)
                )
                return array("q", fitting)
        return found

    def extent(self, name: str) -> int:
        """No more records of a type than this were ever entered, retired ones among them; asked at once."""
        with self._reading() as connection:
            return int(one(connection, f'SELECT max(id) FROM "{name}"') or 0)  # noqa: S608  # a declared name

    def counts(self) -> dict[str, int]:
        """How many records of each type are not retired."""
        with self._reading() as connection:
            return {
                name: int(one(connection, f'SELECT count(*) FROM "{name}" WHERE retired_at IS NULL'))  # noqa: S608  # declared names
                for name in SPECS
            }

    def search(self, text: str, limit: int = 100, record: str = "") -> list[Hit]:
        """Records that hold every word of ``text``, the newest first; ``record`` keeps to one type.

        Widths, kana, case, blanks, dashes and variant kanji do not matter; one character is enough.
        """
        with self._reading() as connection:
            found = search.find(connection, text, limit, record, titles=self._titles)
        facts = self._view()
        hits = []
        for name, record_id in found:
            held = facts.named(name, record_id)
            if held is not None:
                title = facts.title(held)
                shown = search.shown(held, text, title, self._titles)
                hits.append(Hit(name, record_id, facts.key(held), title, shown))
        return hits

    def history(self, name: str, record_id: int) -> list[Entry]:
        """What happened to one record, the newest first."""
        with self._reading() as connection:
            found = rows(
                connection,
                "SELECT journal.sequence, change, at, officer, login, operation, reason, content"
                " FROM journal JOIN history USING (sequence)"
                " WHERE record = ? AND record_id = ? ORDER BY journal.sequence",
                (name, record_id),
            )
            where = store.shape_in(connection, name)
        facts = self._view()
        entries: list[Entry] = []
        before: dict[str, Any] = {}
        for *head, content in found:
            after = json.loads(content) if content else {}
            # What a migration gave to a record between two entries is no change that an officer made.
            today = store.grown(where, after) if after else after
            entries.append(entry_of(facts, name, tuple(head), before, today if before else after))
            before = today
        return entries[::-1]

    def as_of_entry(self, name: str, record_id: int, sequence: int) -> Record | None:
        """One record as entry ``sequence`` of the journal left it; None where it was not there by then."""
        with self._reading() as connection:
            found = rows(
                connection,
                "SELECT content FROM journal JOIN history USING (sequence)"
                " WHERE record = ? AND record_id = ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1",
                (name, record_id, sequence),
            )
            where = store.shape_in(connection, name)
        return record_of(name, store.grown(where, json.loads(found[0][0]))) if found else None

    def entry_hash(self, sequence: int) -> str:
        """The hash of an entry of the journal, empty for one that is not there."""
        with self._reading() as connection:
            return str(one(connection, "SELECT hash FROM journal WHERE sequence = ?", (sequence,)) or "")

    def written(self, first: int, last: int) -> frozenset[tuple[str, int]]:
        """Type and id of every record that entries ``first`` to ``last`` wrote."""
        with self._reading() as connection:
            found = rows(
                connection,
                "SELECT DISTINCT record, record_id FROM journal WHERE sequence BETWEEN ? AND ?",
                (first, last),
            )
        return frozenset((str(name), int(record_id)) for name, record_id in found)

    def blob(self, sha256: str) -> bytes:
        """The bytes of a kept file. Raises ``LedgerError`` if the ledger does not hold them."""
        with self._reading() as connection:
            data = one(connection, "SELECT data FROM blob WHERE sha256 = ?", (sha256,))
        if data is None:
            raise LedgerError("ファイルが台帳にありません。設定の「台帳の検証」で確かめてください。")
        return bytes(data)


def _ids(connection: Connection, sql: str, values: Sequence[object]) -> array[int]:
    """One row after the other: 100,000 kept at once would wake the garbage collection for all threads."""
    return array("q", (record_id for (record_id,) in connection.execute(sql, values)))


def _teach(connection: Connection, titles: search.Titles) -> None:
    """Have a connection know the one order of texts, and what forms are called."""
    connection.create_function(_IN_ORDER, 2, order, deterministic=True)
    connection.create_function(_TITLED, 1, titles, deterministic=True)


def _order(name: str, field: Field, own: str = "own") -> str:
    """The expression by which records are ordered by a field: texts and titles as ``collation`` has it."""
    spec, kind, held = SPECS[name], field.kind, f'{own}."{field.name}"'
    if isinstance(kind, Rows):
        return f'(SELECT count(*) FROM "{name}_{field.name}" AS nested WHERE nested.parent = {own}.id)'  # noqa: S608  # declared names
    if isinstance(kind, Ref):
        titled, named = SPECS[kind.to].titled, f"{own}_{field.name}"
        shown = _order(kind.to, SPECS[kind.to].field(titled[0]), named) if titled else f"{named}.id"
        return f'(SELECT {shown} FROM "{kind.to}" AS {named} WHERE {named}.id = {held})'  # noqa: S608  # declared names
    if isinstance(kind, Quantity):
        # Whole numbers and the digits of others lie side by side; for an order a fraction is exact enough.
        return f"CAST({held} AS REAL)"
    if not isinstance(kind, Text):
        return held
    if isinstance(kind, FormId):
        held = f"{_TITLED}({held})"
    reading = f'{own}."{spec.reading}"' if spec.reading and field.name == spec.titled[0] else "''"
    return f"{_IN_ORDER}({held}, {reading})"
