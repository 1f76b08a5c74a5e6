"""What the commands print: one JSON value, or a table that lines up whatever is in it."""

from __future__ import annotations

import errno
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from app.common import Progress

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters but the line feed, and what turns the direction of writing: a terminal obeys them."""


def put_json(value: Any) -> None:
    """Print one JSON value as UTF-8, whatever the console's own encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    _put(_UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n", "utf-8")


def put_line(text: str = "") -> None:
    """Print one line for people."""
    _put(marked(text) + "\n", sys.stdout.encoding or "utf-8")


def put_table(heads: Sequence[str], rows: Iterable[Sequence[str]], empty: str) -> None:
    """Print rows under their heads, aligned by display width; ``empty`` if there are none."""
    held = [[_one_line(cell) for cell in row] for row in rows]
    if not held:
        put_line(empty)
        return
    widths = [max(width(row[column]) for row in [list(heads), *held]) for column in range(len(heads))]
    put_line(_aligned(heads, widths))
    put_line("  ".join("-" * size for size in widths))
    for row in held:
        put_line(_aligned(row, widths))


def put_error(sentence: str) -> None:
    """Print one sentence on the error stream."""
    stream = sys.stderr
    if stream is None:  # a windowed program on Windows has none
        _show_box(_one_line(sentence))
        return
    encoding = stream.encoding or "utf-8"
    stream.write((_one_line(sentence) + "\n").encode(encoding, "replace").decode(encoding))
    stream.flush()


class Steps(Progress):
    """Progress on the error stream where a person looks on: one line that is written over, then cleared."""

    def __init__(self) -> None:
        stream = sys.stderr
        seen = stream is not None and stream.isatty()
        super().__init__(self._say if seen else _say_nothing)
        self._said = ""

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *_: object) -> None:
        if self._said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _say(self, done: int, total: int, what: str) -> None:
        share = f" {done * 100 // total}%" if total else ""
        if (said := marked(f"{what}{share}")) != self._said:
            self._said = said
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()


def _say_nothing(_done: int, _total: int, _what: str) -> None:
    pass


def _show_box(sentence: str) -> None:
    """Windows' own message box: a program that ends at its start must not do so without a word."""
    if sys.platform == "win32":
        import ctypes

        error_icon = 0x10
        ctypes.windll.user32.MessageBoxW(None, sentence, "受託台帳", error_icon)


def width(text: str) -> int:
    """Columns that ``text`` takes on a Japanese console: two for wide characters, none for marks above."""
    return sum(
        0 if unicodedata.combining(c) or "\ufe00" <= c <= "\ufe0f" or c >= "\U000e0100" else _columns(c)
        for c in text
    )


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _one_line(text: str) -> str:
    return marked(" ".join(text.split()))


def marked(text: str) -> str:
    r"""``text`` with a visible mark such as \x1b for every character that would steer the terminal.

    The name of a file or a record from outside may hold one, and rewrite what stands on the screen.
    """
    return _UNSEEN.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _put(text: str, encoding: str) -> None:
    # Bytes, not text: the stream's own encoding may lack characters, and on Windows it would add \r.
    data = text.encode(encoding, "backslashreplace" if encoding == "utf-8" else "replace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EINVAL:  # what Windows says of a pipe that nobody reads any more
            raise BrokenPipeError from error
        raise
