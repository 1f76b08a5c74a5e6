"""Files that leave the ledger: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from app.common import PeopleError


def check_place(path: Path) -> None:
    """Raise ``PeopleError`` if a file could not be saved as ``path``, before anything is made for it."""
    folder = path.absolute().parent
    if path.is_dir():
        raise PeopleError(f"「{path.name}」はフォルダです。保存するファイルの名前を指定してください。")
    if not folder.is_dir():
        raise PeopleError(f"保存先のフォルダ「{folder}」がありません。フォルダを確かめてください。")
    _temporary(folder, path.name).unlink()


def save(path: Path, data: bytes) -> None:
    """Write ``data`` as ``path``, in place of what was there. Raises ``PeopleError`` and leaves no part."""
    made = _temporary(path.absolute().parent, path.name)
    try:
        with made.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        with suppress(OSError):
            made.unlink()
        raise _refused(path.name) from error


def _temporary(folder: Path, name: str) -> Path:
    try:
        handle, made = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
    except OSError as error:
        raise _refused(name) from error
    os.close(handle)
    return Path(made)


def _refused(name: str) -> PeopleError:
    return PeopleError(f"「{name}」を保存できません。空き容量とフォルダのアクセス権を確かめてください。")
