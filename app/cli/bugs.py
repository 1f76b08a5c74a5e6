"""A fault of the program itself: where it happened is kept for the makers, what it happened to is not."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.common import kind_of_error
from app.filesystem import private_folder


def note(error: BaseException) -> str:
    """Append the kind of error and the lines it passed to the log; return the sentence for people.

    The error's own text is left out: it may quote what the ledger holds.
    """
    from app.preferences import data_folder

    path = data_folder() / "log" / "errors.txt"
    with suppress(OSError):
        private_folder(path.parent)
        with os.fdopen(_appended(path), "a", encoding="utf-8") as file:
            file.write(_trail(error))
    return (
        "プログラムの不具合のため処理を中止しました。"
        f"「{path}」に記録した場所の情報を添えて配布元へ連絡してください。"
    )


def _appended(path: Path) -> int:
    # A link would lead to another file, and a pipe would be waited for: what went wrong must be told at once.
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | safe, 0o600)


def _trail(error: BaseException) -> str:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"{now} {kind_of_error(error)}", *places, ""]) + "\n"
