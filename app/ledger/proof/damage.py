"""Damaged pages: found by their own checksums, and named by what stands on them.

SQLCipher answers nothing more on a connection once it met a page that does not hold together, so each
question about a damaged file is put on a connection of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from app.ledger.content import store
from app.ledger.content.schema import layout
from app.ledger.file import driver
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import journal
from app.ledger.proof.problems import Problem
from app.records import SPECS
from app.records.kinds import File

Connect = Callable[[], Connection]

RESTORE = "バックアップから復元してください。"
_PAGE = re.compile(r"page (\d+)")
_TREE = re.compile(r"Tree (\d+)")
_NAMED = re.compile(r"(?:index|in) \"?(\w+)")
_MOST = 20
"""Pages named one by one."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What a look at every page came to. ``looked`` is false where the log could not be brought in."""

    looked: bool
    damaged: tuple[int, ...] = ()


def look(connection: Connection) -> Pages:
    """Look at the checksum of every page.

    Only the main file has them, so what waits in the log is brought in first.
    """
    if not begin(connection):
        return Pages(looked=False)
    try:
        return Pages(True, damaged(connection))
    finally:
        connection.execute("ROLLBACK")


def begin(connection: Connection) -> bool:
    """Bring what waits in the log into the main file, then begin to read; else false, and nothing is begun.

    The reading transaction keeps everybody else from changing the main file meanwhile, or a page half
    written would be taken for damage.
    """
    if not _all_in_main_file(connection):
        return False
    connection.execute("BEGIN")
    try:
        one(connection, "SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return True


def damaged(connection: Connection) -> tuple[int, ...]:
    """The pages of the main file whose checksum does not hold; 0 for one that cannot be told."""
    said = [str(row[0]) for row in rows(connection, "PRAGMA cipher_integrity_check")]
    found = (_PAGE.search(line) for line in said)
    return tuple(int(match[1]) if match else 0 for match in found)


def _all_in_main_file(connection: Connection) -> bool:
    for mode in ("TRUNCATE", "PASSIVE"):
        busy, log, moved = rows(connection, f"PRAGMA wal_checkpoint({mode})")[0]
        if not busy and log == moved:
            return True
    return False


def _structure(connection: Connection, table: str = "") -> tuple[str, ...]:
    try:
        told = rows(connection, f'PRAGMA integrity_check("{table}")' if table else "PRAGMA integrity_check")
    except driver.Error as error:
        if driver.is_of_the_disk(error):
            raise
        return (str(error),)
    lines = [line for (said,) in told for line in str(said).splitlines() if not line.startswith("***")]
    return () if lines == ["ok"] else tuple(lines)


def page_faults(connect: Connect, pages: Pages) -> Iterator[Problem]:
    """Each damaged page, and the records that can no longer be read because of them."""
    for page in pages.damaged[:_MOST]:
        yield Problem(0, journal.LEDGER, "", f"ファイルの{page:,}ページ目が壊れています。{RESTORE}")
    if len(pages.damaged) > _MOST:
        rest = len(pages.damaged) - _MOST
        yield Problem(0, journal.LEDGER, "", f"ほかに{rest:,}ページが壊れています。{RESTORE}")
    for table in _tables(connect):
        with closing(connect()) as connection:
            said = _structure(connection, table)
        if said:
            yield from _lost(connect, table)


def structure_faults(connection: Connection) -> Iterator[Problem]:
    """What hangs together wrongly in a file all of whose pages are sound, named by the tables concerned."""
    unsound = _structure(connection)
    if not unsound:
        return
    tables: dict[str, str] = {}
    roots: dict[int, str] = {}
    for name, table, root in rows(connection, "SELECT name, tbl_name, rootpage FROM sqlite_master"):
        tables[str(name)] = str(table)
        roots[int(root or 0)] = str(table)
    for table in dict.fromkeys(_table_in(line, tables, roots) for line in unsound):
        yield Problem(0, record_in(table), "", f"ファイルの構造が崩れています。{RESTORE}")


def _table_in(line: str, tables: dict[str, str], roots: dict[int, str]) -> str:
    if (named := _NAMED.search(line)) and named[1] in tables:
        return tables[named[1]]
    tree = _TREE.search(line)
    return roots.get(int(tree[1]), "") if tree else ""


def record_in(table: str) -> str:
    """The record type, or the part of the ledger, whose values stand in ``table``."""
    if table in SPECS or table in ("journal", "blob"):
        return table
    if table == "history":
        return "journal"
    if table.startswith("search"):
        return "search"
    return next((name for name in SPECS if table.startswith(f"{name}_")), journal.LEDGER)


def _tables(connect: Connect) -> list[str]:
    try:
        with closing(connect()) as connection:
            found = rows(
                connection,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
            )
    except driver.Error as error:
        if driver.is_of_the_disk(error):
            raise
        return []
    return [str(name) for (name,) in found]


def _lost(connect: Connect, table: str) -> Iterator[Problem]:
    """What of a damaged table can no longer be read."""
    record = record_in(table)
    if table == "blob":
        yield from _lost_files(connect)
        return
    number = _number_of(table)
    gap = _gap(connect, table, number) if number else None
    if gap is None:
        yield Problem(0, record, "", f"壊れたページのため、一部を読めないことがあります。{RESTORE}")
        return
    first, last = gap
    span = f"{first:,}" if first == last else f"{first:,}～{last:,}"
    if record == "journal":
        yield Problem(first, record, "", f"記録番号{span}を読めません。{RESTORE}")
        return
    keys = [
        key for key in (_key(connect, record, one_id) for one_id in range(first, last + 1)[:_MOST]) if key
    ]
    for key in keys:
        yield Problem(0, record, key, f"壊れたページのため読めません。{RESTORE}")
    if len(keys) < last - first + 1:
        yield Problem(0, record, "", f"登録順{span}番目までに、読めないものがあります。{RESTORE}")


def _number_of(table: str) -> str:
    """The column by whose ascending numbers the rows of a table lie."""
    if table in SPECS:
        return "id"
    if table in ("journal", "history"):
        return "sequence"
    return "parent" if record_in(table) in SPECS else ""


def _gap(connect: Connect, table: str, number: str) -> tuple[int, int] | None:
    """The first and the last number between which rows cannot be read; None if all can."""
    ends = []
    for way in ("ASC", "DESC"):
        last, broken = 0, False
        with closing(connect()) as connection:
            sql = f'SELECT "{number}", * FROM "{table}" ORDER BY "{number}" {way}'  # noqa: S608  # the file's own names
            try:
                for row in connection.execute(sql):
                    last = int(row[0])
            except driver.Error as error:
                if driver.is_of_the_disk(error):
                    raise
                broken = True
        if not broken:
            return None
        ends.append(last)
    low, high = ends
    first, last = low + 1, high - 1 if high else low + 1
    return (first, last) if first <= last else (first, first)


def _key(connect: Connect, record: str, record_id: int) -> str:
    with closing(connect()) as connection:
        try:
            found = one(
                connection,
                "SELECT record_key FROM journal JOIN history USING (sequence)"
                " WHERE record = ? AND record_id = ? ORDER BY sequence DESC LIMIT 1",
                (record, record_id),
            )
        except driver.Error:
            return ""
    return str(found or "")


def _lost_files(connect: Connect) -> Iterator[Problem]:
    connection = connect()
    try:
        try:
            digests = [str(digest) for (digest,) in rows(connection, "SELECT sha256 FROM blob")]
        except driver.Error:
            yield Problem(0, "blob", "", f"壊れたページのため読めないものがあります。{RESTORE}")
            return
        for digest in digests:
            try:
                one(connection, "SELECT data FROM blob WHERE sha256 = ?", (digest,))
            except driver.Error:
                connection.close()
                record, key = _owner(connect, digest)
                yield Problem(
                    0,
                    record,
                    key or digest[:12],
                    f"壊れたページのため、保管したファイルを読めません。{RESTORE}",
                )
                connection = connect()
    finally:
        connection.close()


def _owner(connect: Connect, digest: str) -> tuple[str, str]:
    """The record that holds a file in one of its own fields."""
    with closing(connect()) as connection:
        try:
            for where in store.shapes_in(connection):
                for column in _file_columns(where):
                    found: Any = one(
                        connection,
                        f'SELECT id FROM "{where.table}" WHERE "{column}" = ?',  # noqa: S608  # names of the file itself
                        (digest,),
                    )
                    if found is not None:
                        return where.table, _key(connect, where.table, int(found))
        except driver.Error:
            return "blob", ""
    return "blob", ""


def _file_columns(where: store.Shape) -> list[str]:
    if where.table not in SPECS:
        return []
    names = {f.name for f in layout(where.table).fields if isinstance(f.kind, File)}
    return [column for column in where.columns if column in names]
