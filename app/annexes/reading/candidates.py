"""The lines of a text without what belongs to its pages, and what may be a number at their beginning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from app.annexes.reading import headings
from app.annexes.reading.around import run_on
from app.annexes.reading.around.furniture import blanked, furniture
from app.annexes.reading.marks import Mark, Style, marks_at
from app.annexes.reading.text import Line, Text, lines_of
from app.common import Progress

_BEFORE_NUMBER = re.compile(f"[{re.escape(headings.DECORATION)}]*")
_WITHIN = re.compile(r"[。)」](?:[^\S\n]*)|\t(?=[(①-⑳])")
"""Behind a sentence, a bracket, or where a cell begins with the number of an item."""
_REST = re.compile(r"[^\S\n\f]*[^\s]")
_SPACES = re.compile(r"\s+")
_SAID = "番号を探しています"
_STEP = 2000
"""Lines between two looks at whether the reading is to stop: a few hundredths of a second."""
_LONG_LINE = 300
_FEW_LINES = 4
"""So few lines of a text that its numbers stand within them."""


class Candidates:
    """``clean``: the folded text with blanks where ``furniture`` stands; ``lines``: those that say something.

    ``usual``: letters of a full line; ``heads``: what may be a number at the beginning of each line;
    ``gap``: line ends between two lines as a rule; ``single``: all stands on so few lines that numbers are
    within them.
    """

    def __init__(self, text: Text, progress: Progress) -> None:
        """Raises ``Cancelled``."""
        progress.step(0, 0, _SAID)
        lines = lines_of(text.folded)
        progress.step(0, 0, _SAID)
        self.furniture = [(lines[at].start, lines[at].end) for at in sorted(furniture(lines, text.folded))]
        self.clean = blanked(text.folded, self.furniture)
        self.lines = [line for line in lines_of(self.clean) if line.text]
        lengths = sorted(len(line.text) for line in self.lines)
        self.usual = min(lengths[len(lengths) * 9 // 10], 60) if lengths else 0
        apart = [self.clean.count("\n", one.end, two.start) for one, two in pairwise(self.lines)]
        self.gap = max(1, sorted(apart)[len(apart) // 2]) if apart else 1
        self.heads: list[list[Mark]] = []
        for order, line in enumerate(self.lines):
            if not order % _STEP:
                progress.step(order, len(self.lines), _SAID)
            self.heads.append(self._at_start(line))
        self.single = len(self.lines) <= _FEW_LINES
        self._run_on = run_on.found(self.clean) if self.single else {}
        self._known: dict[tuple[Style, tuple[int, ...]], list[int]] = defaultdict(list)
        for found in self.heads:
            for mark in found:
                self._known[mark.style, mark.value].append(mark.start)

    def is_confirmed(self, mark: Mark) -> bool:
        """Whether the next number after ``mark`` begins a line behind it."""
        places = self._known.get((mark.style, (*mark.value[:-1], mark.value[-1] + 1)), [])
        return bisect_right(places, mark.start) < len(places)

    def skipped(self, at: int) -> int:
        """Behind the spaces at ``at`` on the same line."""
        while at < len(self.clean) and self.clean[at] in " \t":
            at += 1
        return at

    def is_followed(self, mark: Mark, *, below: bool = False) -> bool:
        """Whether words stand behind ``mark`` on its line, or with ``below`` on the next and no number."""
        if _REST.match(self.clean, mark.end) is not None:
            return True
        order = bisect_right(self.lines, mark.start, key=lambda line: line.start)
        return below and order < len(self.lines) and not self.heads[order]

    def within(self, place: int) -> list[Mark]:
        """The numbers that may begin at a place within a line."""
        marks = [*marks_at(self.clean, place)]
        return [self._run_on[place]] if place in self._run_on and not marks else marks

    def holds_numbers(self, line: Line) -> bool:
        """Whether several numbers are to be expected within ``line``."""
        return self.single or len(line.text) > _LONG_LINE

    def places(self, line: Line) -> list[int]:
        """Where a number may stand within a line: behind a sentence or bracket, on long lines any space."""
        found = {line.start + match.end() for match in _WITHIN.finditer(line.text)}
        if self.holds_numbers(line):
            found |= {line.start + match.end() for match in _SPACES.finditer(line.text)}
        return sorted(found)

    def _at_start(self, line: Line) -> list[Mark]:
        match = _BEFORE_NUMBER.match(line.text)
        return [*marks_at(self.clean, line.start + (match.end() if match else 0))]
