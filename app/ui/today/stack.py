"""Widgets below each other, where one more costs only itself.

Qt's own layouts measure everything anew whenever something is added, and squeeze what they have no room for
until the frame has grown: in a list of many lines both are seen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget


class Pile(QFrame):
    """Each widget has the whole width and exactly the height that it needs there.

    ``grown`` when the pile itself needs another height.
    """

    grown = Signal()

    def __init__(self, role: str = "", margins: QMargins | None = None, spacing: int = 0) -> None:
        super().__init__()
        if role:
            self.setProperty("role", role)
        self._margins = margins or QMargins()
        self._spacing = spacing
        self._held: list[QWidget] = []
        self._needed: dict[int, int] = {}
        """The whole height by width, as long as nothing changes."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        widget.setParent(self)
        self._held.append(widget)
        widget.show()
        self._changed()

    def hold_only(self, widget: QWidget) -> None:
        """Put a widget in place of all others, which go for good."""
        for former in self._held:
            former.hide()
            # Not at once: this may be the answer to a press of one of its buttons.
            former.deleteLater()
        self._held.clear()
        self.add(widget)

    def has(self, widget: QWidget) -> bool:
        """Whether a widget stands here."""
        return widget in self._held

    @property
    def holds(self) -> int:
        """How many widgets there are."""
        return len(self._held)

    def heightForWidth(self, width: int) -> int:
        if width not in self._needed:
            inner = width - self._margins.left() - self._margins.right()
            heights = [_height(one, inner) for one in self._held if not one.isHidden()]
            room = self._margins.top() + self._margins.bottom() + self._spacing * max(0, len(heights) - 1)
            self._needed[width] = sum(heights) + room
        return self._needed[width]

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._needed.clear()
            self._place()

    def _changed(self) -> None:
        """Something was added, or needs another height: place all, and tell whoever holds the pile."""
        before = self.heightForWidth(self.width()) if self._needed else None
        self._needed.clear()
        self._place()
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
            self._tell_the_unseen()
            self.grown.emit()

    def _tell_the_unseen(self) -> None:
        """Tell the pile around this one itself: Qt asks a holder that is not on screen to lay out nothing.

        It would keep the height it had before, and come up with its lines cut off or none at all.
        """
        around = self.parentWidget()
        if isinstance(around, Pile) and not around.isVisible() and around.has(self):
            around._changed()

    def _place(self) -> None:
        left, top = self._margins.left(), self._margins.top()
        width = self.width() - left - self._margins.right()
        for one in self._held:
            if one.isHidden():
                continue
            height = _height(one, width)
            one.setGeometry(left, top, width, height)
            top += height + self._spacing


def _height(widget: QWidget, width: int) -> int:
    """What a widget needs at a width; cheap as long as its own layout has not changed."""
    if widget.hasHeightForWidth():
        return max(widget.heightForWidth(width), widget.minimumHeight())
    return max(widget.sizeHint().height(), widget.minimumHeight())
