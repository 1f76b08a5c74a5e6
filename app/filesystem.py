"""What every room must know of file systems, Windows' own above all: names, lengths, files held open."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from app.common import PeopleError

R = TypeVar("R")

LONGEST_NAME = 255
"""Of one file: UTF-16 units on Windows, bytes elsewhere."""
LONGEST_PATH = 259
"""Characters of a whole path that Windows takes unless an administrator lifts its old limit."""

_WINDOWS = sys.platform == "win32"
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between two tries: longer than a virus scanner looks at a small file, too short to annoy."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)


def patiently(move: Callable[[], R]) -> R:
    """Run ``move``, a rename, removal or opening, which on Windows may have to wait. Raises ``OSError``.

    There a virus scanner or an indexer holds a fresh file for some milliseconds, and whoever renames it
    meanwhile is refused: a document or a key file would fail to be saved now and then, for no reason
    that a person could see.
    """
    for pause in _PAUSES if _WINDOWS else ():
        try:
            return move()
        except PermissionError:
            time.sleep(pause)
    return move()


def remove_file(path: Path) -> None:
    """Remove a file, patiently; one that is not there is no fault. Raises ``OSError``."""
    patiently(lambda: path.unlink(missing_ok=True))


def opened(path: Path) -> BinaryIO:
    """A file open for reading, patiently. Raises ``OSError``."""
    return patiently(lambda: path.open("rb"))


def may_be_there(path: Path) -> bool:
    """Whether something is at ``path``; also where it may not be looked at, which opening will tell."""
    try:
        return path.exists()
    except OSError:
        return True


class NotAFileError(OSError):
    """In the place of a file stands a folder, a pipe, a socket or a device."""


def open_plain(path: Path) -> int:
    """A descriptor for reading the plain file at ``path``; never waits.

    Opening a pipe waits until somebody writes into it, and a device may go on for ever: for either the
    window would stand still. Raises ``NotAFileError``, ``OSError``.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotAFileError
    # Something else may have come into its place since.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    file = patiently(lambda: os.open(path, flags))
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise NotAFileError
    return file


def read_plain(path: Path, most: int) -> bytes:
    """The bytes of a plain file; of one with more than ``most`` the first of them and one more.

    Raises as ``open_plain``.
    """
    with os.fdopen(open_plain(path), "rb") as file:
        return file.read(most + 1)


def read_given(path: Path, most: int, otherwise: str) -> bytes:
    """The bytes of a file that a person named: whole, and not more than ``most``.

    ``otherwise``: what to do with one that is larger. Raises ``PeopleError`` in one sentence; for a file of
    any size that is refused, and for what is no file, at once.
    """
    named = f"「{path.name}」"
    try:
        data = read_plain(path, most) if not path.is_file() or path.stat().st_size <= most else None
    except FileNotFoundError:
        missing = f"{named}が見つかりません。ファイルの場所を確かめてください。"
        raise PeopleError(unreachable(path) or missing) from None
    except NotAFileError:
        what = "フォルダ" if path.is_dir() else "通常のファイルではないもの（パイプや装置など）"
        raise PeopleError(f"{named}は{what}のため読めません。ファイルを選んでください。") from None
    except (OSError, ValueError):
        raise PeopleError(f"{named}を読めません。ファイルかアクセス権を確かめてください。") from None
    if data is None or len(data) > most:
        raise PeopleError(f"{named}は大きすぎます（{most // 1024 // 1024}MBまで）。{otherwise}")
    return data


def special(path: Path) -> str:
    """One sentence if a folder, pipe or device stands where a file is to be written, else empty.

    A new file put in its place would take a device away from every program; and what is written into a
    device nobody reads again.
    """
    named = f"「{path.name}」"
    if path.is_dir():
        return f"{named}はフォルダです。保存するファイルの名前を指定してください。"
    if may_be_there(path) and not path.is_file():
        return (
            f"{named}は通常のファイルではないもの（パイプや装置など）のため保存できません。"
            "保存するファイルの名前を指定してください。"
        )
    return ""


def made_anew(path: Path) -> int:
    """A descriptor for writing a new file at ``path``, for its owner alone, whatever stood there.

    Written into what stands there, a link would lead to another file, which would be lost; a pipe would be
    waited for until somebody reads it. Raises ``OSError``, also where a folder cannot give way.
    """
    remove_file(path)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return patiently(lambda: os.open(path, flags, 0o600))


def write_anew(path: Path, text: str) -> None:
    """Write ``text`` as a new file in the place of ``path``; see ``made_anew``."""
    with os.fdopen(made_anew(path), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def private_folder(folder: Path) -> None:
    """Make ``folder`` and what is missing above it, for its owner alone. Raises ``OSError``.

    Windows has no such modes; there a folder belongs to whom the one above it belongs.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        private_folder(folder.parent)
    # Two at once, or a file in its place: the second look tells which.
    folder.mkdir(mode=0o700, exist_ok=True)


def keep_private() -> None:
    """Whatever this process makes from here on is for its owner alone, pictures that Qt saves included."""
    os.umask(0o077)


def usable_name(name: str) -> bool:
    """Whether Windows can make a file of that name (on other systems a copy may still go there)."""
    tail = name.endswith((" ", "."))
    return bool(name) and not tail and not _FORBIDDEN.search(name) and not _RESERVED.fullmatch(name)


def usable(text: str) -> str:
    """``text`` made fit to be the name of a file: forbidden characters become ``_``; may be empty."""
    held = _FORBIDDEN.sub("_", text).strip(" .")
    return f"_{held}" if _RESERVED.fullmatch(held) else held


def pdf_name(*parts: str) -> str:
    """A name for a PDF that Windows accepts too, made of ``parts`` as they are written."""
    joined = "_".join(part for part in parts if part)
    return f"{usable(joined[:120]) or '書類'}.pdf"


def name_too_long(name: str) -> bool:
    """Whether no file can have that name on this system."""
    units = len(name.encode("utf-16-le", "surrogatepass")) // 2 if _WINDOWS else len(os.fsencode(name))
    return units > LONGEST_NAME


def problem_of(path: Path, beside: int = 0) -> str:
    """One sentence if Windows, or this system, cannot make the file ``path``, else empty.

    ``beside``: how many characters longer the longest path is that will be made along with it. The
    system's own words for either fault are those for a folder that is write-protected or missing.
    """
    if not usable_name(path.name):
        return (
            f"「{path.name}」はファイルの名前に使えません。"
            '記号 < > : " / \\ | ? * や CON などの予約語を避けて、別の名前を付けてください。'
        )
    if name_too_long(path.name):
        return f"「{path.name}」は名前が長すぎます。短い名前を付けてください。"
    if _too_long(path, beside):
        return f"「{path.name}」は保存先のパスが長すぎます。浅いフォルダか短い名前を選んでください。"
    return ""


def unreachable(path: Path) -> str:
    """One sentence if Windows may call the file ``path`` missing only because its path is too long."""
    if not _too_long(path):
        return ""
    return (
        f"「{path.name}」はパスが長すぎるため（{len(str(path.absolute()))}文字、Windowsでは{LONGEST_PATH}文字まで）"
        "開けません。浅いフォルダに移すか、フォルダや名前を短くしてから開いてください。"
    )


def _too_long(path: Path, beside: int = 0) -> bool:
    return _WINDOWS and len(str(path.absolute())) + beside > LONGEST_PATH
