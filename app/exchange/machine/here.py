"""This PC, by whatever means its own system has."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from datetime import date
from typing import Any

from app.common import PeopleError
from app.exchange.machine import linux, windows
from app.exchange.machine.machine import Machine

_PATIENCE = 60
"""Seconds until an answer of Windows is waited for no longer."""
_SHELL = ("powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand")
_AS_UTF8 = "[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false\n"


def this_pc(on: date) -> Machine:
    """What this PC tells of itself. Raises ``PeopleError`` where its system answers nothing at all."""
    return windows.machine(_asked(), on) if sys.platform == "win32" else linux.machine(on)


def _asked() -> dict[str, Any]:
    script = _AS_UTF8 + windows.QUESTIONS + "[Console]::Out.Write($json)\n"
    encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
    try:
        done = subprocess.run(  # noqa: S603  # our own words alone
            [*_SHELL, encoded],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        told = json.loads(done.stdout.decode("utf-8-sig"))
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise PeopleError(
            "このPCの情報をWindowsから読み取れませんでした。PowerShellを使えるかを確かめるか、"
            "PC・媒体の画面で入力してください。"
        ) from error
    return told if isinstance(told, dict) else {}
