"""Windows and dialogs that never reach beyond the screen, and content that is then scrolled, not cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QRegion, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QStackedWidget, QWidget

from app.ui.parts.space.answers import scroll

_FRAME = QSize(16, 48)
"""Logical pixels of title bar and edges: what the system draws is not known before the window is up."""
_GROWS = 3
"""Lines of text by which a dialog may grow when it says what is wrong."""


def usable(widget: QWidget) -> QRect:
    """The part of its screen that windows may use; of a window that is not up yet, its parent's screen.

    A widget is never asked for its screen itself: PySide6 makes the screen a child of the widget that was
    asked and takes it down with it, and the next window that comes up ends the program.
    """
    window = widget.window()
    around = window.parentWidget()
    if around is not None and not window.isVisible():
        return usable(around)
    here = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    return here.availableGeometry()


def room(window: QWidget) -> QSize:
    """How large the inside of a window may be on its screen."""
    return usable(window).size() - _FRAME


def fit(window: QWidget, wanted: QSize, free: QSize | None = None) -> None:
    """Make a window ``wanted`` large, or as large as there is room for. ``free``: none: as on its screen."""
    free = room(window) if free is None else free
    window.setMinimumSize(window.minimumSize().boundedTo(free))
    window.resize(wanted.boundedTo(free))


def areas() -> list[QRect]:
    """The parts of all screens that windows may use, the main screen's first."""
    main = QGuiApplication.primaryScreen()
    others = (one for one in QGuiApplication.screens() if one is not main)
    return [one.availableGeometry() for one in (main, *others)]


def stand_again(window: QWidget, kept: QByteArray) -> bool:
    """Put a window where it stood, or as near as can be reached on the screens there are now.

    The second screen may have been unplugged, or have become smaller. False if ``kept`` is no such place.
    """
    if not window.restoreGeometry(kept):
        return False
    if not window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
        bring_inside(window, areas())
    return True


def bring_inside(window: QWidget, free: Sequence[QRect]) -> None:
    """Move a window that is not whole on the screens onto the one that shows most of it, no larger than it.

    Its title bar too: without it nobody can move the window.
    """
    outer = QRect(window.pos(), window.size() + _FRAME)
    if not QRegion(outer).subtracted(_joined(free)).isEmpty():
        area = max(free, key=lambda one: _shown(one, outer))
        size = window.size().boundedTo(area.size() - _FRAME)
        window.resize(size)
        last = area.bottomRight() - QPoint(*(size + _FRAME - QSize(1, 1)).toTuple())
        left = max(area.left(), min(outer.left(), last.x()))
        window.move(left, max(area.top(), min(outer.top(), last.y())))


def _joined(free: Sequence[QRect]) -> QRegion:
    whole = QRegion()
    for area in free:
        whole = whole.united(area)
    return whole


def _shown(area: QRect, outer: QRect) -> int:
    seen = area.intersected(outer)
    return seen.width() * seen.height() if not seen.isEmpty() else 0


