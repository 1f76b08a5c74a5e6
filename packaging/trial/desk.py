"""What a person does at a Windows desk, for the trial; run by Windows' Python in the laboratory.

``desk.py DEED ARGUMENT …``: the deeds are those of ``DEEDS``, an argument is a file, a window or a key.
The answer is one JSON value on the standard output.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
import winreg
from ctypes import wintypes
from typing import Any

# It runs nowhere else, and type checkers of other systems know neither module.
assert sys.platform == "win32"  # noqa: S101

CLASSES = r"Software\Classes"
WM_CLOSE, WM_GETTEXT, WM_COMMAND = 0x10, 0x0D, 0x111
QUERY = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION"""
LONGEST, TURN = 600.0, 0.02
"""Seconds to wait for a window, and between two looks."""

user, kernel = ctypes.windll.user32, ctypes.windll.kernel32


def shown() -> list[dict[str, Any]]:
    """Every window that can be seen: its handle, title, and the program it belongs to."""
    found: list[dict[str, Any]] = []

    @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
    def each(window: int, _more: int) -> bool:
        if user.IsWindowVisible(window):
            text = ctypes.create_unicode_buffer(512)
            user.GetWindowTextW(window, text, 512)
            found.append({"window": window, "title": text.value, "program": program_of(window)})
        return True

    user.EnumWindows(each, 0)
    return found


def texts(window: str) -> list[str]:
    """What stands in a window: the text of each of its parts that can be seen."""
    found: list[str] = []

    @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
    def each(part: int, _more: int) -> bool:
        if user.IsWindowVisible(part):
            text = ctypes.create_unicode_buffer(4096)
            user.SendMessageW(wintypes.HWND(part), WM_GETTEXT, 4096, text)
            found.append(text.value)
        return True

    user.EnumChildWindows(wintypes.HWND(int(window)), each, 0)
    return found


def stands(title: str) -> bool:
    """Say that one looks, and wait until a window with ``title`` in its own is up; False if none comes."""
    print("looking", flush=True)
    end = time.monotonic() + LONGEST
    while not any(title in one["title"] for one in shown()):
        if time.monotonic() > end:
            return False
        time.sleep(TURN)
    return True


def program_of(window: int) -> str:
    """The file name of the program that a window belongs to."""
    process = wintypes.DWORD()
    user.GetWindowThreadProcessId(window, ctypes.byref(process))
    kernel.OpenProcess.restype = wintypes.HANDLE
    held = kernel.OpenProcess(QUERY, False, process)
    size = wintypes.DWORD(1024)
    name = ctypes.create_unicode_buffer(size.value)
    kernel.QueryFullProcessImageNameW(wintypes.HANDLE(held), 0, name, ctypes.byref(size))
    kernel.CloseHandle(wintypes.HANDLE(held))
    return name.value.rpartition("\\")[2]


def post(window: str, message: int, what: int) -> bool:
    """Send a message to a window without waiting for what comes of it."""
    return bool(user.PostMessageW(wintypes.HWND(int(window)), message, what, 0))


def register() -> list[str]:
    """Show wine what a person has registered: it looks for kinds of files among the machine's alone."""
    names = [name for name in _below(winreg.HKEY_CURRENT_USER, CLASSES) if "jutaku" in name.lower()]
    for name in names:
        _copy(rf"{CLASSES}\{name}")
    return names


def _below(root: int, place: str) -> list[str]:
    with winreg.OpenKey(root, place) as key:
        return [winreg.EnumKey(key, number) for number in range(winreg.QueryInfoKey(key)[0])]


def _copy(place: str) -> None:
    with (
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as source,
        winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, place) as target,
    ):
        for number in range(winreg.QueryInfoKey(source)[1]):
            name, value, kind = winreg.EnumValue(source, number)
            winreg.SetValueEx(target, name, 0, kind, value)
    for name in _below(winreg.HKEY_CURRENT_USER, place):
        _copy(rf"{place}\{name}")


def value(place: str, name: str) -> Any:
    """A value of the person's own registry, None where it is not there."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            return winreg.QueryValueEx(key, name)[0]
    except FileNotFoundError:
        return None


def put(place: str, name: str, text: str) -> None:
    """Set a text in the person's own registry."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, place) as key:
        winreg.SetValueEx(key, name, 0, winreg.REG_SZ, text)


def start(path: str) -> None:
    """Open a file as a double click does."""
    os.startfile(path)  # noqa: S606  # what the trial is about


def run(line: str) -> int:
    """Run a command line as it stands, to its end. Returns the exit code.

    NSIS takes ``_?=`` only without quotation marks, in which all else puts a path with a space.
    """
    return subprocess.run(line).returncode  # noqa: S603  # our own program, no shell


DEEDS = {
    "shown": shown,
    "texts": texts,
    "await": stands,
    "open": start,
    "close": lambda window: post(window, WM_CLOSE, 0),
    "press": lambda window, command: post(window, WM_COMMAND, int(command)),
    "register": register,
    "value": value,
    "put": put,
    "run": run,
}

if __name__ == "__main__":
    print(json.dumps(DEEDS[sys.argv[1]](*sys.argv[2:])), flush=True)
