"""Who has a natural key: no two records in force share one, nor one that is only spelled otherwise."""

from __future__ import annotations

from app.ledger.content import search
from app.ledger.file.driver import Connection, one, rows
from app.records import Record
from app.records.ordering import same_key

WORTH = 200
"""For so many records at least all keys of their type are learnt, and the records written together."""
_SEVERAL = -1


def key_holder(connection: Connection, record: Record, held: Record | None) -> int:
    """The id of another record that has the key of ``record`` (as it was before: ``held``); 0 for none.

    One that is only alike, and was there before, is no new fault.
    """
    spec = record.spec
    if not spec.key:
        return 0
    same = " AND ".join(f'"{name}" = ?' for name in spec.key)
    stored = [spec.field(name).kind.to_stored(getattr(record, name)) for name in spec.key]
    # Those of the time before numbers all hold none, and are told apart by what they are called.
    taken = any(stored) and one(
        connection,
        f'SELECT id FROM "{spec.name}" WHERE {same} AND retired_at IS NULL AND id <> ?',  # noqa: S608  # declared names
        (*stored, record.id),
    )
    if not taken and (held is None or same_key(held) != same_key(record)):
        return search.namesake(connection, record)
    return int(taken or 0)


class Keys:
    """All keys in force of a type, read once: for a change that writes so many that to ask of each is slow.

    Knows for sure only of keys that nobody else has; of any other ``key_holder`` is asked.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_type: dict[str, dict[str, int]] = {}

    def surely_free(self, record: Record) -> bool:
        """Whether no other record has the key of ``record``, or one alike."""
        key = same_key(record)
        return bool(key) and self._named(record.spec.name).get(key, record.id) == record.id

    def note(self, record: Record, held: Record | None) -> None:
        """``record`` was written, and stood as ``held`` before (None: it was not in force)."""
        if not record.spec.key:
            return
        named = self._named(record.spec.name)
        if held is not None and named.get(before := same_key(held)) == record.id:
            del named[before]
        if record.retired_at is None:
            _name(named, same_key(record), record.id)

    def _named(self, name: str) -> dict[str, int]:
        if name not in self._by_type:
            found = self._by_type[name] = {}
            sql = "SELECT key, record_id FROM search WHERE record = ?"
            for key, record_id in rows(self._connection, sql, (name,)):
                _name(found, str(key), int(record_id))
        return self._by_type[name]


def _name(named: dict[str, int], key: str, record_id: int) -> None:
    if named.setdefault(key, record_id) != record_id:
        named[key] = _SEVERAL