def keep_inside(dialog: QDialog, free: QSize | None = None) -> None:
    """Before a dialog comes up: what has no room on the screen is scrolled, above its buttons."""
    free = room(dialog) if free is None else free
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    wanted = (
        dialog.size() if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized) else _natural(dialog, layout)
    )
    least = layout.totalMinimumSize().expandedTo(dialog.minimumSize())
    wide = min(wanted.width(), free.width())
    high = max(least.height(), layout.totalMinimumHeightForWidth(wide) if layout.hasHeightForWidth() else 0)
    spare = _GROWS * dialog.fontMetrics().lineSpacing()
    if least.width() > free.width() or high + spare > free.height():
        scroll(dialog, layout)
        wanted = wanted.expandedTo(QSize(least.width(), high + spare))
    fit(dialog, wanted, free)
    growing = dialog.findChild(_Growing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if growing is None:
        growing = _Growing(dialog)
        dialog.installEventFilter(growing)
    growing.free = free


class _Growing(QObject):
    """Keeps a dialog high enough for all that it comes to say; what the screen has no room for is scrolled.

    Qt keeps it at the least its widgets can be, not at the lines that a text takes at its width: the end of
    an answer was cut, and with it what it says against itself.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._asked = QSize()
        self.free = QSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._lacks():
            # Later: the layout is being worked out just now, and more may follow.
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def _lacks(self) -> int:
        """The height that it needs, where it has less; otherwise 0."""
        dialog, layout = self._dialog, self._dialog.layout()
        if layout is None or not layout.hasHeightForWidth():
            return 0
        high = layout.totalMinimumHeightForWidth(dialog.width())
        # A box of a message is as large as it makes itself: both would resize it for ever.
        return high if dialog.height() < high <= dialog.maximumHeight() else 0

    def _grow(self) -> None:
        dialog, layout, high = self._dialog, self._dialog.layout(), self._lacks()
        wanted = QSize(dialog.width(), high)
        # What was not granted once is not asked for again.
        if layout is None or not high or wanted == self._asked:
            return
        if high > self.free.height():
            scroll(dialog, layout)
        dialog.resize(wanted.boundedTo(self.free))
        self._asked = QSize() if dialog.height() >= high else wanted
        bring_inside(dialog, areas())


def _natural(dialog: QDialog, layout: QLayout) -> QSize:
    """The size that shows everything, long texts in all their lines; Qt's own stops at part of the screen."""
    size = dialog.sizeHint().expandedTo(dialog.minimumSize())
    if layout.hasHeightForWidth():
        size.setHeight(max(size.height(), layout.totalHeightForWidth(size.width())))
    return size


class Framed(QScrollArea):
    """A page that is scrolled where the window is smaller than the least that the page can be.

    ``place``: the widget in which a page is made that comes after what scrolls it. Each widget that comes to
    stand around a page is told to everything on it, and that is most of what a page takes to come up.
    """

    def __init__(self, page: QWidget | None = None, inside: QStackedWidget | None = None) -> None:
        """``page``: None where it is made later, see ``hold``; ``inside``: the stack that it is put into."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Qt makes one of its own, but is asked for it below, and of a widget that Python does not know
        # PySide6 has to find out what it is: for that it makes every class of widgets there is.
        self.setViewport(QWidget())
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        if inside is not None:
            inside.addWidget(self)
        self.place = _Held(self)
        self.setWidget(self.place)
        if page is not None:
            self.hold(page)

    def hold(self, page: QWidget) -> None:
        """Take the page that is to be scrolled, once."""
        if page.parentWidget() is not self.place:
            page.setParent(self.place)
        self.place.hold(page)


def bring_up(part: QWidget) -> None:
    """Scroll the page on which ``part`` stands so that it is seen from its top on, once it has its place.

    What is scrolled keeps where it was when something else comes to stand in it, and what is to be read and
    pressed first would be out of sight.
    """
    QTimer.singleShot(0, part, partial(_brought_up, part))


def _brought_up(part: QWidget) -> None:
    around = part.parentWidget()
    while around is not None and not isinstance(around, Framed):
        around = around.parentWidget()
    if around is not None and part.isVisible():
        around.verticalScrollBar().setValue(part.mapTo(around.place, QPoint()).y())


class _Held(QWidget):
    """As large as its page can be at least; Qt's own area would take the height that it likes best."""

    def __init__(self, around: QScrollArea) -> None:
        super().__init__()
        self._page: QWidget | None = None
        self._around = around

    def hold(self, page: QWidget) -> None:
        """The page is there."""
        self._page = page
        page.setGeometry(self.rect())
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        page = self._page
        # Asked as well while the page is being made, or taken down with it.
        if page is None or not shiboken6.isValid(page):
            return QSize(0, 0)
        layout = page.layout()
        least = page.minimumSizeHint().expandedTo(page.minimumSize())
        if layout is None or not layout.hasHeightForWidth():
            return least
        wide = max(least.width(), self._around.viewport().width())
        return QSize(least.width(), max(page.minimumHeight(), layout.totalMinimumHeightForWidth(wide)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # The page asks for another size: without a layout of its own, nothing would hand that on.
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())
