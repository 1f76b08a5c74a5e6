"""Which candidates are numbers of clauses: one pass over the lines with the levels that are open.

A number is taken only as the successor of one that is open, or where it opens a level with 1. That alone
tells references at the beginning of a line, dates and amounts from numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.annexes.reading.marks import Mark, Style

_MASKED, _FEW_MASKED = 5, 3
"""By how much a clause's number may jump: the one between was damaged. Plain numbers jump less."""
_COUNTED_ON = (Style.PLAIN, Style.HALF, Style.KANJI)
_GOES_ON = re.compile(r"[、,はをにがのと]\s*$")
"""How a text ends that goes on behind the number: that one is part of its sentence."""
_DEEPEST = 10
"""Levels: annexes have six at most, and what is no annex would be taken deeper and deeper."""
LEAD = re.compile("次[のにを]|以下[のにを]|下記|各号|[次下左]に(?:掲げる|定める|よる|より)|[左下]の")


@dataclass(eq=False, slots=True)
class Node:
    """A clause, paragraph or item. ``end``: where its number ends; ``stop``: where the next one begins.

    ``own``: whether text stands right behind the number, or only paragraphs of their own.
    """

    mark: Mark
    document: int
    parent: Node | None
    end: int
    begin: int
    stop: int = 0
    children: list[Node] = field(default_factory=list)
    heading: tuple[int, int] | None = None
    options: list[tuple[int, int]] = field(default_factory=list)
    implied: bool = False


