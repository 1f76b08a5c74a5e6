"""Having pages drawn in the worker: those in sight, of a very large one only what is in sight of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QImage

from app.common import Progress
from app.ui.operations import Job, Lane, Operations
from app.ui.papers.viewing.pictures import Picture, Shown

WHOLE = 6_000_000
"""Dots of a page above which only what is in sight of it is drawn: it may have 50 million."""
_READ_OUT = 2000
"""Signs of a page that are handed to what reads it out."""

Take = Callable[[int, Picture, bool, str], None]
"""Page, its picture, whether that is only a part, and what the page says."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be drawn at a scale (dots of a point); the rest is in dots.

    ``whole``: its size; ``sight``: what of it is in sight; ``view``: the size of the window.
    """

    page: int
    scale: float
    whole: QSize
    sight: QRect
    view: QSize


@dataclass(frozen=True, slots=True)
class _Asked:
    scale: float
    area: QRect
    job: Job


class Drawing:
    """What the worker was asked to draw. Each answer goes to ``take`` in the window's thread."""

    def __init__(self, operations: Operations, owner: QObject, shown: Shown, take: Take) -> None:
        self._operations, self._owner, self._shown, self._take = operations, owner, shown, take
        self._asked: dict[int, _Asked] = {}

    def keep_to(self, pages: Collection[int]) -> None:
        """Draw no others: those in sight would wait for all that were scrolled past."""
        for page in [page for page in self._asked if page not in pages]:
            self._asked.pop(page).job.dropped = True

    def ask(self, wanted: Wanted) -> None:
        """Have a page drawn, unless that is under way."""
        asked, held = self._asked.get(wanted.page), self._shown.pdf
        if asked is not None and asked.scale == wanted.scale and asked.area.contains(wanted.sight):
            return
        if asked is not None:
            asked.job.dropped = True
        if held is None:
            return
        page, area, shown = wanted.page, to_draw(wanted.whole, wanted.sight, wanted.view), self._shown

        def work(_progress: Progress) -> tuple[QImage, str]:
            image, text = shown.seen(held, page, wanted.scale, area, wanted.whole)
            return image, text[:_READ_OUT]

        def done(made: tuple[QImage, str]) -> None:
            self._asked.pop(page, None)
            self._take(page, Picture(wanted.scale, area, made[0]), area.size() != wanted.whole, made[1])

        job = self._operations.run(work, done, owner=self._owner, lane=Lane.ROWS)
        self._asked[page] = _Asked(wanted.scale, area, job)


def to_draw(whole: QSize, sight: QRect, view: QSize) -> QRect:
    """Which dots of a page are drawn: all, or of a large one those in sight and half a screen around."""
    everything = QRect(0, 0, whole.width(), whole.height())
    if whole.width() * whole.height() <= WHOLE:
        return everything
    across, down = view.width() // 2, view.height() // 2
    return sight.adjusted(-across, -down, across, down) & everything
