"""Texts without any number: the rows of a table, what has a bullet, else the paragraphs below a title.

They are counted in their order, so that each can be spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.annexes.reading.drafts import Cut, Draft
from app.annexes.reading.headings import goes_on
from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.outline import Node
from app.annexes.reading.text import Line

_ENDS = r".*(?:。|こと|か)[)」]?"
_ROW = re.compile(rf".*\t{_ENDS}")
_SENTENCE = re.compile(_ENDS)
_BULLET = re.compile(rf"[・●○◯■□◆◇☐☑*-]{_ENDS}")
_FEWEST = 2
_TITLED = (DocumentKind.ANNEX, DocumentKind.CONTRACT, DocumentKind.SPECIFICATION)


class _Way(NamedTuple):
    """How the paragraphs of a text are told apart, and what they are called."""

    begin: Callable[[str, Sequence[Line], int], bool]
    label: str


def found(
    text: str, documents: Sequence[Draft], cuts: list[Cut], lines: Sequence[Line]
) -> list[tuple[int, int, Role]]:
    """Give each document of ``documents`` its paragraphs; where their bullets stand.

    ``cuts`` and ``lines`` are those of ``text``.
    """
    for way in _WAYS:
        places: dict[int, list[Line]] = {}
        for order, line in enumerate(lines):
            document = max(at for at, draft in enumerate(documents) if draft.begin <= line.start)
            if _may_hold(documents[document], line, way) and way.begin(text, lines, order):
                places.setdefault(document, []).append(line)
        places = {document: held for document, held in places.items() if len(held) >= _FEWEST}
        if places:
            return _take(text, documents, cuts, places, way)
    return []


def _may_hold(draft: Draft, line: Line, way: _Way) -> bool:
    if draft.kind is DocumentKind.FORM or any(start <= line.start < end for start, end in draft.titles):
        return False
    return way.begin is not _is_paragraph or draft.kind in _TITLED


def _take(
    text: str,
    documents: Sequence[Draft],
    cuts: list[Cut],
    places: dict[int, list[Line]],
    way: _Way,
) -> list[tuple[int, int, Role]]:
    bullets: list[tuple[int, int, Role]] = []
    for document, held in places.items():
        for number, line in enumerate(held, 1):
            end = line.start + (1 if way.begin is _is_bullet else 0)
            bullets.append((line.start, end, Role.NUMBER))
            mark = Mark(Style.ROW, (number,), way.label.format(number), line.start, end)
            node = Node(mark, document, None, end, text.rfind("\n", 0, line.start) + 1)
            documents[document].nodes.append(node)
            cuts.append(Cut(line.start, Role.TEXT, document, node))
    cuts.sort(key=lambda cut: cut.at)
    return [bullet for bullet in bullets if bullet[0] < bullet[1]]


def joined_rows(text: str, draft: Draft) -> None:
    """A row whose first cells are joined with those above has their heading."""
    above: tuple[int, int] | None = None
    for node in draft.nodes:
        if node.mark.style is not Style.ROW:
            return
        if node.heading is None and "\t" in text[node.begin : node.mark.start]:
            node.heading = above
        above = node.heading


def _is_row(text: str, lines: Sequence[Line], order: int) -> bool:
    line = lines[order]
    before = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    return bool(_ROW.fullmatch(line.text) or ("\t" in before and _SENTENCE.fullmatch(line.text)))


def _is_bullet(_text: str, lines: Sequence[Line], order: int) -> bool:
    return _BULLET.fullmatch(lines[order].text) is not None


def _is_paragraph(_text: str, lines: Sequence[Line], order: int) -> bool:
    """Whether a sentence begins with a line, and the one before has ended."""
    before = lines[order - 1].text if order else ""
    if before and not before.endswith(("。", ")", "」")) and _SENTENCE.fullmatch(before) is None:
        return "。" not in before and len(before) < _SHORT_LINE and not goes_on(before)
    return any("。" in line.text or line.text.endswith("こと") for line in lines[order : order + _LINES])


_SHORT_LINE, _LINES = 25, 8
_WAYS = (_Way(_is_row, "表の{}行目"), _Way(_is_bullet, "項目{}"), _Way(_is_paragraph, "段落{}"))
