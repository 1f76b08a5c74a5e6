"""Copies of large files: into a name that is free, readable by the owner only, on disk when finished."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.common import Progress
from app.filesystem import opened, remove_file
from app.ledger.errors import REFUSED, LedgerError, of_opening

_CHUNK = 1024 * 1024


class UnreadableFileError(LedgerError):
    """The file that is copied, not the place it goes to, is at fault."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"「{path.name}」を読み取れません。媒体の接続とファイルのアクセス権を確かめてください。"
        )


class UnwritablePlaceError(LedgerError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"フォルダ「{folder}」に書き込めません。"
            "書込み禁止の媒体でないか、アクセス権があるかを確かめるか、別のフォルダを選んでください。"
        )


def copy_whole(source: Path, target: Path, progress: Progress, what: str) -> str:
    """Copy ``source`` to ``target``, whose name is free; return the SHA-256 of what was copied.

    Raises ``UnreadableFileError``, ``UnwritablePlaceError``, what ``of_opening`` says or ``Cancelled``, and
    leaves nothing then.
    """
    try:
        file = opened(source)
    except OSError as error:
        raise UnreadableFileError(source) from error
    with file:
        try:
            handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise _told(target, error) from error
        try:
            with os.fdopen(handle, "wb") as made:
                digest = _poured(source, file, made, progress, what)
                os.fsync(made.fileno())
        except BaseException as error:
            with suppress(OSError):
                remove_file(target)
            if isinstance(error, OSError):
                raise _told(target, error) from error
            raise
    return digest


def _poured(source: Path, file: BinaryIO, made: BinaryIO, progress: Progress, what: str) -> str:
    total, done, digest = source.stat().st_size, 0, hashlib.sha256()
    while True:
        progress.step(done // _CHUNK, -(-total // _CHUNK), what)
        try:
            chunk = file.read(_CHUNK)
        except OSError as error:
            raise UnreadableFileError(source) from error
        if not chunk:
            return digest.hexdigest()
        made.write(chunk)
        digest.update(chunk)
        done += len(chunk)


def _told(target: Path, error: OSError) -> LedgerError:
    return UnwritablePlaceError(target.parent) if error.errno in REFUSED else of_opening(error)
