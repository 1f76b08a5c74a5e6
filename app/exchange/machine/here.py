"""This PC, by whatever means its own system has."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from datetime import date
from typing import Any

from app.common import PeopleError, Progress
from app.exchange.machine import linux, windows
from app.exchange.machine.machine import Machine

_PATIENCE = 60
"""Seconds until an answer of Windows is waited for no longer."""
_LISTENS = 0.2
"""Seconds after which a wish to stop is heard."""
_SHELL = ("powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand")
_AS_UTF8 = "[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false\n"


def this_pc(on: date, progress: Progress | None = None) -> Machine:
    """What this PC tells of itself.

    Raises ``PeopleError`` where its system answers nothing at all, or ``Cancelled``.
    """
    progress = progress or Progress()
    progress.step(0, 0, "このPCの情報を読み取っています")
    made = windows.machine(_asked(progress), on) if sys.platform == "win32" else linux.machine(on)
    progress.step(1, 1)
    return made


def _asked(progress: Progress) -> dict[str, Any]:
    script = _AS_UTF8 + windows.QUESTIONS + "[Console]::Out.Write($json)\n"
    encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
    try:
        with subprocess.Popen(  # noqa: S603  # our own words alone
            [*_SHELL, encoded],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as running:
            told = json.loads(_answer(running, progress).decode("utf-8-sig"))
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise PeopleError(
            "このPCの情報をWindowsから読み取れませんでした。PowerShellを使えるかを確かめるか、"
            "PC・媒体の画面で入力してください。"
        ) from error
    return told if isinstance(told, dict) else {}


def _answer(running: subprocess.Popen[bytes], progress: Progress) -> bytes:
    """All that it says. Whoever stops, or waits too long, does not leave it running."""
    end = time.monotonic() + _PATIENCE
    try:
        while True:
            progress.step(0, 0, "このPCの情報を読み取っています")
            try:
                return running.communicate(timeout=_LISTENS)[0]
            except subprocess.TimeoutExpired:
                if time.monotonic() > end:
                    raise
    except BaseException:
        running.kill()
        raise
