"""What a change writes into the tables: record by record, or many records of one type at once.

One at a time, each record costs a dozen statements, and after each of them the search index writes out what
it gathered. Gathered, a type's rows go in table by table: the same rows, entries and texts, in one order.
"""

from __future__ import annotations

from typing import NamedTuple

from app.ledger.content import search, store
from app.ledger.content.contents import Content
from app.ledger.content.keys import WORTH, Keys
from app.ledger.file.driver import Connection
from app.ledger.proof.journal import Deed, Writer
from app.records import Record

_TOGETHER = 500
"""Records held until they are written, so that no memory grows with the change."""


class _Sort(NamedTuple):
    """What is written by the same statements: new rows or old ones, in force or retired."""

    record: str
    new: bool
    retired: bool


class Outgoing:
    """The rows, journal entries and search texts of one change."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection, self._writer = connection, writer
        self._gathers = self._struck = False
        self._sort: _Sort | None = None
        self._waiting: dict[int, tuple[Record, Content]] = {}
        self._next: dict[str, int] = {}
        self._keys = Keys(connection)

    def gather(self, count: int) -> None:
        """From here on write table by table, if the ``count`` records to come are worth it."""
        self._gathers = self._gathers or count >= WORTH

    def finish(self) -> None:
        """Write what still waits; the change ends after it."""
        self.write()
        if self._struck:
            search.clear_struck(self._connection)

    def next_id(self, name: str) -> int:
        """The id of the next new record of a type; the caller holds the write lock and writes it."""
        if name not in self._next:
            self._next[name] = store.next_id(self._connection, store.shape(name))
        self._next[name] += 1
        return self._next[name] - 1

    def put(self, record: Record, held: Record | None, content: Content, deed: Deed) -> None:
        """Write a record as it is from now on; ``held``: in force before, None for a new or retired one."""
        sort = _Sort(record.spec.name, deed.revision == 1, record.retired_at is not None)
        if sort != self._sort or record.id in self._waiting or len(self._waiting) >= _TOGETHER:
            self.write()
            self._sort = sort
        self._waiting[record.id] = (record, content)
        self._writer.add(deed)
        if self._gathers:
            self._keys.note(record, held)
        else:
            self.write()

    def write(self) -> None:
        """Write what waits: whoever reads the tables within the change asks for it before."""
        sort, waiting = self._sort, tuple(self._waiting.values())
        self._sort, self._waiting = None, {}
        if sort is None or not waiting:
            return
        contents = [content for _record, content in waiting]
        into = store.insert if sort.new else store.update
        into(self._connection, store.shape(sort.record), contents)
        self._writer.write()
        if self._gathers and not sort.new and not self._struck:
            self._struck = True
            search.strike_out(self._connection)
        search.put(self._connection, [record for record, _content in waiting])

    def surely_free(self, record: Record) -> bool:
        """Whether it is known, without a look into the tables, that nobody else has the key or one alike."""
        return self._gathers and self._keys.surely_free(record)
