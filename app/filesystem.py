"""What every room must know of file systems, Windows' own above all: names, lengths, files held open."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_PATH = 259
"""Characters of a whole path that Windows takes unless an administrator lifts its old limit."""

_WINDOWS = sys.platform == "win32"
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between two tries: longer than a virus scanner looks at a small file, too short to annoy."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)


def patiently(move: Callable[[], object]) -> None:
    """Run ``move``, a rename or removal, which on Windows may have to wait. Raises ``OSError``.

    There a virus scanner or an indexer holds a fresh file for some milliseconds, and whoever renames it
    meanwhile is refused: a document or a key file would fail to be saved now and then, for no reason
    that a person could see.
    """
    for pause in _PAUSES if _WINDOWS else ():
        try:
            move()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    move()


def may_be_there(path: Path) -> bool:
    """Whether something is at ``path``; also where it may not be looked at, which opening will tell."""
    try:
        return path.exists()
    except OSError:
        return True


def usable_name(name: str) -> bool:
    """Whether Windows can make a file of that name (on other systems a copy may still go there)."""
    tail = name.endswith((" ", "."))
    return bool(name) and not tail and not _FORBIDDEN.search(name) and not _RESERVED.fullmatch(name)


def usable(text: str) -> str:
    """``text`` made fit to be the name of a file: forbidden characters become ``_``; may be empty."""
    held = _FORBIDDEN.sub("_", text).strip(" .")
    return f"_{held}" if _RESERVED.fullmatch(held) else held


def problem_of(path: Path, beside: int = 0) -> str:
    """One sentence if Windows cannot make the file ``path``, else empty.

    ``beside``: how many characters longer the longest path is that will be made along with it. The
    system's own words for either fault are those for a folder that is write-protected or missing.
    """
    if not usable_name(path.name):
        return (
            f"「{path.name}」はファイルの名前に使えません。"
            '記号 < > : " / \\ | ? * や CON などの予約語を避けて、別の名前を付けてください。'
        )
    if _WINDOWS and len(str(path.absolute())) + beside > LONGEST_PATH:
        return f"「{path.name}」は保存先のパスが長すぎます。浅いフォルダか短い名前を選んでください。"
    return ""
