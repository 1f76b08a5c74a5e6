"""Documents while they are read, and where one may begin."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.outline import Node
from app.annexes.reading.text import PAGE, Line

_PARTICLES = "をはがにのとで、及又も"
_SHORT = 0.6
"""Part of a full line."""
_BLANK_LINES = 3
"""So many stand between two documents; one stands between any two lines of some converters."""


@dataclass(slots=True)
class Draft:
    """A document while it is read."""

    kind: DocumentKind
    begin: int
    titles: list[tuple[int, int]] = field(default_factory=list)
    title: str = ""
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Cut:
    """From ``at`` on, all that is nothing else belongs to ``node`` of ``document``, or has ``role``."""

    at: int
    role: Role
    document: int
    node: Node | None = None


def is_free(text: str, lines: list[Line], order: int, usual: int, *, after: Role) -> bool:
    """Whether the lines around let a title stand there: no sentence goes through it.

    ``usual``: letters of a full line; ``after``: what the line before belongs to.
    """
    if order + 1 < len(lines) and lines[order + 1].text[0] in _PARTICLES:
        return False
    if order == 0 or after in (Role.AFTER, Role.FORM, Role.TITLE):
        return True
    before = lines[order - 1]
    between = text[before.end : lines[order].start]
    ended = before.text[-1] in "。)」印" or before.text == "以上"
    broken = PAGE in between or between.count("\n") > _BLANK_LINES
    return ended or broken or (len(before.text) <= _SHORT * usual and before.text[-1] not in _PARTICLES)
