"""The pages of a document below each other, drawn sharp for the screen when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.common import Cancelled, Progress
from app.ui.context import Context

if TYPE_CHECKING:
    from app.printing.pages import OpenPdf

_POINT = 96 / 72
"""Logical pixels of a point at 100 %."""
_MARGIN = 14
_KEPT = 12
"""Page pictures kept in memory."""
ZOOMS = (0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page at one scale."""

    scale: float
    image: QImage


class _Open:
    """The file on show. Work that waits for a file put away meanwhile ends as though it was cancelled."""

    def __init__(self) -> None:
        self._pdf: OpenPdf | None = None

    @property
    def pdf(self) -> OpenPdf | None:
        return self._pdf

    def put(self, pdf: OpenPdf | None) -> None:
        former, self._pdf = self._pdf, pdf
        if former is not None:
            former.close()

    def image(self, wanted: OpenPdf, page: int, scale: float) -> QImage:
        if wanted is not self._pdf:
            raise Cancelled
        width, height, data = wanted.image(page, scale)
        return QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class Pages(QAbstractScrollArea):
    """The pages of one PDF. ``moved`` when another page is at the top, or the zoom has changed."""

    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._open = _Open()
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[int] = []
        self._drawn: OrderedDict[int, _Drawn] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._generation = 0
        self._zoom = 1.0
        self._fit = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._draw_seen)
        self.setAccessibleName("書類のページ")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 200))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _at: self.viewport().update())
        context.look.changed.connect(self.viewport().update)
        opened = self._open
        self.destroyed.connect(lambda: opened.put(None))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def zoom(self) -> float:
        """1.0 shows a page at its own size."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the page is kept as wide as the window."""
        return self._fit

    @property
    def page(self) -> int:
        """The page at the top, from 0."""
        at = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((n for n, top in enumerate(self._tops) if top <= at), default=0)

    def drawn(self, page: int) -> bool:
        """Whether a page stands there sharp."""
        held = self._drawn.get(page)
        return held is not None and held.scale == self._scale()

    def show_pdf(self, pdf: bytes | None) -> None:
        """Show a file from its first page, or nothing."""
        from app.printing.pages import OpenPdf

        self._generation += 1
        self._drawn.clear()
        self._asked.clear()
        held = OpenPdf(pdf) if pdf else None
        self._open.put(held)
        self._sizes = [held.size(page) for page in range(held.page_count)] if held else []
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._describe()
        self.moved.emit()

    def text(self, page: int) -> str:
        """What a page says, for reading out."""
        held = self._open.pdf
        return held.text(page) if held is not None and page < self.count else ""

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if 0 <= page < self.count:
            self.verticalScrollBar().setValue(self._tops[page] - _MARGIN // 2)
            self._describe()

    def fit_width(self) -> None:
        """Keep the pages as wide as the window."""
        self._fit = True
        self._rearrange()

    def set_zoom(self, zoom: float) -> None:
        """Show the pages in another size."""
        self._fit = False
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._rearrange()

    def closer(self, steps: int) -> None:
        """To the next size up or down."""
        if steps > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > self._zoom + 0.01), ZOOMS[-1]))
        else:
            self.set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < self._zoom - 0.01), ZOOMS[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = self._context.look
        painter.fillRect(event.rect(), look.colour("muted-soft"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._seen():
            place = self._place(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            held = self._drawn.get(page)
            if held is not None:
                painter.drawImage(QRectF(place), held.image)
            painter.setPen(look.colour("border"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle.start(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.closer(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = Qt.Key(event.key()), self.verticalScrollBar()
        step = self.viewport().height() - 2 * _MARGIN
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._zoom_key(key):
            return
        moves = {
            Qt.Key.Key_PageDown: bar.value() + step,
            Qt.Key.Key_Space: bar.value() + step,
            Qt.Key.Key_PageUp: bar.value() - step,
            Qt.Key.Key_Down: bar.value() + 40,
            Qt.Key.Key_Up: bar.value() - 40,
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if key in moves:
            bar.setValue(moves[key])
            return
        super().keyPressEvent(event)

    def _zoom_key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Semicolon, Qt.Key.Key_Equal):
            self.closer(1)
        elif key == Qt.Key.Key_Minus:
            self.closer(-1)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            return False
        return True

    def _scale(self) -> float:
        """Device pixels of a point."""
        return self._zoom * _POINT * self.devicePixelRatioF()

    def _rearrange(self) -> None:
        page, top = self.page, self.verticalScrollBar().value()
        within = top - self._tops[page] if self._tops else 0
        self._arrange()
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[page] + within)
        self.moved.emit()

    def _arrange(self) -> None:
        width = max((size[0] for size in self._sizes), default=595.0)
        if self._fit:
            room = self.viewport().width() - 2 * _MARGIN
            self._zoom = max(room / (width * _POINT), 0.1)
        self._tops, top = [], _MARGIN
        for size in self._sizes:
            self._tops.append(top)
            top += round(size[1] * self._zoom * _POINT) + _MARGIN
        full = round(width * self._zoom * _POINT) + 2 * _MARGIN
        view = self.viewport().size()
        for bar, length, shown in (
            (self.verticalScrollBar(), top, view.height()),
            (self.horizontalScrollBar(), full, view.width()),
        ):
            bar.setRange(0, max(0, length - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(40)
        self.viewport().update()
        self._settle.start(30)

    def _place(self, page: int) -> QRect:
        size = QSize(*(round(points * self._zoom * _POINT) for points in self._sizes[page]))
        room = self.viewport().width()
        left = max(_MARGIN, (room - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[page] - self.verticalScrollBar().value()), size)

    def _seen(self) -> list[int]:
        view = self.viewport().rect()
        return [page for page in range(self.count) if self._place(page).intersects(view)]

    def _scrolled(self) -> None:
        self.viewport().update()
        self._settle.start(30)
        self.moved.emit()

    def _describe(self) -> None:
        said = self.text(self.page)
        self.setAccessibleDescription(said[:2000])

    def _draw_seen(self) -> None:
        """Have the pages one sees drawn in the worker, sharp for this screen."""
        scale = self._scale()
        for page in self._seen():
            if not self.drawn(page) and self._asked.get(page) != scale:
                self._asked[page] = scale
                self._ask(page, scale)

    def _ask(self, page: int, scale: float) -> None:
        opened, generation = self._open, self._generation
        held = opened.pdf
        if held is None:
            return

        def work(_progress: Progress) -> QImage:
            return opened.image(held, page, scale)

        def done(image: QImage) -> None:
            if generation == self._generation:
                self._drawn[page] = _Drawn(scale, image)
                self._drawn.move_to_end(page)
                self._asked.pop(page, None)
                while len(self._drawn) > _KEPT:
                    self._drawn.popitem(last=False)
                self.viewport().update()

        self._context.operations.run(work, done, owner=self)
