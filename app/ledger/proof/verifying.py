"""Verification: the live rows, archived documents and search text against what the journal vouches for.

What this proves: that nothing was changed behind the program's back since the head it ends in. Someone
who has the key *and* forges the whole chain anew is found only by a head kept outside: printed on a
document, in a backup's manifest (``check_head``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.common import Progress
from app.ledger.content import store
from app.ledger.content.contents import Content, canonical
from app.ledger.file import driver, migrating
from app.ledger.file.driver import Connection, one, rows
from app.ledger.migrations import MIGRATIONS
from app.ledger.proof import chain, identity, journal
from app.ledger.proof import meaning as proving
from app.ledger.proof.chain import Problem, Walk

_TAIL = 1000
"""Entries looked at on every start."""


@dataclass(frozen=True, slots=True)
class Verification:
    """``problems`` by journal entry, the first bad one first."""

    ok: bool
    entries: int
    problems: tuple[Problem, ...]


def verify_file(path: Path, key: bytes, progress: Progress) -> Verification:
    """Check the ledger at ``path`` whole, on a connection of its own and as of one moment."""
    with closing(driver.connect(path, key)) as connection:
        damage = list(_damage(connection, progress))
        found = verify(connection, progress)
        problems = (*damage, *found.problems, *_index_faults(connection))
    return Verification(not problems, found.entries, tuple(problems))


def verify(connection: Connection, progress: Progress) -> Verification:
    """Check everything that the ledger says against its journal, whatever its format."""
    connection.execute("BEGIN")
    try:
        known = identity.read(connection)
        if known is None:
            problem = _about_ledger("台帳の識別情報がありません。")
            return Verification(False, 0, (problem,))
        walk = chain.walk(connection, known.ledger, progress)
        problems = [
            *walk.problems,
            *_declaration_faults(connection),
            *_identity_faults(connection, walk),
            *_live_faults(connection, walk, progress),
            *proving.faults(connection, known.ledger, walk, progress),
        ]
    finally:
        connection.execute("ROLLBACK")
    problems.sort(key=lambda problem: problem.entry)
    return Verification(not problems, walk.entries, tuple(problems))


def quick_check(connection: Connection) -> Verification:
    """Check what the file declares, the end of the chain, and the records it last wrote."""
    known = identity.read(connection)
    if known is None:
        problem = _about_ledger("台帳の識別情報がありません。")
        return Verification(False, 0, (problem,))
    start = max(1, journal.head(connection, known.ledger).sequence - _TAIL + 1)
    walk = chain.walk(connection, known.ledger, Progress(), start)
    problems = list(walk.problems)
    if migrating.fingerprint(connection) != known.layout:
        problems.append(_about_ledger("台帳の構造が書き換えられています。"))
    shapes = {shape.table: shape for shape in store.shapes_in(connection)}
    for name, shape in shapes.items():
        ids = [record_id for record, record_id in walk.last if record == name]
        live = store.read(connection, shape, ids)
        problems.extend(
            problem
            for record_id in ids
            for problem in _row_faults(connection, walk, shape, record_id, live.get(record_id))
        )
    problems.sort(key=lambda problem: problem.entry)
    return Verification(not problems, walk.entries, tuple(problems))


def check_head(connection: Connection, sequence: int, start: str) -> bool:
    """Whether entry ``sequence`` has the hash that begins with ``start`` (8 digits or more, any case)."""
    typed = "".join(char for char in start.casefold() if char.isalnum())
    known = identity.read(connection)
    if known is None or len(typed) < 8:
        return False
    held = one(connection, "SELECT hash FROM journal WHERE sequence = ?", (sequence,))
    whole = journal.genesis(known.ledger) if sequence == 0 else str(held or "")
    return whole.startswith(typed)


def _damage(connection: Connection, progress: Progress) -> Iterator[Problem]:
    progress.step(0, 0, "ファイルの傷みを確かめています")
    busy = rows(connection, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    # The cipher check reads the main file only: with a log still beside it, it would cry wolf.
    pages = [] if busy else rows(connection, "PRAGMA cipher_integrity_check")
    whole = [str(row[0]) for row in rows(connection, "PRAGMA integrity_check")]
    if pages or whole != ["ok"]:
        yield Problem(
            0, journal.LEDGER, "", "ファイルの一部が壊れています。バックアップから復元してください。"
        )


def _index_faults(connection: Connection) -> Iterator[Problem]:
    try:
        connection.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)")
    except driver.Error:
        yield Problem(0, "search", "", "検索の索引が本文と合いません。")
    # The check above follows the index from its pages; an entry that leads to no page it never meets.
    if rows(
        connection,
        "SELECT 1 FROM search_fts_idx WHERE NOT EXISTS"
        " (SELECT 1 FROM search_fts_data AS page WHERE page.id = (segid << 37) + (pgno >> 1))",
    ):
        yield Problem(0, "search", "", "検索の索引に行き先のない項目があります。")
    held = dict(rows(connection, "SELECT k, v FROM search_fts_config"))
    if held.keys() != {"version", "secure-delete"} or held["secure-delete"] != 1:
        yield Problem(0, "search", "", "検索の索引の設定が書き換えられています。")


def _declaration_faults(connection: Connection) -> Iterator[Problem]:
    form = migrating.format_of(connection)
    if migrating.schema_entries(connection) != migrating.expected_entries(form):
        yield _about_ledger("台帳の構造が書き換えられています。")
    steps = rows(connection, "SELECT number, name FROM migration ORDER BY number")
    if steps != [(step.number, step.name) for step in MIGRATIONS if step.number <= form]:
        yield _about_ledger("台帳の版の記録が書き換えられています。")
    if one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        yield _about_ledger("ファイルの識別番号が書き換えられています。")
    if rows(connection, "PRAGMA foreign_key_check"):
        yield _about_ledger("参照先のない行があります。")


def _identity_faults(connection: Connection, walk: Walk) -> Iterator[Problem]:
    last = walk.last.get((journal.LEDGER, 1))
    told = canonical(identity.content(connection))
    if last is None or last.content != chain.content_digest(told):
        sequence = last.sequence if last else 0
        yield Problem(
            sequence, journal.LEDGER, last.key if last else "", "台帳の識別情報が記録と合いません。"
        )


def _live_faults(connection: Connection, walk: Walk, progress: Progress) -> Iterator[Problem]:
    shapes = list(store.shapes_in(connection))
    seen: set[tuple[str, int]] = set()
    for number, shape in enumerate(shapes):
        progress.step(number, len(shapes), "登録内容を確かめています")
        for content in store.read_all(connection, shape):
            seen.add((shape.table, content["id"]))
            yield from _row_faults(connection, walk, shape, content["id"], content)
        yield from _position_faults(connection, walk, shape)
    for (name, record_id), last in walk.last.items():
        if name != journal.LEDGER and (name, record_id) not in seen:
            yield _about(name, last, "登録が消されています。")


def _row_faults(
    connection: Connection, walk: Walk, shape: store.Shape, record_id: int, live: Content | None
) -> Iterator[Problem]:
    name = shape.table
    last = walk.last.get((name, record_id))
    if last is None:
        yield Problem(0, name, str(record_id), "記録にない登録が加えられています。")
    elif live is None:
        yield Problem(last.sequence, name, last.key, "登録が消されています。")
    elif last.content != chain.content_digest(canonical(live)) and not _grown(
        connection, shape, last.sequence, live
    ):
        yield Problem(last.sequence, name, last.key, "登録内容が記録と合いません。")


def _grown(connection: Connection, shape: store.Shape, sequence: int, live: Content) -> bool:
    """Whether ``live`` differs from what was written only by what migrations did to every such row."""
    text = one(connection, "SELECT content FROM history WHERE sequence = ?", (sequence,))
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return False
    return canonical(store.grown(shape, told)) == canonical(live)


def _position_faults(connection: Connection, walk: Walk, shape: store.Shape) -> Iterator[Problem]:
    for table, _columns in shape.children.values():
        for (parent,) in rows(
            connection,
            f'SELECT parent FROM "{table}" GROUP BY parent'  # noqa: S608  # a table of the file itself
            " HAVING min(position) <> 1 OR max(position) <> count(*)",
        ):
            yield _about(shape.table, walk.last.get((shape.table, parent)), "明細の順番が記録と合いません。")


def _about(name: str, last: chain.Last | None, sentence: str) -> Problem:
    return Problem(last.sequence if last else 0, name, last.key if last else "", sentence)


def _about_ledger(sentence: str) -> Problem:
    return Problem(0, journal.LEDGER, "", sentence)
