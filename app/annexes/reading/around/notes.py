"""Notes between and behind the clauses: what the other side says of the text itself, not of what is owed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.text import Line

_NOTE = re.compile(r"※|[(〔【\[]注|(?:注|備考)(?:意|記)?(?=[\s\d:.、)]|$)")
_NUMBERED = re.compile(
    r"[(〔【\[]?(?:注|備考)(?:意|記)?[)〕】\]]?[\s:]*(?:\(?(\d{1,2})\)?(?![\d年月日条項]))?"
)
_LISTED = (Style.PLAIN, Style.BRACED, Style.CIRCLED, Style.HALF)


class Notes:
    """The numbers of a note that has several: 注1 …, and on the next line 2 …, which is no paragraph."""

    def __init__(self) -> None:
        self._last: int | None = None

    def begins(self, line: str) -> bool:
        """Whether a line begins a note; its number is remembered."""
        if not _NOTE.match(line):
            return False
        match = _NUMBERED.match(line)
        self._last = (int(match[1]) if match[1] else 0) if match and match[0] else None
        return True

    def goes_on(self, marks: Sequence[Mark]) -> bool:
        """Whether a line with ``marks`` at its beginning is the next number of the note, and no clause.

        Behind a note without any number only a 1 is: the next number of the clause may follow it.
        """
        wanted = None if self._last is None else self._last + 1
        for mark in marks:
            if mark.style in _LISTED and mark.value == (wanted,):
                self._last = wanted
                return True
        return False


def first_below(lines: Sequence[Line], heads: Sequence[Sequence[Mark]], order: int) -> Sequence[Mark]:
    """What may be the first number below the line ``order``, but for those of notes. ``heads``: by line."""
    notes = Notes()
    for at in range(order + 1, len(lines)):
        is_note = notes.begins(lines[at].text) or notes.goes_on(heads[at])
        if heads[at] and not is_note:
            return heads[at]
    return ()
