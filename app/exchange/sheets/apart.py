"""A file with tables is read in a process of its own; whatever becomes of that, here it is one sentence."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from typing import NamedTuple

import app
from app.common import PeopleError, Progress, uncollected
from app.exchange.sheets import AS_TEXT, READ_APART
from app.exchange.sheets.book import Book, Cell, Sheet
from app.exchange.sheets.child import PASTED
from app.exchange.sheets.job import bounded
from app.exchange.sheets.limits import LARGEST_FILE, MOST_MEMORY, MOST_PASTED, MOST_SECONDS
from app.exchange.sheets.packing import Message, cells_of, received, unpacked
from app.filesystem import read_given

_PAUSE = 0.05
"""Seconds after which a wish to stop is heard at the latest."""
_NO_CONSOLE = 0x08000000
_READING = "ファイルを読んでいます"
TOO_LARGE = "要るシートだけを新しいブックに写してから取り込んでください。"
"""What is to be done with a file beyond what is read."""


def read_file(path: Path, progress: Progress | None = None) -> Book:
    """The tables in the file at ``path``. Raises ``PeopleError`` in one sentence, ``Cancelled``."""
    data = read_given(path, LARGEST_FILE, TOO_LARGE)
    return read(data, path.name, progress)


def read_pasted(text: str, progress: Progress | None = None) -> Book:
    """The table that was copied from a spreadsheet as ``text``. Raises as ``read_file``."""
    if len(text) > MOST_PASTED:
        raise PeopleError(
            f"貼り付けた表が大きすぎます（{MOST_PASTED:,}文字まで）。"
            "Excelで新しいブックに貼り付けて保存し、そのファイルを取り込んでください。"
        )
    return read(text.encode("utf-8", "replace"), PASTED, progress)


def read(
    data: bytes,
    name: str,
    progress: Progress | None = None,
    *,
    seconds: float = MOST_SECONDS,
    command: Sequence[str] = (),
) -> Book:
    """The tables in ``data``, the content of the file called ``name``.

    ``seconds``: how long it may take; ``command``: what reads it instead of this program. Raises
    ``PeopleError``, ``Cancelled``.
    """
    called = "貼り付けた表" if name == PASTED else f"「{name.removeprefix(AS_TEXT)}」"
    advice = _OF_TEXT if name.startswith(AS_TEXT) else _OF_TABLE
    try:
        return _Asked(called, progress or Progress(), seconds, advice).read(data, name, command or _itself())
    except OSError as error:
        raise PeopleError(
            f"{called}を読む処理を始められません。ほかのプログラムを終了してから、もう一度試してください。"
        ) from error


def _itself() -> list[str]:
    """How this program is started once more: frozen it is a file of its own, else a package of Python's."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_APART]
    return [sys.executable, "-P", "-X", "utf8", "-m", app.__name__, READ_APART]


def _around() -> dict[str, str]:
    """The environment of the other process: it finds this very program, wherever it was started."""
    root = str(Path(app.__file__).resolve().parent.parent)
    held = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, held)))}


class _Advice(NamedTuple):
    """What to do with a file that is too much to read, and with one that is damaged."""

    smaller: str
    again: str


_OF_TABLE = _Advice(
    "要るシートだけを新しいブックに写してから取り込んでください。",
    "Excelで開いて保存し直すか、元のファイルをもらい直してください。",
)
_OF_TEXT = _Advice(
    "特記事項の部分だけを取り出すか、文章を貼り付けてください。",
    "元の文書を開いて保存し直すか、文章を貼り付けてください。",
)


class _Asked:
    """One file that another process reads, and what has come back of it."""

    def __init__(self, called: str, progress: Progress, seconds: float, advice: _Advice) -> None:
        self._called, self._progress, self._advice = called, progress, advice
        self._until = time.monotonic() + seconds
        self._told: SimpleQueue[Message] = SimpleQueue()
        self._sheets: list[Sheet] = []
        self._head: Message = ()
        self._cells: list[Cell] = []
        self._count = 0

    def read(self, data: bytes, name: str, command: Sequence[str]) -> Book:
        """Raises ``PeopleError``, ``Cancelled``, ``OSError``."""
        flags = _NO_CONSOLE if sys.platform == "win32" else 0
        with Popen(  # noqa: S603  # this program itself
            command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_around(), creationflags=flags
        ) as process:
            try:
                with bounded(process, MOST_MEMORY):
                    feeder = Thread(target=self._listen, args=(process, name, data), daemon=True)
                    feeder.start()
                    try:
                        with uncollected():
                            return self._taken()
                    finally:
                        process.kill()
                        feeder.join()
            finally:
                process.kill()

    def _listen(self, process: Popen[bytes], name: str, data: bytes) -> None:
        """Hand over the file and queue what comes back; ends when the other process does."""
        last: Message = ("died",)
        try:
            if process.stdin is not None and process.stdout is not None:
                with process.stdin as given:
                    given.write(name.replace("\n", " ").encode("utf-8", "replace") + b"\n")
                    given.write(data)
                for message in received(process.stdout):
                    self._told.put(message)
        except (OSError, ValueError, EOFError, TypeError):
            # It died before it had read everything, or sends what nobody understands: which, is all one.
            last = ("died",)
        self._told.put(last)

    def _taken(self) -> Book:
        while True:
            try:
                message = self._told.get(timeout=_PAUSE)
            except Empty:
                message = ("wait",)
            self._progress.step(self._count, 0, _READING)
            if time.monotonic() > self._until:
                raise PeopleError(
                    f"{self._called}は読むのに時間がかかりすぎるため、やめました。{self._advice.smaller}"
                )
            if (found := self._take(message)) is not None:
                return found

    def _take(self, message: Message) -> Book | None:
        match message:
            case ("cells", *_):
                self._cells.extend(cells_of(message))
                self._count = len(self._cells)
            case ("sheet", *_):
                self._put_away()
                self._head = message
            case ("end", told):
                self._put_away()
                return Book(tuple(self._sheets), tuple(told))
            case ("wait",):
                pass
            case _:
                raise PeopleError(self._refusal(message))
        return None

    def _put_away(self) -> None:
        if self._head:
            self._sheets.append(unpacked(self._head, self._cells))
        self._head, self._cells = (), []

    def _refusal(self, message: Message) -> str:
        match message:
            case ("no", sentence):
                return f"{self._called}を読めません。{sentence}"
            case ("large",):
                return f"{self._called}は読むのにメモリーが足りません。{self._advice.smaller}"
            case ("damaged", _):
                return f"{self._called}は壊れているため読めません。{self._advice.again}"
        return f"{self._called}を読む処理が途中で止まりました。{self._advice.again}"
