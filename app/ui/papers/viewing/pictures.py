"""The pictures of pages that are kept: of those in sight, and of others within a fixed memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage

from app.common import Cancelled

if TYPE_CHECKING:
    from app.printing.pages import OpenPdf

MOST = 64 * 1024 * 1024
"""Bytes of pictures that are kept of pages out of sight, whatever the document."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page at one scale (dots of a point), or the ``area`` of it, in dots, that was in sight."""

    scale: float
    area: QRect
    image: QImage


class Pictures:
    """Of each page one picture of the whole and one of a part."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, bool], Picture] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    @property
    def bytes(self) -> int:
        """How much memory the pictures take."""
        return sum(held.image.sizeInBytes() for held in self._held.values())

    def of(self, page: int) -> list[Picture]:
        """What there is of a page: what is painted over the other comes last."""
        return [self._held[key] for key in ((page, False), (page, True)) if key in self._held]

    def sharp(self, page: int, scale: float, area: QRect) -> bool:
        """Whether all of ``area`` is there with exactly the dots of the screen."""
        return any(held.scale == scale and held.area.contains(area) for held in self.of(page))

    def put(self, page: int, picture: Picture, partly: bool, seen: Collection[int]) -> None:
        """Keep a picture; what was not used for longest goes, but never what is in ``seen``."""
        if not partly:
            self._held.pop((page, True), None)
        self._held[page, partly] = picture
        self._held.move_to_end((page, partly))
        spare = sum(held.image.sizeInBytes() for (at, _), held in self._held.items() if at not in seen)
        for key in list(self._held):
            if spare <= MOST:
                break
            if key[0] not in seen:
                spare -= self._held.pop(key).image.sizeInBytes()

    def clear(self) -> None:
        """Forget all."""
        self._held.clear()


class Shown:
    """The file on show. Work that waits for a file put away meanwhile ends as though it was cancelled."""

    def __init__(self) -> None:
        self._pdf: OpenPdf | None = None

    @property
    def pdf(self) -> OpenPdf | None:
        """The file, None while there is none."""
        return self._pdf

    def put(self, pdf: OpenPdf | None) -> None:
        """Show another file, or none."""
        former, self._pdf = self._pdf, pdf
        if former is not None:
            former.close()

    def check(self, wanted: OpenPdf) -> None:
        """Raise ``Cancelled`` where ``wanted`` is no longer the file on show."""
        if wanted is not self._pdf:
            raise Cancelled

    def seen(self, wanted: OpenPdf, page: int, scale: float, area: QRect, whole: QSize) -> tuple[QImage, str]:
        """``area`` of a page of ``whole`` dots, and what the page says.

        Called in the worker. Raises ``Cancelled``.
        """
        self.check(wanted)
        part = None if area.size() == whole else (area.x(), area.y(), area.width(), area.height())
        (width, height, data), text = wanted.seen(page, scale, part)
        return QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).copy(), text


def dots_of(size: tuple[float, float], scale: float) -> QSize:
    """How many dots a page has at a scale; what is left of one counts as one."""
    return QSize(ceil(size[0] * scale), ceil(size[1] * scale))
