"""Whatever keeps a backup from its folder is one sentence that names the folder; nothing is left there."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.common import Cancelled, Progress
from app.ledger.copies import backup as making
from app.ledger.copies import places
from app.ledger.copies.manifests import backups
from app.ledger.copies.places import BackupPlaceError
from app.ledger.door import Ledger
from app.ledger.errors import DamagedError
from app.ledger.file import driver


def refuse(number: int) -> Callable[..., Any]:
    def refused(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return refused


def test_a_drive_that_was_pulled_out_is_named(full: Ledger, tmp_path: Path) -> None:
    with pytest.raises(BackupPlaceError, match="控え」が見つかりません") as caught:
        full.backup(tmp_path / "E" / "控え")
    assert "接続" in caught.value.sentence
    assert not (tmp_path / "E").exists()


def test_a_file_is_no_folder(full: Ledger, tmp_path: Path) -> None:
    (tmp_path / "控え").write_bytes(b"x")
    with pytest.raises(BackupPlaceError, match="控え」はフォルダではなくファイルです"):
        full.backup(tmp_path / "控え")
    assert (tmp_path / "控え").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "書込みが禁止されています"),
        (errno.EROFS, "書込みが禁止されています"),
        (errno.EPERM, "書込みが禁止されています"),
        (errno.ENOSPC, "空きが足りません"),
        (errno.EIO, "読み書きに失敗しました"),
        (errno.ENAMETOOLONG, "パスが長すぎます"),
        (errno.ENODEV, "読み書きに失敗しました"),
    ],
)
@pytest.mark.parametrize("where", ["making the folder", "the first file", "the key files", "the rename"])
def test_every_refusal_names_the_folder(
    full: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, where: str
) -> None:
    folder = tmp_path / "控え"
    match where:
        case "making the folder":
            monkeypatch.setattr(Path, "mkdir", refuse(number))
        case "the first file":
            monkeypatch.setattr(making, "_create", refuse(number))
        case "the key files":
            monkeypatch.setattr(tempfile, "mkstemp", refuse(number))
        case _:
            monkeypatch.setattr(making, "patiently", refuse(number))
    monkeypatch.setattr(making, "_prove", lambda *_: None)
    with pytest.raises(BackupPlaceError, match=f"保存先「.*控え」.*{said}"):
        full.backup(folder)
    monkeypatch.undo()
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SQLITE_FULL", "空きが足りません"),
        ("SQLITE_READONLY", "書込みが禁止"),
        ("SQLITE_CANTOPEN", "書込みが禁止"),
        ("SQLITE_IOERR_WRITE", "読み書きに失敗"),
        ("SQLITE_IOERR_FSYNC", "読み書きに失敗"),
        ("SQLITE_IOERR_READ", ""),
        ("SQLITE_CORRUPT", ""),
        ("SQLITE_BUSY", ""),
    ],
)
def test_what_the_disk_does_while_a_copy_is_written_is_told_of_the_right_one(
    tmp_path: Path, code: str, said: str
) -> None:
    error = driver.Error(code)
    error.sqlite_errorname = code  # type: ignore[attr-defined]  # as the driver sets it
    with (
        pytest.raises(Exception, match=said or "台帳|ディスク") as caught,
        places.errors_about(tmp_path, copying=True),
    ):
        raise error
    assert isinstance(caught.value, BackupPlaceError) is bool(said)


def test_a_damaged_copy_is_told_of_the_folder_and_a_damaged_ledger_is_not(tmp_path: Path) -> None:
    for copying, kind in ((True, DamagedError), (False, BackupPlaceError)):
        error = driver.Error("damaged")
        error.sqlite_errorname = "SQLITE_CORRUPT"  # type: ignore[attr-defined]  # as the driver sets it
        with pytest.raises(kind), places.errors_about(tmp_path, copying=copying):
            raise error


@pytest.mark.parametrize(("step", "kind"), [("_copy", DamagedError), ("_prove", BackupPlaceError)])
def test_damage_is_told_of_what_was_read_at_the_time(
    full: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, kind: type[Exception]
) -> None:
    def damaged(*_: object) -> None:
        error = driver.Error("damaged")
        error.sqlite_errorname = "SQLITE_CORRUPT"  # type: ignore[attr-defined]  # as the driver sets it
        raise error

    monkeypatch.setattr(making, step, damaged)
    with pytest.raises(kind):
        full.backup(tmp_path / "控え")
    assert list((tmp_path / "控え").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_no_success(full: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "控え"
    with monkeypatch.context() as patched:
        patched.setattr(making, "_copy", _full_copy)
        with pytest.raises(BackupPlaceError, match="空きが足りません"):
            full.backup(folder)
    assert list(folder.iterdir()) == []
    assert backups(folder) == []


def _full_copy(_ledger: Path, _key: bytes, temporary: Path, _progress: Progress) -> None:
    temporary.write_bytes(b"half")
    with Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


@pytest.mark.parametrize("step", [0, 1])
def test_it_can_be_cancelled_at_each_step(full: Ledger, tmp_path: Path, step: int) -> None:
    folder = tmp_path / "控え"
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == step else None)
    with pytest.raises(Cancelled):
        full.backup(folder, progress)
    assert list(folder.iterdir()) == []


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + stop() FROM n) SELECT count(*) FROM n"


def test_a_long_statement_is_cancelled_in_its_middle(full: Ledger) -> None:
    progress = Progress()

    def stop() -> int:
        progress.cancel()
        return 1

    with closing(driver.connect(full.path, full.key)) as connection:
        connection.create_function("stop", 0, stop)
        with pytest.raises(Cancelled), driver.cancellable(connection, progress):
            connection.execute(_ENDLESS)
        assert driver.one(connection, "SELECT 1") == 1
