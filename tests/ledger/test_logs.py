"""A crash while the log is brought in, a log of another file, a disk that dies, a file that goes away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.errors import (
    DiskFullError,
    LedgerGoneError,
    StrangeLogError,
    TruncatedError,
    UncertainError,
    WriteFailedError,
)
from app.ledger.file import driver, logs
from app.ledger.secret import keys
from app.records import Person
from tests.ledger.conftest import CHEAP
from tests.ledger.kept import as_killed

WORD = "とても長い合言葉です"
SOMEONE = Person(name="従事者", employment="社員")


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.fixture
def killed(ledger: Ledger, tmp_path: Path) -> Path:
    """What is left of a ledger that was killed with its last entry in the log alone."""
    ledger.add(SOMEONE)
    return as_killed(ledger.path, tmp_path / "killed")


@pytest.mark.parametrize("more", [1, 512, 4095])
def test_half_a_page_at_the_end_is_no_loss_while_the_log_is_there(
    killed: Path, ledger: Ledger, more: int
) -> None:
    with killed.open("ab") as file:
        file.write(os.urandom(more))
    key = opening.unlock(killed, WORD)
    with Ledger.open(killed, key) as again:
        assert again.counts()["person"] == 1
        assert again.verify().problems == ()
    assert killed.stat().st_size % driver.PAGE_SIZE == 0
    assert key == ledger.key


@pytest.mark.parametrize("cut", [1, 4095])
def test_a_checkpoint_cut_off_in_its_last_page_is_no_loss(ledger: Ledger, tmp_path: Path, cut: int) -> None:
    for _ in range(40):
        ledger.add(SOMEONE)
    where = as_killed(ledger.path, tmp_path / "killed")
    driver.checkpoint(ledger._connection)
    whole = ledger.path.read_bytes()
    assert len(whole) > where.stat().st_size
    where.write_bytes(whole[: len(whole) - cut])
    with Ledger.open(where, ledger.key) as again:
        assert again.counts()["person"] == 40
        assert again.verify().problems == ()


@pytest.mark.parametrize("log", ["none", "empty", "of nothing"])
def test_a_cut_file_without_what_makes_it_whole_stays_cut(killed: Path, ledger: Ledger, log: str) -> None:
    with Ledger.open(killed, ledger.key):
        pass
    os.truncate(killed, killed.stat().st_size - 1)
    wal = killed.with_name(f"{killed.name}-wal")
    if log != "none":
        wal.write_bytes(b"" if log == "empty" else bytes(32))
    before = state(killed.parent)
    with pytest.raises(TruncatedError, match="途中で切れています"):
        Ledger.open(killed, opening.unlock(killed, WORD) if log == "of nothing" else ledger.key)
    assert state(killed.parent) == before


def test_a_log_beside_a_backup_put_in_place_by_hand_is_not_brought_in(
    killed: Path, ledger: Ledger, tmp_path: Path
) -> None:
    shutil.copyfile(ledger.backup(tmp_path / "safe"), killed)
    before = state(killed.parent)
    with pytest.raises(StrangeLogError, match="続きではありません") as caught:
        Ledger.open(killed, ledger.key)
    assert state(killed.parent) == before
    assert f"{killed.name}-wal" in str(caught.value)
    for end in ("-wal", "-shm"):
        killed.with_name(killed.name + end).unlink(missing_ok=True)
    with Ledger.open(killed, ledger.key) as again:
        assert again.verify().problems == ()
        assert again.counts()["person"] == 1


class Dying:
    """A connection whose commits fail as a disk's do; ``also``: what fails with it."""

    def __init__(self, connection: Any, code: str, also: str = "") -> None:
        self._connection = connection
        self._code = code
        self._fails = ("COMMIT", also or "COMMIT")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, *values: Any) -> Any:
        if sql.startswith(self._fails):
            error = driver.Error("disk")
            error.sqlite_errorname = self._code  # type: ignore[attr-defined]  # as the driver's own have it
            raise error
        return self._connection.execute(sql, *values)


