"""Looking for words in a document: every finding counted, gone through in turn, and marked on its page."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.common import Progress
from app.records.spelling.fold import squeezed
from app.records.spelling.found import folded, spans
from app.ui.context import Context
from app.ui.operations import Lane
from app.ui.papers.viewing.page_view import Pages

if TYPE_CHECKING:
    from app.printing.pages import Box, OpenPdf

_TURN = 0.04
"""Seconds after which reading gives way: the pages one scrolls to are drawn in between."""


class Finder(QObject):
    """Finds in whatever spelling; ``changed`` when more is known. Pages are read one after the other.

    Of a document only its folded text is kept (some kilobytes a page); where findings stand is asked for the
    pages in sight alone, so that a thousand pages full of them take no more room than ten.
    """

    changed = Signal()

    def __init__(self, context: Context, pages: Pages) -> None:
        super().__init__(pages)
        self._context, self._pages = context, pages
        self._wanted = ""
        self._texts: list[str] = []
        self._counts: list[int] = []
        self._boxes: dict[int, list[list[Box]]] = {}
        self._asked: set[int] = set()
        self._at: tuple[int, int] | None = None
        self._reading = False
        self._turn = 0
        pages.moved.connect(self._mark)

    @property
    def wanted(self) -> str:
        """What is looked for, folded; empty where nothing is."""
        return self._wanted

    @property
    def total(self) -> int:
        """How many findings there are in the pages read so far."""
        return sum(self._counts)

    @property
    def number(self) -> int:
        """Which finding one looks at, from 1; 0: none."""
        return sum(self._counts[: self._at[0]]) + self._at[1] + 1 if self._at else 0

    @property
    def complete(self) -> bool:
        """Whether all pages were read."""
        return len(self._texts) == self._pages.count

    def forget(self) -> None:
        """Nothing is known of any document: before another one is shown, whose pages are others."""
        self._turn += 1
        self._reading = False
        self._texts, self._counts, self._at = [], [], None
        self._boxes, self._asked = {}, set()

    def begin(self) -> None:
        """Look in the document that is shown now."""
        self.look_for(self._wanted, again=True)

    def look_for(self, text: str, *, again: bool = False) -> None:
        """Look for ``text``, from the page one looks at on; empty: for nothing."""
        wanted = squeezed(text)
        if wanted == self._wanted and not again:
            return
        self._wanted, self._at = wanted, None
        self._boxes, self._asked = {}, set()
        self._counts = [one.count(wanted) if wanted else 0 for one in self._texts]
        self._go_on()

    def step(self, by: int) -> None:
        """To the next finding (1) or the one before (-1); after the last comes the first."""
        if not self.total:
            return
        wanted = (self.number - 1 + by) % self.total if self._at else 0
        for page, count in enumerate(self._counts):
            if wanted < count:
                self._at = (page, wanted)
                break
            wanted -= count
        self._mark()
        self.changed.emit()

    def _go_on(self) -> None:
        """Go to the first finding as soon as it is known, and read what was not read yet."""
        if self._at is None and self._wanted:
            here = self._pages.page
            ahead = (page for page, count in enumerate(self._counts) if count and page >= here)
            first = next(ahead, None)
            if first is None and self.complete:
                first = next((page for page, count in enumerate(self._counts) if count), None)
            self._at = None if first is None else (first, 0)
        self._mark()
        self.changed.emit()
        if self._wanted and not self.complete and not self._reading:
            self._read()

    def _read(self) -> None:
        shown, held = self._pages.shown, self._pages.shown.pdf
        if held is None:
            return
        first, count, turn = len(self._texts), self._pages.count, self._turn
        self._reading = True

        def work(_progress: Progress) -> list[str]:
            texts, end = list[str](), time.monotonic() + _TURN
            for page in range(first, count):
                shown.check(held)
                texts.append(folded(held.letters(page)).text)
                if time.monotonic() > end:
                    break
            return texts

        def done(texts: list[str]) -> None:
            if turn != self._turn:
                return
            self._reading = False
            self._texts += texts
            self._counts += [one.count(self._wanted) if self._wanted else 0 for one in texts]
            self._go_on()

        self._context.operations.run(work, done, owner=self, lane=Lane.ROWS)

    def _mark(self) -> None:
        """Mark the findings of the pages in sight, and ask where those stand that were never seen."""
        held = self._pages.shown.pdf
        sought = {*self._pages.seen(), *([self._at[0]] if self._at else [])}
        known = range(len(self._counts))
        for page in sorted(sought - self._asked):
            if held is not None and self._wanted and page in known and self._counts[page]:
                self._asked.add(page)
                self._locate(held, page)
        at = self._at if self._at is not None and self._at[0] in self._boxes else None
        self._pages.show_marks(self._boxes, at)

    def _locate(self, held: OpenPdf, page: int) -> None:
        shown, wanted, turn = self._pages.shown, self._wanted, self._turn

        def work(_progress: Progress) -> list[list[Box]]:
            shown.check(held)
            return held.boxes(page, spans(folded(held.letters(page)), wanted))

        def done(boxes: Sequence[list[Box]]) -> None:
            if turn == self._turn and wanted == self._wanted:
                self._boxes[page] = list(boxes)
                self._mark()

        self._context.operations.run(work, done, owner=self, lane=Lane.ROWS)
