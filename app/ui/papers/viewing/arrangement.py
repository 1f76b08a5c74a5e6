"""Where the pages of a document lie: below each other, and beside each other where the window is wide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRect, QSize

POINT = 96 / 72
"""Logical pixels of a point at 100 %."""
GAP = 14
"""Logical pixels around each page."""
_BESIDE = 0.7
"""The least zoom at which pages are laid beside each other: the small print can still be read."""
_LEAST = 0.1


class Fit(Enum):
    """What a page is kept as large as."""

    WIDTH = "width"
    WHOLE = "whole"
    FREE = "free"


class Arrangement:
    """The places of all pages on one long sheet, in logical pixels; of a thousand pages as fast as of one."""

    def __init__(self, sizes: Sequence[tuple[float, float]], view: QSize, fit: Fit, zoom: float) -> None:
        """``sizes``: of the pages in points; ``view``: the room; ``zoom``: where nothing is fitted."""
        self._sizes = sizes
        self._view = view
        wide = max((size[0] for size in sizes), default=595.0) * POINT
        high = max((size[1] for size in sizes), default=842.0) * POINT
        many = max(1, len(sizes))
        across = 1
        if fit is Fit.WIDTH:
            while across < many and self._wide_zoom(across + 1, wide) >= _BESIDE:
                across += 1
            zoom = max(_LEAST, self._wide_zoom(across, wide))
        else:
            if fit is Fit.WHOLE:
                zoom = max(_LEAST, min(self._wide_zoom(1, wide), (view.height() - 2 * GAP) / high))
            across = min(many, max(1, int((view.width() - GAP) // (round(wide * zoom) + GAP))))
        self.zoom = zoom
        self.across = across
        """Pages beside each other."""
        self._column = round(wide * zoom)
        self._tops: list[int] = []
        top = GAP
        for at in range(0, len(sizes), across):
            self._tops.append(top)
            top += max(self.size(page).height() for page in range(at, min(at + across, len(sizes)))) + GAP
        self.extent = QSize(across * (self._column + GAP) + GAP, top)

    def size(self, page: int) -> QSize:
        """How large a page is."""
        wide, high = self._sizes[page]
        return QSize(round(wide * self.zoom * POINT), round(high * self.zoom * POINT))

    def place(self, page: int) -> QRect:
        """Where a page lies."""
        size = self.size(page)
        row, column = divmod(page, self.across)
        spare = max(0, self._view.width() - self.extent.width()) // 2
        left = spare + GAP + column * (self._column + GAP) + (self._column - size.width()) // 2
        return QRect(left, self._tops[row], size.width(), size.height())

    def at(self, height: int) -> range:
        """The pages of the row at ``height``, or of the last that begins above it."""
        if not self._tops:
            return range(0)
        row = max(0, bisect_right(self._tops, height) - 1)
        return range(row * self.across, min((row + 1) * self.across, len(self._sizes)))

    def within(self, area: QRect) -> list[int]:
        """The pages of which something lies in ``area``."""
        first, last = self.at(area.top()), self.at(area.bottom())
        return [page for page in range(first.start, last.stop) if self.place(page).intersects(area)]

    def _wide_zoom(self, across: int, wide: float) -> float:
        return (self._view.width() - (across + 1) * GAP) / (across * wide)