@pytest.mark.parametrize(
    ("code", "also", "error", "promise"),
    [
        ("SQLITE_FULL", "PRAGMA wal_checkpoint", DiskFullError, "何も書き込んでいません"),
        ("SQLITE_IOERR_FSYNC", "", WriteFailedError, "取り消しました"),
        ("SQLITE_IOERR_FSYNC", "PRAGMA wal_checkpoint", UncertainError, "確かめられません"),
    ],
)
def test_nothing_was_written_is_said_only_where_it_is_known(
    ledger: Ledger, code: str, also: str, error: type[Exception], promise: str
) -> None:
    dying = Dying(ledger._connection, code, also)
    with (
        pytest.raises(error, match=promise) as caught,
        driver.errors_for_people(),
        driver.transaction(dying),
    ):
        dying.execute("UPDATE meta SET officer = 'x'")
    assert ("何も書き込んで" in str(caught.value)) == (error is DiskFullError)
    assert not ledger._connection.in_transaction
    assert driver.one(ledger._connection, "SELECT officer FROM meta") != "x"
    assert not logs.unsettled(ledger.path) or also


GONE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("他.jutaku")),
    "replaced": lambda path: shutil.copyfile(path, path.with_name("写し")).replace(path),
    "log deleted": lambda path: path.with_name(f"{path.name}-wal").unlink(),
    "folder renamed": lambda path: path.parent.rename(path.parent.with_name("他のフォルダ")),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
@pytest.mark.parametrize("how", GONE)
def test_a_ledger_that_is_gone_acknowledges_nothing(ledger: Ledger, how: str) -> None:
    kept = ledger.add(SOMEONE)
    told: list[object] = []
    ledger.on_change(told.append)
    GONE[how](ledger.path)
    for write in (
        lambda: ledger.add(SOMEONE),
        lambda: ledger.set_officer("別の担当"),
        ledger.prove_sheet,
        lambda: ledger.renew_calendar(lambda _held: pytest.fail("asked for")),
        ledger.undo,
        ledger.backup,
    ):
        with pytest.raises(LedgerGoneError, match=r"保存していません。.*開き直してください"):
            write()
    assert told == []
    assert ledger.gone
    assert [held.id for held in ledger.facts().all(Person)] == [kept.id]
    ledger.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
def test_a_ledger_that_goes_while_it_is_written_acknowledges_nothing(ledger: Ledger) -> None:
    def write() -> None:
        with ledger.write() as change:
            change.add(SOMEONE)
            ledger.path.rename(ledger.path.with_name("他.jutaku"))

    with pytest.raises(LedgerGoneError):
        write()
    assert ledger.facts().all(Person) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
@pytest.mark.parametrize("during", [False, True])
def test_a_passphrase_is_not_changed_for_a_ledger_that_is_gone(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, during: bool
) -> None:
    def go() -> None:
        ledger.path.rename(ledger.path.with_name("他.jutaku"))

    real = ledger._writer

    def writer() -> Any:
        go()
        return real()

    if during:
        monkeypatch.setattr(ledger, "_writer", writer)
    else:
        go()
    before = {path.name: path.read_bytes() for path in keys.key_paths(ledger.path)}
    with pytest.raises(LedgerGoneError):
        ledger.change_passphrase("青い 自転車 三台 雨", cost=CHEAP, backups=None)
    assert {path.name: path.read_bytes() for path in keys.key_paths(ledger.path)} == before
    assert not any(path.exists() for path in keys.staged_paths(ledger.path))


def test_a_ledger_that_lies_where_it_lay_is_not_gone(ledger: Ledger) -> None:
    ledger.add(SOMEONE)
    driver.checkpoint(ledger._connection)
    ledger.backup()
    assert not ledger.gone
    ledger.add(SOMEONE)


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
def test_what_was_acknowledged_goes_along_with_a_ledger_that_is_renamed(ledger: Ledger) -> None:
    ledger.add(SOMEONE)
    there = ledger.path.rename(ledger.path.with_name("他.jutaku"))
    ledger.close()
    with Ledger.open(there, ledger.key) as again:
        assert again.counts()["person"] == 1
        assert again.verify().problems == ()
