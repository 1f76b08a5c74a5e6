"""A ledger where nothing can be written opens for reading, and never shows an older state as the newest."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.errors import (
    DiskFullError,
    InUseError,
    KeyFileUnreadableError,
    LedgerError,
    LookOnlyError,
    OldFormatHereError,
    UnsettledError,
    WriteFailedError,
)
from app.ledger.file import driver
from app.ledger.secret import keys
from app.records import Person, Submission
from tests.ledger.conftest import CHEAP
from tests.ledger.kept import KEPT, as_killed, copied

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of a folder are not the owner's to take")
WORD = "とても長い合言葉です"
SOMEONE = Person(name="従事者", employment="社員")
NOBODY = 65534

Lock = Callable[[], Path]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EIO, WriteFailedError),
        (errno.EFBIG, WriteFailedError),
    ],
)
def test_a_full_or_failing_disk_is_not_a_medium_to_read_from(
    code: int, said: type[LedgerError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened for reading alone, it would be said to be write-protected, and people would look for a lock."""
    path = tmp_path / "台帳.jutaku"
    with Ledger.create(path, WORD, "担当者", cost=CHEAP)[0] as made:
        key = made.key
    (tmp_path / "台帳.jutaku.lock").unlink(missing_ok=True)
    real = os.open

    def failing(name: Any, flags: int, *rest: Any, **ways: Any) -> int:
        if Path(os.fsdecode(name)).name == "台帳.jutaku.lock" and flags & os.O_CREAT:
            raise OSError(code, os.strerror(code), str(name))
        return real(name, flags, *rest, **ways)

    monkeypatch.setattr(os, "open", failing)
    with pytest.raises(said):
        Ledger.open(path, key)
    monkeypatch.undo()
    with Ledger.open(path, key) as ledger:
        assert not ledger.read_only


@pytest.fixture
def medium() -> Iterator[tuple[Path, Lock]]:
    """A folder, and what turns it into one where this process can read everything and write nothing."""
    # Not in the tests' own folder, which other users may not even enter.
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)

        def lock() -> Path:
            for path in folder.iterdir():
                path.chmod(0o444)
            folder.chmod(0o555)
            if os.geteuid() == 0:
                os.seteuid(NOBODY)  # what stops others does not stop root
            return folder

        try:
            yield folder, lock
        finally:
            os.seteuid(os.getuid())
            folder.chmod(0o755)


def put(source: Path, folder: Path) -> Path:
    """Copy a closed ledger with its key files."""
    for path in (source, *keys.key_paths(source)):
        shutil.copyfile(path, folder / path.name)
    return folder / source.name


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_ledger_on_a_locked_medium_can_be_read_and_proven(full: Ledger, medium: tuple[Path, Lock]) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    lock()
    before = state(folder)
    with Ledger.open(where, opening.unlock(where, WORD)) as ledger:
        assert ledger.read_only
        assert ledger.facts().all(Person)
        assert ledger.search("髙﨑")
        assert ledger.history("person", 1)
        document = ledger.facts().all(Submission)[0]
        assert ledger.document_bytes(document).startswith(b"%PDF")
        assert ledger.verify().problems == ()
        assert ledger.quick_check().problems == ()
    assert state(folder) == before


def test_each_write_is_refused_with_one_sentence(full: Ledger, medium: tuple[Path, Lock]) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    lock()
    before = state(folder)
    with Ledger.open(where, full.key) as ledger:
        held = ledger.facts().all(Submission)[0]
        for write in (
            lambda: ledger.add(SOMEONE),
            lambda: ledger.void(held, date(2026, 5, 1), "誤り"),
            lambda: ledger.set_officer("別の担当"),
            lambda: ledger.change_passphrase("新しい合言葉にします"),
            ledger.prove_sheet,
            lambda: ledger.renew_calendar(lambda _held: pytest.fail("asked for")),
            ledger.undo,
            ledger.backup,
        ):
            with pytest.raises(LookOnlyError, match="閲覧だけができます。保存していません"):
                write()
    assert state(folder) == before


def test_a_protected_file_in_an_open_folder_is_only_looked_at(
    full: Ledger, medium: tuple[Path, Lock]
) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    lock()
    os.seteuid(os.getuid())
    folder.chmod(0o777)
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    with Ledger.open(where, full.key) as ledger:
        assert ledger.read_only
        assert ledger.counts()["person"] == 1
        with pytest.raises(LookOnlyError):
            ledger.add(SOMEONE)


def test_what_still_lies_in_the_log_is_not_left_out_without_a_word(
    ledger: Ledger, medium: tuple[Path, Lock], tmp_path: Path
) -> None:
    ledger.add(SOMEONE)
    killed = as_killed(ledger.path, tmp_path / "killed")
    folder, lock = medium
    where = put(killed, folder)
    shutil.copyfile(killed.with_name(f"{killed.name}-wal"), where.with_name(f"{where.name}-wal"))
    lock()
    before = state(folder)
    with pytest.raises(UnsettledError, match="最後の記録は") as caught:
        Ledger.open(where, ledger.key)
    assert f"{where.name}-wal" in str(caught.value)
    assert state(folder) == before


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_ledger_of_an_older_format_is_not_changed_where_it_cannot_be(
    kept: Path, medium: tuple[Path, Lock], passphrase: str
) -> None:
    folder, lock = medium
    where = copied(kept, folder)
    lock()
    with pytest.raises(OldFormatHereError, match="以前の版"):
        Ledger.open(where, opening.unlock(where, passphrase))


def test_a_lock_that_may_be_taken_in_a_folder_that_takes_no_file_is_one_to_read_in(
    full: Ledger, medium: tuple[Path, Lock]
) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    mark = folder / f"{where.name}.lock"
    mark.touch()
    lock()
    os.seteuid(os.getuid())
    mark.chmod(0o666)
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    with Ledger.open(where, full.key) as ledger:
        assert ledger.read_only
        assert ledger.counts()["person"] == 1


_HOLDER = """
import sys
from pathlib import Path
from app.ledger.file.lock import LedgerLock
from datetime import datetime
lock = LedgerLock(Path(sys.argv[1]), datetime(2026, 4, 1, 9, 0))
print("held", flush=True)
sys.stdin.read()
"""


def test_who_may_only_read_learns_who_writes(full: Ledger, medium: tuple[Path, Lock]) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        lock()
        with pytest.raises(InUseError, match=r"さん（.+）が4月1日09:00から使用中です"):
            Ledger.open(where, full.key)
        os.seteuid(os.getuid())
        holder.kill()
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    # The note of the one that died stays; the lock is what counts.
    assert json.loads(where.with_name(f"{where.name}.user").read_text("utf-8"))["since"] == "09:00"
    Ledger.open(where, full.key).close()


def test_key_files_that_may_not_be_read_are_not_called_broken(
    full: Ledger, medium: tuple[Path, Lock]
) -> None:
    full.close()
    folder, lock = medium
    where = put(full.path, folder)
    lock()
    for path in keys.key_paths(where):
        os.seteuid(os.getuid())
        path.chmod(0o000)
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    with pytest.raises(KeyFileUnreadableError, match="アクセス権"):
        opening.unlock(where, WORD)
    assert opening.unlock_with_code(where, keys.recovery_code(full.key)) == full.key


def test_a_copy_made_to_be_proven_is_gone_afterwards(full: Ledger) -> None:
    from app.ledger.access.aside import provable

    driver.checkpoint(full._connection)
    with provable(full.path, copy=True) as where:
        assert where.read_bytes() == full.path.read_bytes()
        assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700
    assert not where.parent.exists()
