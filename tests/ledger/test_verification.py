"""Whatever is changed behind the program's back is found, by someone who has the key as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.common import Cancelled, Progress
from app.ledger.content import contents as rowing
from app.ledger.content import skipped
from app.ledger.content.skipped import Skipped
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import identity, journal, verifying
from app.ledger.proof.heads import Kept
from app.records import Person, Submission


@pytest.fixture
def closed(full: Ledger) -> Ledger:
    held = full.facts().all(Person)[0]
    full.change(replace(held, post="課長"), reason="昇任")
    full.close()
    return full


@pytest.fixture
def restored(closed: Ledger) -> Ledger:
    lose_a_paper(closed.path, closed.key)
    return closed


def lose_a_paper(path: Path, key: bytes) -> None:
    """As though a restore had taken away a document of the year before."""
    gone = Skipped(0, 2025, "2025-0001", "届出書", "業務", "2026-03-01", "", 1, "2026-04-01T09:00:00+09:00")
    with closing(driver.connect(path, key)) as connection, driver.transaction(connection):
        skipped.skip(connection, [gone], {2025: 1})
        known = identity.read(connection)
        assert known is not None
        actor = journal.Actor("担当 花子", "login")
        writer = journal.Writer(connection, known.ledger, actor, datetime(2026, 4, 2, tzinfo=UTC))
        writer.append(identity.deed(connection, "restore", "復元"))


def forge(path: Path, key: bytes, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Run statements with the key in hand: guards taken down first and put back afterwards."""
    with closing(driver.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        guards = rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for sql, values in statements:
            connection.execute(sql, values)
        for _name, sql in guards:
            connection.execute(sql)


def columns(connection: Connection) -> Iterator[tuple[str, str]]:
    for (table,) in rows(
        connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ):
        for row in rows(connection, f'PRAGMA table_info("{table}")'):
            yield table, row[1]


def altered(value: object) -> object:
    match value:
        case None:
            return "x"
        case str():
            return value + "x"
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
        case int():
            return value + 1000
    raise TypeError(value)


def tamper(connection: Connection, table: str, column: str) -> tuple[str, tuple[Any, ...]] | None:
    """The statement that alters one value of a column, None where the table is empty."""
    found = connection.execute(f'SELECT "{column}" FROM "{table}" LIMIT 1').fetchone()  # noqa: S608  # a table of the file itself
    if found is None:
        return None
    value = altered(found[0])
    declared = {row[1]: row[2] for row in rows(connection, f'PRAGMA table_info("{table}")')}[column]
    if found[0] is None and declared == "INTEGER":
        value = 1
    key = [row[1] for row in rows(connection, f'PRAGMA table_info("{table}")') if row[5]]
    picked = " AND ".join(f'"{name}" IS (SELECT "{name}" FROM "{table}" LIMIT 1)' for name in key) or "1"  # noqa: S608  # as above
    return f'UPDATE "{table}" SET "{column}" = ? WHERE {picked}', (value,)  # noqa: S608  # as above


@contextmanager
def unguarded(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection in a transaction that is taken back at the end, with the guards of the journal down."""
    with closing(driver.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


def found_after(
    connection: Connection, table: str, statement: tuple[str, tuple[Any, ...]]
) -> verifying.Verification:
    """What verification says after one statement behind the program's back on a table, which is then undone.

    Guards stand again when it looks. Its own connection sees the same pages as another would after a commit:
    only their checksums, which every write makes anew, are not looked at.
    """
    connection.execute("SAVEPOINT tampering")
    guards = rows(
        connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    for name, _sql in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(*statement)
    for _name, sql in guards:
        connection.execute(sql)
    connection.execute("PRAGMA ignore_check_constraints=OFF")
    found = verifying.verify(connection, Progress())
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("ROLLBACK TO tampering")
    connection.execute("RELEASE tampering")
    return found


_PARTS = 6


@pytest.mark.parametrize("part", range(_PARTS))
def test_every_column_of_every_table_is_watched(restored: Ledger, part: int) -> None:
    missed = []
    with unguarded(restored.path, restored.key) as connection:
        plans = {(table, column): tamper(connection, table, column) for table, column in columns(connection)}
        assert verifying.verify(connection, Progress()).ok
        for where, plan in list(plans.items())[part::_PARTS]:
            assert plan is not None, f"{where[0]} is empty: the sample must fill every table"
            if found_after(connection, where[0], plan).ok:
                missed.append(where)
        assert verifying.verify(connection, Progress()).ok
    assert missed == []
    assert len(plans) > 300


def test_an_untouched_ledger_verifies(closed: Ledger) -> None:
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert (found.ok, found.problems) == (True, ())
    assert found.entries >= 20


def test_the_first_bad_entry_and_its_record_are_named(closed: Ledger) -> None:
    forge(closed.path, closed.key, ("UPDATE person SET post = '部長'", ()))
    found = verifying.verify_file(closed.path, closed.key, Progress())
    last = found.problems[0]
    assert (last.record, last.key) == ("person", "E-001")
    assert "登録内容が記録と合いません" in last.problem
    with Ledger.open(closed.path, closed.key) as ledger:
        assert last.entry == ledger.history("person", 1)[0].sequence


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM event",
        "DELETE FROM training_attendance",
        "DELETE FROM blob WHERE sha256 = (SELECT pdf FROM submission LIMIT 1)",
        "DELETE FROM history WHERE sequence = 5",
        "DELETE FROM journal WHERE sequence = 5",
        "DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)",
        "DELETE FROM search WHERE record = 'person'",
        "DELETE FROM number_sequence",
        "DELETE FROM meta",
        "DELETE FROM migration",
        "INSERT INTO blob VALUES ('00', x'00')",
        "INSERT INTO search (record, record_id, body) VALUES ('person', 9, 'x')",
        "INSERT INTO training_topics SELECT parent, 9, topic FROM training_topics LIMIT 1",
        "DROP INDEX person_key",
        "CREATE TABLE extra (a)",
        "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'submission'",
        "PRAGMA application_id = 1",
    ],
)
def test_what_is_added_or_removed_is_found(closed: Ledger, sql: str) -> None:
    forge(closed.path, closed.key, (sql, ()))
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert not found.ok
    assert all(problem.problem.endswith("。") for problem in found.problems)


def test_a_person_put_in_beside_the_door_is_found(closed: Ledger) -> None:
    forge(
        closed.path,
        closed.key,
        ("CREATE TEMP TABLE t AS SELECT * FROM person", ()),
        ("UPDATE t SET id = 2, employee_number = 'E-002'", ()),
        ("INSERT INTO person SELECT * FROM t", ()),
    )
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert ("person", "2") in {(problem.record, problem.key) for problem in found.problems}


def test_two_archived_documents_swapped_are_found(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        first, second = [row[0] for row in rows(connection, "SELECT pdf FROM submission ORDER BY id")]
    forge(
        closed.path,
        closed.key,
        ("UPDATE blob SET sha256 = 'swap' WHERE sha256 = ?", (first,)),
        ("UPDATE blob SET sha256 = ? WHERE sha256 = ?", (first, second)),
        ("UPDATE blob SET sha256 = ? WHERE sha256 = 'swap'", (second,)),
    )
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert {problem.key for problem in found.problems} == {"2026-0001", "2026-0002"}


def test_a_dropped_guard_is_found_at_every_start(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("DROP TRIGGER journal_never_changes")
    assert not verifying.quick(closed.path, closed.key, None, Progress()).ok
    assert not verifying.verify_file(closed.path, closed.key, Progress()).ok


def test_the_quick_check_sees_a_change_to_what_was_last_written(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        assert verifying.quick(closed.path, closed.key, None, Progress()).ok
        connection.execute("UPDATE person SET post = '部長'")
        found = verifying.quick(closed.path, closed.key, None, Progress())
        assert [problem.key for problem in found.problems] == ["E-001"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET officer = 'x' WHERE sequence = 3",
        "DELETE FROM journal WHERE sequence = 3",
        "INSERT INTO journal SELECT sequence + 2, change, at, officer, login, operation, record, record_id,"
        " revision, words, before, after, previous, hash FROM journal ORDER BY sequence DESC LIMIT 1",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE sequence = 3",
    ],
)
def test_the_file_itself_forbids_touching_the_journal(full: Ledger, sql: str) -> None:
    with pytest.raises(driver.Error, match="journal entries"):
        full._connection.execute(sql)
    assert full.verify().ok


def test_a_chain_forged_anew_is_found_by_a_head_kept_outside(full: Ledger) -> None:
    kept = full.facts().all(Submission)[1]
    held = Kept(kept.head_sequence, kept.head)
    assert full.hold(held).holds
    assert full.hold(Kept(held.entry, held.start[:8])).holds
    assert not full.hold(Kept(held.entry, held.start[:7])).holds
    assert not full.hold(Kept(held.entry + 1, held.start)).holds
    assert full.hold(Kept(999, held.start)).beyond
    full.close()
    reforge(full.path, full.key)
    assert verifying.verify_file(full.path, full.key, Progress()).ok is False
    with Ledger.open(full.path, full.key) as forged:
        assert not forged.hold(held).holds


def reforge(path: Path, key: bytes) -> None:
    """Rewrite an old entry's officer and every hash after it."""
    with closing(driver.connect(path, key)) as connection:
        previous = journal.genesis(str(one(connection, "SELECT ledger FROM meta")))
        statements = []
        names = ", ".join(journal.COLUMNS)
        for row in rows(connection, f"SELECT {names} FROM journal ORDER BY sequence"):  # noqa: S608  # own columns
            fields = (*row[:3], "別人", *row[4:12], previous)
            previous = journal.entry_hash(fields)
            statements.append(
                (
                    "UPDATE journal SET officer = ?, previous = ?, hash = ? WHERE sequence = ?",
                    ("別人", fields[12], previous, row[0]),
                )
            )
    forge(path, key, *statements)


def test_verification_can_be_cancelled_and_reports_progress(full: Ledger) -> None:
    said: list[str] = []
    progress = Progress(lambda _done, _total, what: said.append(what))
    assert full.verify(progress).ok
    assert any("登録内容" in what for what in said)
    progress.cancel()
    with pytest.raises(Cancelled):
        full.verify(progress)
    assert full.verify().ok


def test_commitments_hide_what_they_commit_to() -> None:
    content = rowing.canonical({"name": "髙橋"})
    assert journal.commit_content("a", content) != journal.commit_content("b", content)
    assert journal.digest("ab", "c") != journal.digest("a", "bc")


def test_nothing_is_readable_in_the_files(full: Ledger, filled: Callable[[Ledger], None]) -> None:
    assert filled is not None
    full.backup()
    needles = [
        text.encode(code)
        for text in ("髙橋", "納税者", "見本市", "担当 花子")
        for code in ("utf-8", "utf-16-le", "cp932")
        if encodable(text, code)
    ]
    for path in full.path.parent.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [needle for needle in needles if needle in data], path.name
    assert b"CREATE TABLE" not in full.path.read_bytes()


def encodable(text: str, code: str) -> bool:
    try:
        return bool(text.encode(code))
    except UnicodeEncodeError:
        return False
