"""A ledger rewritten by somebody who has its key and knows the program: everything inside agrees again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.ledger.content import search, store
from app.ledger.content.contents import canonical, record_of
from app.ledger.file import driver
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import identity, journal
from app.ledger.proof.document_codes import verification_code
from app.records import SPECS

Rewrite = Callable[[str, int, dict[str, Any]], None]
"""Changes a content in place, given its record type and id."""


@contextmanager
def unguarded(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection with the guards taken down, and put up again at the end."""
    with closing(driver.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        guards = rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in guards:
            connection.execute(sql)
        driver.checkpoint(connection)


def cut_tail(path: Path, key: bytes) -> None:
    """Take off the last entry of the journal, and what stands with it."""
    with unguarded(path, key) as connection:
        last = one(connection, "SELECT max(sequence) FROM journal")
        for table in ("history", "journal"):
            connection.execute(f"DELETE FROM {table} WHERE sequence = ?", (last,))  # noqa: S608  # two names


def forge_whole(path: Path, key: bytes, rewrite: Rewrite) -> None:
    """Change the past and make the whole chain, codes, rows and search text anew; archived PDFs stay."""
    with unguarded(path, key) as connection:
        known = identity.read(connection)
        assert known is not None
        previous = journal.genesis(known.ledger)
        heads = {0: previous}
        after: dict[tuple[str, int], str] = {}
        names = ", ".join(journal.COLUMNS)
        sql = f"SELECT {names}, salt, record_key, reason, content FROM journal JOIN history USING (sequence)"  # noqa: S608  # own columns
        for row in rows(connection, f"{sql} ORDER BY sequence"):
            entry = dict(zip(journal.COLUMNS, row, strict=False))
            salt, record_key, reason, text = row[len(journal.COLUMNS) :]
            where, content = (entry["record"], entry["record_id"]), json.loads(text)
            rewrite(*where, content)
            if entry["record"] == "submission":
                content["head"] = heads[content["head_sequence"]]
                content["code"] = verification_code(
                    known.ledger, content["number"], content["statement"], content["head"]
                )
            text = canonical(content)
            entry["words"] = journal.commit_words(salt, record_key, reason)
            entry["before"], entry["after"] = after.get(where, ""), journal.commit_content(salt, text)
            entry["previous"] = previous
            previous = heads[entry["sequence"]] = entry["hash"] = journal.entry_hash(
                tuple(entry[name] for name in journal.COLUMNS[:-1])
            )
            after[where] = entry["after"]
            _write(connection, entry, text)
            if entry["record"] != journal.LEDGER:
                store.update(connection, store.shape(entry["record"]), [content])
        for name in SPECS:
            for content in store.read_all(connection, store.shape(name)):
                search.put(connection, [record_of(name, content)])
        connection.execute("INSERT INTO search_fts (search_fts) VALUES ('rebuild')")


def _write(connection: Connection, entry: dict[str, Any], text: str) -> None:
    settings = ", ".join(f"{name} = ?" for name in entry)
    connection.execute(
        f"UPDATE journal SET {settings} WHERE sequence = ?",  # noqa: S608  # own columns
        (*entry.values(), entry["sequence"]),
    )
    connection.execute("UPDATE history SET content = ? WHERE sequence = ?", (text, entry["sequence"]))