class Outline:
    """The levels that are open in one document, from the clause down."""

    def __init__(self, document: int) -> None:
        self.document = document
        self.open: list[Node] = []

    @property
    def last(self) -> Node | None:
        """The node that text belongs to now."""
        return self.open[-1] if self.open else None

    def follows(
        self, mark: Mark, *, loosely: bool, confirmed: bool = False, anew: bool = False
    ) -> int | None:
        """The depth at which ``mark`` is the next number; None where it is none.

        ``loosely``: a clause's number between may be damaged; ``confirmed``: the number after it comes later;
        ``anew``: the sentence before has ended, so that any later clause may follow: the text is an extract.
        """
        for depth in range(len(self.open) - 1, -1, -1):
            if _succeeds(mark, self.open[depth].mark, loosely=loosely, anew=anew):
                return depth
        if confirmed and self.open and mark.style is self.open[0].mark.style and mark.style in _COUNTED_ON:
            return 0 if 1 < mark.value[0] - self.open[0].mark.value[0] <= _FEW_MASKED else None
        return None

    def unmasked(self, mark: Mark) -> tuple[Mark, int | None]:
        """``mark``, whose number nobody can read, as one between the clause that is open and the next; and
        the depth of that clause, None where none is open."""
        held = ((depth, node.mark) for depth, node in enumerate(self.open))
        found = next(((depth, one) for depth, one in held if one.style is Style.ARTICLE), None)
        if found is None:
            return mark, None
        depth, (whole, *branch) = found[0], found[1].value
        return replace(mark, value=(whole, *branch[:-1], (branch or [0])[-1] + 1)), depth

    def repeated(self, mark: Mark) -> int | None:
        """The depth at which the same number is open as ``mark``; None where it is not."""
        held = ((depth, node.mark) for depth, node in enumerate(self.open))
        return next((at for at, one in held if (one.style, one.value) == (mark.style, mark.value)), None)

    def is_last(self, mark: Mark) -> bool:
        """Whether the item that is open has the number of ``mark``, and nothing stands below it."""
        last = self.last
        return last is not None and (last.mark.style, last.mark.value) == (mark.style, mark.value)

    def opens(self, mark: Mark, *, text: str, confirmed: bool) -> bool:
        """Whether ``mark`` begins a level below what is open; ``text``: what the last node says so far."""
        if not self.open:
            return _is_first(mark, confirmed=confirmed)
        if mark.style.is_top or mark.style is Style.CHAPTER or len(self.open) >= _DEEPEST:
            return False
        if mark.style is Style.DECIMAL:
            above = self.open[-1].mark
            return (
                mark.value[-1] == 1
                and mark.value[:-1] == above.value[-len(mark.value) + 1 :]
                and (above.style in (Style.PLAIN, Style.POINT, Style.ARTICLE, Style.DECIMAL))
            )
        if mark.value[-1] != 1 or any(one.mark.style is mark.style for one in self.open[-1:]):
            return False
        if mark.style is Style.PLAIN and text.strip():
            # Else the number of a page would open a list behind any sentence.
            broken = not mark.apart and _GOES_ON.search(text)
            ended = text.rstrip().endswith("。") and not confirmed
            return not broken and (bool(LEAD.search(text)) or not ended)
        return mark.apart or bool(LEAD.search(text)) or not text.strip()

    def put(self, mark: Mark, depth: int | None, *, begin: int, bare: bool) -> tuple[list[Node], Node | None]:
        """Take ``mark`` in at ``depth``, or below all; the new nodes, and one that is none after all.

        A clause comes with the first paragraph that nobody numbers. ``bare``: nothing but a heading stands
        between the last number and this one.
        """
        if depth is None:
            depth = len(self.open)
        old = self.open[depth] if depth < len(self.open) else None
        style = old.mark.style if old is not None else mark.style
        top = self.open[-1] if self.open and depth == len(self.open) else None
        gone: Node | None = None
        if top is not None and top.implied and mark.style is Style.PLAIN and bare and mark.value == (1,):
            # The first paragraph has its number printed: the implied one is none.
            style, depth, gone = Style.PARAGRAPH, depth - 1, top
            if top.parent is not None:
                top.parent.children.remove(top)
        del self.open[depth:]
        parent = self.open[-1] if self.open else None
        label = f"第{mark.value[0]}項" if style is Style.PARAGRAPH else mark.label
        held = Mark(style, mark.value, label, mark.start, mark.end, mark.apart)
        made = [Node(held, self.document, parent, mark.end, begin)]
        if parent is not None:
            parent.children.append(made[0])
        self.open.append(made[0])
        if style.is_top:
            first = Mark(Style.PARAGRAPH, (1,), "第1項", mark.end, mark.end)
            implied = Node(first, self.document, made[0], mark.end, mark.end, implied=True)
            made[0].children.append(implied)
            self.open.append(implied)
            made.append(implied)
        return made, gone


def _is_first(mark: Mark, *, confirmed: bool) -> bool:
    """A text may begin in the middle of an annex: then another number of the kind has to follow."""
    if mark.style.is_top:
        return True
    if mark.style is Style.DECIMAL:
        return mark.value[-1] == 1 or confirmed
    return mark.value[-1] == 1 or (confirmed and mark.style in (Style.PLAIN, Style.BRACED, Style.KANJI))


def _succeeds(mark: Mark, before: Mark, *, loosely: bool, anew: bool) -> bool:
    style = before.style
    if mark.style is not style and not (style is Style.PARAGRAPH and mark.style is Style.PLAIN):
        return False
    if style is Style.DECIMAL:
        size = min(len(mark.value), len(before.value))
        if len(mark.value) != len(before.value):
            return False
        if loosely and mark.value == (*before.value[:-2], before.value[-2] + 1, 1):
            return True
        return mark.value[: size - 1] == before.value[: size - 1] and mark.value[-1] == before.value[-1] + 1
    if style is Style.ARTICLE and len(mark.value) > 1 and mark.value[0] == before.value[0]:
        return mark.value > before.value
    if style is Style.ARTICLE and len(mark.value) > 1 and not anew:
        return False
    step = mark.value[0] - before.value[0]
    return step == 1 or (loosely and style.is_top and step > 1 and (step <= _MASKED or (anew and mark.apart)))
