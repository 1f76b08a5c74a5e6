"""Documents while they are read, and where one may begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.outline import Node
from app.annexes.reading.text import PAGE, Line

_PARTICLES = "をはがにのとで、及又も"
_SHORT = 0.6
"""Part of a full line."""
_SENTENCE = re.compile(r".*\t.*(?:。|こと)[)」]?")
_FEWEST_ROWS = 2
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


def rows(documents: list[Draft], cuts: list[Cut], lines: list[Line]) -> None:
    """Rows of a table without any numbers: each that ends as a sentence does is a paragraph of its own."""
    held = [line for line in lines if _SENTENCE.fullmatch(line.text)]
    for number, line in enumerate(held if len(held) >= _FEWEST_ROWS else (), 1):
        document = max(at for at, draft in enumerate(documents) if draft.begin <= line.start)
        if documents[document].kind is not DocumentKind.FORM:
            mark = Mark(Style.ROW, (number,), f"表の{number}行目", line.start, line.start)
            node = Node(mark, document, None, line.start, line.start)
            documents[document].nodes.append(node)
            cuts.append(Cut(line.start, Role.TEXT, document, node))
    cuts.sort(key=lambda cut: cut.at)
