"""The folder that backups go to, and one sentence naming it for whatever keeps them from going there.

It often is another drive: pulled out, locked or full, while the ledger itself is well. A sentence about
the ledger would send people to the wrong place.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.ledger.errors import (
    FULL,
    REFUSED,
    DamagedError,
    DiskFullError,
    LedgerError,
    ReadOnlyError,
    WriteFailedError,
)
from app.ledger.file import driver

_OF_THE_LEDGER = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_CORRUPT", "SQLITE_NOTADB")
"""What goes wrong while a copy is written and lies with the ledger it is made from."""

_ELSEWHERE = "別のフォルダを指定してください。"


class BackupPlaceError(LedgerError):
    """The backup folder cannot take a backup; the sentence names it and says what to do."""

    def __init__(self, folder: Path, matter: str) -> None:
        super().__init__(f"バックアップの保存先「{folder}」{matter}")


def full(folder: Path) -> BackupPlaceError:
    return BackupPlaceError(
        folder, f"の空きが足りません。空きを作るか、{_ELSEWHERE}途中のファイルは削除しました。"
    )


def refused(folder: Path) -> BackupPlaceError:
    return BackupPlaceError(folder, f"は書込みが禁止されています。書込みを許可するか、{_ELSEWHERE}")


def gone(folder: Path) -> BackupPlaceError:
    return BackupPlaceError(
        folder,
        f"が見つかりません。外付けのドライブなら接続してください。フォルダがなくなったのなら、{_ELSEWHERE}",
    )


def failed(folder: Path) -> BackupPlaceError:
    return BackupPlaceError(
        folder, f"の読み書きに失敗しました。ドライブの接続と状態を確かめるか、{_ELSEWHERE}"
    )


def prepare(folder: Path) -> None:
    """See that ``folder`` is there, made for its owner alone if it was not. Raises ``BackupPlaceError``.

    Only the folder itself is made: where the one above is missing, a drive was pulled out, and a folder of
    the same name on the local disk would pass for it.
    """
    if folder.exists() and not folder.is_dir():
        raise BackupPlaceError(folder, f"はフォルダではなくファイルです。{_ELSEWHERE}")
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise _of_system(folder, error) from error


@contextmanager
def errors_about(folder: Path, *, copying: bool = False) -> Iterator[None]:
    """Turn what the disk does to ``folder`` into its sentence.

    ``copying``: the ledger is read as well, and what is its own fault is told of it.
    """
    try:
        with driver.errors_for_people():
            yield
    except LedgerError as error:
        cause = error.__cause__
        code = driver.code_of(cause) if isinstance(cause, driver.Error) else ""
        if isinstance(error, BackupPlaceError) or (copying and code.startswith(_OF_THE_LEDGER)):
            raise
        said = _of_ledger_error(folder, error)
        if said is None:
            raise
        raise said from error
    except OSError as error:
        raise _of_system(folder, error) from error


def _of_ledger_error(folder: Path, error: LedgerError) -> BackupPlaceError | None:
    if isinstance(error.__cause__, OSError):
        return _of_system(folder, error.__cause__)
    if not isinstance(error, DiskFullError | ReadOnlyError | WriteFailedError | DamagedError):
        return None
    if not _there(folder):
        return gone(folder)
    if isinstance(error, DiskFullError):
        return full(folder)
    return refused(folder) if isinstance(error, ReadOnlyError) else failed(folder)


def _of_system(folder: Path, error: OSError) -> BackupPlaceError:
    if not _there(folder.parent) or (error.errno == errno.ENOENT and not _there(folder)):
        return gone(folder)
    if error.errno == errno.ENAMETOOLONG:
        return BackupPlaceError(
            folder,
            f"では、バックアップの名前かパスが長すぎます。台帳と鍵ファイルの名前を同じだけ短くするか、浅い場所にある{_ELSEWHERE}",
        )
    if error.errno in FULL:
        return full(folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return gone(folder)
    return refused(folder) if error.errno in REFUSED else failed(folder)


def _there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
