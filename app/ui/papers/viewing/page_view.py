"""The pages of a document, drawn sharp for the screen when they are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.ui.context import Context
from app.ui.papers.viewing.arrangement import GAP, POINT, Arrangement, Fit
from app.ui.papers.viewing.drawing import Drawing, Wanted
from app.ui.papers.viewing.pictures import Picture, Pictures, Shown, dots_of

if TYPE_CHECKING:
    from app.printing.pages import Box

ZOOMS = (0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_SETTLE = 30
"""Milliseconds that the pages stand still before they are drawn anew."""
_MARK, _CURRENT = QColor(255, 226, 90), QColor(255, 158, 60)
"""Washes over what was found. They multiply: paper is white in every theme, and the letters stay black."""


class Pages(QAbstractScrollArea):
    """The pages of one PDF. ``moved`` when another page is looked at, or the zoom has changed.

    ``stands`` once the first page of a file that was put on show is drawn.
    """

    moved = Signal()
    stands = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.shown = Shown()
        self._sizes: list[tuple[float, float]] = []
        self._pictures = Pictures()
        self._drawing = Drawing(context.operations, self, self.shown, self._take)
        self._marks: Mapping[int, Sequence[Sequence[Box]]] = {}
        self._current: tuple[int, int] | None = None
        self._chosen: int | None = None
        """The page one went to: beside it, or at the end, another may be the first in sight."""
        self._zoom, self._fit = 1.0, Fit.WIDTH
        self._waited_for = False
        self._laid = Arrangement((), QSize(), self._fit, 1.0)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._draw_seen)
        self.setAccessibleName("書類のページ")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 200))
        # Always: one that comes up after the pages are laid out makes them narrower, and all that was drawn
        # for the former width is drawn once more.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _at: self._moved())
        context.look.changed.connect(self.viewport().update)
        shown = self.shown
        self.destroyed.connect(lambda: shown.put(None))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def zoom(self) -> float:
        """1.0 shows a page at its own size."""
        return self._laid.zoom

    @property
    def fit(self) -> Fit:
        """What the pages are kept as large as."""
        return self._fit

    @property
    def across(self) -> int:
        """How many pages lie beside each other."""
        return self._laid.across

    @property
    def page(self) -> int:
        """The page one looks at, from 0: the one gone to, or the first in the upper third."""
        if self._chosen is not None:
            return self._chosen
        row = self._laid.at(self.verticalScrollBar().value() + self.viewport().height() // 3)
        return row.start

    @property
    def held(self) -> int:
        """Bytes of the page pictures in memory."""
        return self._pictures.bytes

    def drawn(self, page: int) -> bool:
        """Whether all that is in sight of a page stands there sharp."""
        return self._pictures.sharp(page, self._scale(), self._sight(page))

    def seen(self) -> list[int]:
        """The pages of which something is in sight."""
        return self._laid.within(self.viewport().rect().translated(self._corner()))

    def show_pdf(self, pdf: bytes | None) -> None:
        """Show a file from its first page, or nothing."""
        from app.printing.pages import OpenPdf

        self._drawing.keep_to(())
        self._pictures.clear()
        self._marks, self._current, self._chosen = {}, None, None
        self._waited_for = True
        held = OpenPdf(pdf) if pdf else None
        self.shown.put(held)
        self._sizes = [held.size(page) for page in range(held.page_count)] if held else []
        self._arrange()
        self.verticalScrollBar().setValue(0)
        # At once: somebody waits for the first page.
        self._settle.stop()
        self._draw_seen()
        self.moved.emit()

    def text(self, page: int) -> str:
        """What a page says, for reading out."""
        held = self.shown.pdf
        return held.text(page) if held is not None and page < self.count else ""

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if 0 <= page < self.count:
            self._bring(page, self._laid.place(page).top() - GAP // 2)

    def show_marks(
        self, marks: Mapping[int, Sequence[Sequence[Box]]], current: tuple[int, int] | None
    ) -> None:
        """Wash over what was found: by page its boxes in points, one finding after the other.

        ``current``: page and number of the finding that one looks at; it is brought into sight.
        """
        former, self._marks, self._current = self._current, marks, current
        if current is not None and current != former:
            self._show_box(current[0], marks.get(current[0], ())[current[1]])
        self.viewport().update()

    def fit_to(self, fit: Fit) -> None:
        """Keep the pages as large as the window."""
        self._fit = fit
        self._rearrange()

    def set_zoom(self, zoom: float) -> None:
        """Show the pages in another size."""
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self.fit_to(Fit.FREE)

    def closer(self, steps: int) -> None:
        """To the next size up or down."""
        if steps > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > self.zoom + 0.01), ZOOMS[-1]))
        else:
            self.set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom - 0.01), ZOOMS[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = self._context.look
        painter.fillRect(event.rect(), look.colour("muted-soft"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self.seen():
            place = self._place(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            painter.setClipRect(place)
            for picture in self._pictures.of(page):
                self._paint(painter, page, picture)
            self._paint_marks(painter, page)
            painter.setClipping(False)
            painter.setPen(look.colour("border"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _paint(self, painter: QPainter, page: int, picture: Picture) -> None:
        """Dot on dot where it was drawn for this screen, stretched until it is."""
        stretched = self._scale() / picture.scale / self.devicePixelRatioF()
        left, top = picture.area.x() * stretched, picture.area.y() * stretched
        size = QSizeF(picture.area.size()) * stretched
        painter.drawImage(QRectF(self._origin(page) + QPointF(left, top), size), picture.image)

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        scale, origin = self.zoom * POINT, self._origin(page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for number, boxes in enumerate(self._marks.get(page, ())):
            wash = _CURRENT if (page, number) == self._current else _MARK
            for left, top, width, height in boxes:
                area = QRectF(left * scale, top * scale, width * scale, height * scale)
                painter.fillRect(area.translated(origin).adjusted(-1, -1, 1, 1), wash)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle.start(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.closer(1 if turned > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = Qt.Key(event.key()), self.verticalScrollBar()
        step = self.viewport().height() - 2 * GAP
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
            self.fit_to(Fit.WIDTH)
        elif key == Qt.Key.Key_9:
            self.fit_to(Fit.WHOLE)
        else:
            return False
        return True

    def _scale(self) -> float:
        """Device pixels of a point."""
        return self.zoom * POINT * self.devicePixelRatioF()

    def _corner(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _place(self, page: int) -> QRect:
        return self._laid.place(page).translated(-self._corner())

    def _origin(self, page: int) -> QPointF:
        """Where a page begins, on a whole dot of the screen: else its letters would be blurred."""
        fine, place = self.devicePixelRatioF(), self._place(page)
        return QPointF(round(place.x() * fine) / fine, round(place.y() * fine) / fine)

    def _sight(self, page: int) -> QRect:
        """What of a page is in sight, in dots of the page."""
        fine, place = self.devicePixelRatioF(), self._place(page)
        seen = (place & self.viewport().rect()).translated(-place.topLeft())
        area = QRect(
            int(seen.x() * fine), int(seen.y() * fine), int(seen.width() * fine), int(seen.height() * fine)
        )
        whole = dots_of(self._sizes[page], self._scale())
        return area & QRect(0, 0, whole.width(), whole.height())

    def _rearrange(self) -> None:
        """Lay the pages out anew; what one looks at stays where it is, also in another size."""
        page, zoom = self.page, self.zoom
        top = self._laid.place(page).top() if self.count else 0
        within = (self.verticalScrollBar().value() - top) / zoom
        self._arrange()
        if self.count:
            self._bring(page, round(self._laid.place(page).top() + within * self.zoom))
        self.moved.emit()

    def _arrange(self) -> None:
        view = self.viewport().size()
        self._laid = Arrangement(self._sizes, view, self._fit, self._zoom)
        for bar, length, shown in (
            (self.verticalScrollBar(), self._laid.extent.height(), view.height()),
            (self.horizontalScrollBar(), self._laid.extent.width(), view.width()),
        ):
            bar.setRange(0, max(0, length - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(40)
        self._moved()

    def _bring(self, page: int, height: int) -> None:
        self._chosen = None
        self.verticalScrollBar().setValue(height)
        self._chosen = page
        self.moved.emit()

    def _show_box(self, page: int, boxes: Sequence[Box]) -> None:
        """Bring what was found into sight, unless it is."""
        if not boxes:
            self.go(page)
            return
        left, top, width, height = (round(length * self.zoom * POINT) for length in boxes[0])
        place = QRect(left, top, width, height).translated(self._laid.place(page).topLeft())
        view = self.viewport().rect().translated(self._corner())
        if not view.contains(place):
            self._bring(page, place.center().y() - view.height() // 3)
            self.horizontalScrollBar().setValue(place.center().x() - view.width() // 2)
        self._chosen = page
        self.moved.emit()

    def _scrolled(self) -> None:
        self._chosen = None
        self._moved()
        self.moved.emit()

    def _moved(self) -> None:
        self.viewport().update()
        self._settle.start(_SETTLE)

    def _draw_seen(self) -> None:
        """Have the pages one sees drawn in the worker, sharp for this screen."""
        seen, scale = self.seen(), self._scale()
        self._drawing.keep_to(seen)
        view = self.viewport().size() * self.devicePixelRatioF()
        for page in seen:
            sight = self._sight(page)
            if not self._pictures.sharp(page, scale, sight):
                self._drawing.ask(Wanted(page, scale, dots_of(self._sizes[page], scale), sight, view))

    def _take(self, page: int, picture: Picture, partly: bool, said: str) -> None:
        self._pictures.put(page, picture, partly, self.seen())
        if page == self.page:
            self.setAccessibleDescription(said)
        self.viewport().update()
        if self._waited_for:
            self._waited_for = False
            self.stands.emit()
