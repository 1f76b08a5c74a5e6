"""A damaged page is found, and what stood on it is named: what the officer has to look for elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from app.common import Cancelled, Progress
from app.ledger.door import Ledger
from app.ledger.errors import AlteredFormatError, DamagedError, LedgerError
from app.ledger.file import driver
from app.ledger.file.driver import one
from app.ledger.proof import damage, verifying
from app.ledger.proof.problems import Finding, Problem, in_order

PAGE = driver.PAGE_SIZE


@pytest.fixture
def closed(full: Ledger) -> Ledger:
    full.close()
    return full


def flip(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE + PAGE // 2] ^= 1
    path.write_bytes(data)


def root(ledger: Ledger, table: str) -> int:
    with closing(driver.connect(ledger.path, ledger.key)) as connection:
        return int(one(connection, "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)))


@pytest.mark.parametrize(
    ("table", "record", "key"),
    [
        ("person", "person", "E-001"),
        ("person_former_names", "person", "E-001"),
        ("person_key", "person", ""),
        ("search", "search", ""),
        ("history", "journal", ""),
        ("number_sequence", "ledger", ""),
    ],
)
def test_the_page_and_what_stands_on_it_are_named(closed: Ledger, table: str, record: str, key: str) -> None:
    page = root(closed, table)
    flip(closed.path, page)
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert not found.ok
    page_told = f"ファイルの{page:,}ページ目が壊れています。{damage.RESTORE}"
    assert Problem(0, "ledger", "", page_told) in found.problems
    named = {(problem.record, problem.key) for problem in found.problems if problem.problem != page_told}
    assert (record, key) in named
    assert all(problem.problem.endswith(damage.RESTORE) for problem in found.problems)
    assert verifying.quick(closed.path, closed.key, None, Progress()).problems == found.problems


def test_a_damaged_document_is_named_by_its_number(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        pdf = one(connection, "SELECT pdf FROM submission WHERE id = 1")
        last = one(connection, "PRAGMA page_count")
        # Longer than all that is there: its bytes come to lie on pages of its own, at the end.
        connection.execute("UPDATE blob SET data = zeroblob(?) WHERE sha256 = ?", (20 * PAGE, pdf))
        driver.checkpoint(connection)
    flip(closed.path, last + 10)
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert ("submission", "2026-0001") in {(problem.record, problem.key) for problem in found.problems}


@pytest.mark.parametrize("table", ["key_file", "meta"])
def test_a_damaged_page_that_opening_rests_on_is_one_sentence(closed: Ledger, table: str) -> None:
    flip(closed.path, root(closed, table))
    with pytest.raises(DamagedError, match="バックアップから復元"):
        Ledger.open(closed.path, closed.key)


def test_every_page_is_looked_at(closed: Ledger) -> None:
    """One bit in each page: found by the checksums alone, or the file no longer opens at all."""
    data = closed.path.read_bytes()
    for page in range(1, len(data) // PAGE + 1):
        flip(closed.path, page)
        assert damaged_pages(closed) in ((page,), "refused"), page
        closed.path.write_bytes(data)


def test_whoever_follows_the_trees_meets_every_page_but_free_ones(closed: Ledger, tmp_path: Path) -> None:
    """Without free pages the checksums need not be asked a second time: any that does not hold is met."""
    copy = tmp_path / "copy.jutaku"
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    data = copy.read_bytes()
    for page in range(1, len(data) // PAGE + 1):
        flip(copy, page)
        met = Finding()
        with met.reading("ledger"), closing(driver.connect(copy, closed.key)) as connection:
            assert one(connection, "PRAGMA freelist_count") == 0
            met.take(damage.structure_faults(connection), "ledger")
        assert met.problems, page
        copy.write_bytes(data)
    assert verifying.verify_file(copy, closed.key, Progress()).ok


def test_a_damaged_free_page_is_named_as_well(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("CREATE TABLE extra AS SELECT zeroblob(200000) AS data")
        connection.execute("DROP TABLE extra")
        assert one(connection, "PRAGMA freelist_count") > 10
        last = one(connection, "PRAGMA page_count")
        driver.checkpoint(connection)
    assert verifying.verify_file(closed.path, closed.key, Progress()).ok
    flip(closed.path, last)
    for found in (
        verifying.verify_file(closed.path, closed.key, Progress()),
        verifying.quick(closed.path, closed.key, None, Progress()),
    ):
        assert [problem.problem for problem in found.problems] == [
            f"ファイルの{last:,}ページ目が壊れています。{damage.RESTORE}"
        ]


def test_a_worker_finds_what_the_command_line_does(closed: Ledger) -> None:
    """Behind a window the structure is followed after the walk, not beside it."""
    with ThreadPoolExecutor(1) as worker:
        ask = partial(verifying.verify_file, closed.path, closed.key)
        assert worker.submit(ask, Progress()).result() == ask(Progress())
        flip(closed.path, root(closed, "person"))
        assert worker.submit(ask, Progress()).result() == ask(Progress())
        stopped = Progress()
        stopped.cancel()
        with pytest.raises(Cancelled):
            worker.submit(ask, stopped).result()


def damaged_pages(ledger: Ledger) -> tuple[int, ...] | str:
    try:
        with closing(driver.connect(ledger.path, ledger.key)) as connection:
            return damage.look(connection).damaged
    except driver.Error as error:
        return "refused" if driver.is_of_the_file(error) else str(error)


def test_a_log_that_cannot_be_brought_in_is_said_and_is_no_proof(full: Ledger) -> None:
    with closing(driver.connect(full.path, full.key)) as reader:
        reader.execute("BEGIN")
        one(reader, "SELECT count(*) FROM journal")
        full.prove_sheet()
        with closing(driver.connect(full.path, full.key)) as connection:
            connection.execute("PRAGMA busy_timeout=0")
            assert not damage.look(connection).looked
        reader.execute("ROLLBACK")
    with closing(driver.connect(full.path, full.key)) as connection:
        assert damage.look(connection).looked


def test_a_structure_that_does_not_hang_together_is_named(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        sql = "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = ?)"
        connection.execute(f"{sql} WHERE name = ?", ("device_key", "person_key"))
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert "person" in {problem.record for problem in found.problems if "構造が崩れて" in problem.problem}


def test_what_the_driver_cannot_read_is_a_finding_and_no_error(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("UPDATE search_fts_config SET k = 'x' WHERE k = 'version'")
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert "search" in {problem.record for problem in found.problems}
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("UPDATE person SET post = CAST(x'ff' AS TEXT)")
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert "person" in {problem.record for problem in found.problems}


def test_a_value_that_no_record_holds_is_a_finding(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("UPDATE event SET quantity = x'00'")
    found = verifying.verify_file(closed.path, closed.key, Progress())
    assert "event" in {problem.record for problem in found.problems}


def test_a_disk_that_fails_is_no_finding(closed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = driver.Error("disk I/O error")
    failing.sqlite_errorname = "SQLITE_IOERR"  # type: ignore[attr-defined]  # the driver sets it on its own

    def fail(*_args: object) -> None:
        raise failing

    monkeypatch.setattr(damage, "structure_faults", fail)
    with Ledger.open(closed.path, closed.key) as ledger, pytest.raises(LedgerError):
        ledger.verify()


def test_what_belongs_to_an_entry_comes_first() -> None:
    late, early, none = Problem(7, "person", "", ""), Problem(3, "device", "", ""), Problem(0, "blob", "", "")
    assert in_order([none, late, early]) == (early, late, none)
    assert Problem(0, "blob", "ab", "x。").sentence == "保管したファイル「ab」：x。"
    assert Problem(0, "person", "E-001", "x。").sentence == "要員「E-001」：x。"
    assert Problem(0, "ledger", "id", "x。").sentence == "x。"


def test_what_the_driver_says_of_a_text_never_leaves_its_room(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("UPDATE person SET post = CAST(x'ff' AS TEXT)")
    with Ledger.open(closed.path, closed.key) as ledger:
        with pytest.raises(DamagedError) as told:
            ledger.page("person", [1])
        assert "decode" not in repr((told.value, told.value.__cause__))
        assert told.value.__suppress_context__


def test_a_format_set_back_is_told_and_nothing_is_written(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("PRAGMA user_version=3")
        driver.checkpoint(connection)
    before = closed.path.read_bytes()
    with pytest.raises(AlteredFormatError, match="版の記録が中身と合いません"):
        Ledger.open(closed.path, closed.key)
    assert closed.path.read_bytes() == before
