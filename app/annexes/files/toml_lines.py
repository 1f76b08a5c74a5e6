"""On which line of a TOML text a table or key stands, so that a wrong entry can be named by its line.

``tomllib`` keeps no positions. This looks only at texts that ``tomllib`` has accepted; what it cannot
place, it places on the nearest table around it.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Keys and array positions from the top of the document, such as ``("clause", 3, "when")``."""

_WORD = r"""(?:[A-Za-z0-9_-]+|"[^"\\]*"|'[^']*')"""
_DOTTED = rf"{_WORD}(?:[ \t]*\.[ \t]*{_WORD})*"
_HEADER = re.compile(rf"[ \t]*\[(\[)?[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*"|'[^']*'|\#.*|[\[\]{}]""")
_STRING_END = {
    '"""': re.compile(r'(?:\\.|[^"\\]|"(?!""))*"{3,5}'),
    "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
}


def _words(dotted: str) -> list[str]:
    return [word.strip("\"'") for word in re.findall(_WORD, dotted)]


class _Nesting:
    """Whether the next line begins inside a string or bracket, where nothing is a key."""

    def __init__(self) -> None:
        self.string = ""
        self.depth = 0

    @property
    def outside(self) -> bool:
        return not self.string and self.depth == 0

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            at = self._in_string(line, at) if self.string else self._in_code(line, at)

    def _in_string(self, line: str, at: int) -> int:
        end = _STRING_END[self.string].match(line, at)
        if end is None:
            return len(line)
        self.string = ""
        return end.end()

    def _in_code(self, line: str, at: int) -> int:
        token = _TOKEN.search(line, at)
        if token is None:
            return len(line)
        if token.group() in _STRING_END:
            self.string = token.group()
        elif token.group() in "[{":
            self.depth += 1
        elif token.group() in "]}":
            self.depth -= 1
        return token.end()


class Lines:
    """Lines, counted from 1, of the tables and keys of one TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        table: Path = ()
        nesting = _Nesting()
        for number, line in enumerate(text.split("\n"), 1):
            if nesting.outside:
                header = _HEADER.match(line)
                if header:
                    table = self._open(_words(header.group(2)), array=bool(header.group(1)))
                    self._lines.setdefault(table, number)
                    continue
                self._note(table, line, number)
            nesting.read(line)

    def _open(self, words: list[str], *, array: bool) -> Path:
        path: Path = ()
        for at, word in enumerate(words):
            path = (*path, word)
            if array and at == len(words) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _note(self, table: Path, line: str, number: int) -> None:
        key = _KEY.match(line)
        if key is None:
            return
        path = table
        for word in _words(key.group(1)):
            path = (*path, word)
            self._lines.setdefault(path, number)

    def of(self, path: Path) -> int:
        """Return the line of ``path``, or of the nearest table around it that the text names."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]
