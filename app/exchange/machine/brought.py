"""The files that the script left on other PCs, read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.common import PeopleError
from app.exchange.json_text import shown
from app.exchange.machine import windows
from app.exchange.machine.machine import Machine
from app.filesystem import read_given

_LARGEST = 1024 * 1024


def read(paths: Sequence[Path]) -> tuple[Machine, ...]:
    """The PC of each file. Raises ``PeopleError`` with one sentence for the first that is none."""
    return tuple(
        machine_in(read_given(path, _LARGEST, "PCで書き出し直してください。"), path.name) for path in paths
    )


def machine_in(data: bytes, name: str) -> Machine:
    """The PC of a file's bytes. Raises ``PeopleError``."""
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _foreign(name) from error
    if not isinstance(told, dict) or told.get("format") != windows.FORMAT:
        raise _foreign(name)
    if told.get("version") != windows.VERSION:
        raise PeopleError(
            f"「{shown(name)}」は、この版では読めない形式です。新しい pc-info.cmd で書き出し直してください。"
        )
    try:
        on = date.fromisoformat(str(told.get("on")))
    except ValueError as error:
        raise PeopleError(
            f"「{shown(name)}」に読み取った日がありません。PCで書き出し直してください。"
        ) from error
    return windows.machine(told, on)


def _foreign(name: str) -> PeopleError:
    return PeopleError(
        f"「{shown(name)}」は、pc-info.cmd で書き出したPCの情報ではありません。ファイルを確かめてください。"
    )
