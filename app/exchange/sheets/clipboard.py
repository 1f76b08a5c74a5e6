"""The text that a spreadsheet puts on the clipboard: cells between tabs, quoted only where they must be.

A cell that holds a line end or a tab stands in quotation marks, its own ones doubled. Any other stands as it
is, also one that begins with a quotation mark: what reads files would take the rest of the table for its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|\Z)')
_BARE = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WITHIN = re.compile(r'[\t\r\n]|""')


def is_table(text: str) -> bool:
    """Whether the text may be copied cells: several columns, or several lines."""
    return "\t" in text or len(text.strip().splitlines()) > 1


def records(text: str) -> Iterator[list[str]]:
    """The rows of what was copied, the empty ones too; line ends within a cell are ``\\n``."""
    at, row = 0, list[str]()
    while at < len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        if at < len(text) and text[at] == "\t":
            at += 1
            if at < len(text):
                continue
            row.append("")
        yield row
        row = []
        if (end := _LINE_END.match(text, at)) is not None:
            at = end.end()


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at ``at``, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted is not None and _WITHIN.search(quoted[1]):
        return _LINE_END.sub("\n", quoted[1].replace('""', '"')), quoted.end()
    bare = _BARE.match(text, at)
    return (bare[0], bare.end()) if bare is not None else ("", at)
