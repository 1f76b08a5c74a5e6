"""Widgets below each other, where one more costs only itself.

Qt's own layouts measure everything anew whenever something is added, and squeeze what they have no room for
until the frame has grown: in a list of many lines both are seen.

No height is remembered here. Qt tells a holder that is not on screen nothing of what changes inside it, so
that a remembered height would be one of before, and lines would come up cut off or not at all.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget


class Pile(QFrame):
    """Each widget has the whole width and exactly the height that it needs there.

    A pile may hold others. Whoever holds the outermost calls ``lay_out`` after adding to it, and whenever it
    says ``stale``: it came up on screen, or something on screen needs another height.
    """

    stale = Signal()

    def __init__(self, role: str = "", margins: QMargins | None = None, spacing: int = 0) -> None:
        super().__init__()
        if role:
            self.setProperty("role", role)
        self._margins = margins or QMargins()
        self._spacing = spacing
        self._held: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        widget.setParent(self)
        self._held.append(widget)
        widget.show()

    def add_first(self, widget: QWidget) -> None:
        """Put a widget above the others."""
        widget.setParent(self)
        self._held.insert(0, widget)
        widget.show()

    def let_go(self, widget: QWidget) -> None:
        """Hold a widget no more; whoever takes it gives it its place."""
        self._held.remove(widget)

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

    def lay_out(self, width: int) -> int:
        """Place everything, down to the innermost pile, for a width; the height that all of it takes."""
        inner = width - self._margins.left() - self._margins.right()
        top = self._margins.top()
        seen = [one for one in self._held if not one.isHidden()]
        for one in seen:
            height = one.lay_out(inner) if isinstance(one, Pile) else _height(one, inner)
            one.setGeometry(self._margins.left(), top, inner, height)
            top += height + self._spacing
        return top - (self._spacing if seen else 0) + self._margins.bottom()

    def heightForWidth(self, width: int) -> int:
        inner = width - self._margins.left() - self._margins.right()
        heights = [_height(one, inner) for one in self._held if not one.isHidden()]
        room = self._margins.top() + self._margins.bottom() + self._spacing * max(0, len(heights) - 1)
        return sum(heights) + room

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._outermost().stale.emit()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._outermost() is self:
            self.stale.emit()

    def _outermost(self) -> Pile:
        found = self
        while isinstance(around := found.parentWidget(), Pile):
            found = around
        return found


def _height(widget: QWidget, width: int) -> int:
    """What a widget needs at a width."""
    if widget.hasHeightForWidth():
        return max(widget.heightForWidth(width), widget.minimumHeight())
    return max(widget.sizeHint().height(), widget.minimumHeight())
