"""The texts of a workbook as they stand in it: shared by its cells, and pinned to them as notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from app.exchange.sheets.excel.package import Attributes, Reader
from app.exchange.sheets.excel.styles import FALSE
from app.exchange.sheets.excel.usual import shared
from app.exchange.sheets.limits import LONGEST_TEXT, Counted, too_long

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """``text`` with what Excel writes for characters that XML does not know: ``_x000D_`` is a line's end."""
    if "_x" not in text:
        return text
    joined = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two halves of one character may be escaped one by one; a half alone is none.
    return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def whole(text: str) -> str:
    """A text that is one piece in its part. Raises ``PeopleError`` for one that no cell can hold."""
    if len(text) > LONGEST_TEXT:
        raise too_long()
    return unescaped(text)


class Joined:
    """Joins the pieces of one text, leaving out how it is read (furigana)."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._pieces: list[str] = []
        self._taken = self._reading = 0
        self._long = 0

    @property
    def open(self) -> bool:
        """Whether a text has begun and is not taken."""
        return bool(self._taken or self._reading or self._pieces)

    def start(self, name: str) -> None:
        """An element within the text begins."""
        if name == "t":
            self._taken += 1
        elif name == "rPh":
            self._reading += 1

    def end(self, name: str) -> None:
        """An element within the text ends."""
        if name == "t":
            self._taken -= 1
        elif name == "rPh":
            self._reading -= 1

    def add(self, data: str) -> None:
        """Characters."""
        if self._taken and not self._reading:
            self._long += len(data)
            if self._long > LONGEST_TEXT:
                raise too_long()
            self._counted.text(len(data))
            self._pieces.append(data)

    def taken(self) -> str:
        """The whole text; what follows is another."""
        text = "".join(self._pieces)
        self._pieces, self._long = [], 0
        return unescaped(text)


class SharedTexts(Reader):
    """The table of texts to which cells refer by number."""

    whole: ClassVar[bytes] = b"</si>"

    def __init__(self, counted: Counted) -> None:
        self.held: list[str] = []
        self.struck: set[int] = set()
        """Texts of which a part at least is lined out."""
        self._counted = counted
        self._joined = Joined(counted)

    def start(self, name: str, attributes: Attributes) -> None:
        self._joined.start(name)
        if name == "strike" and attributes.get("val", "1") not in FALSE:
            self.struck.add(len(self.held))

    def end(self, name: str) -> None:
        self._joined.end(name)
        if name == "si":
            self._counted.text(1)
            self.held.append(self._joined.taken())

    def text(self, data: str) -> None:
        self._joined.add(data)

    def usual(self, stretch: str) -> Sequence[str] | None:
        return None if self._joined.open else shared(stretch)

    def take(self, found: Sequence[str]) -> None:
        self._counted.text(len(found) + sum(map(len, found)))
        self.held.extend(map(whole, found))


class Notes(Reader):
    """What is pinned to the cells of a sheet (コメント), by the cell's address."""

    def __init__(self, counted: Counted) -> None:
        self.held: dict[str, str] = {}
        self._joined = Joined(counted)
        self._at = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "comment":
            self._at = attributes.get("ref", "")
        self._joined.start(name)

    def end(self, name: str) -> None:
        self._joined.end(name)
        if name == "comment":
            self.held[self._at] = self._joined.taken().strip()

    def text(self, data: str) -> None:
        self._joined.add(data)
