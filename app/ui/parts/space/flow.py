"""A layout that puts widgets beside each other and goes to a new line where the window ends."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget, QWidgetItem


class FlowLayout(QLayout):
    """Lines of widgets at their own size, from left to right; what expands takes the rest of its line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """What was answered for a width, until Qt says that the items may ask for something else."""
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def addWidget(self, widget: QWidget) -> None:
        """Put a widget in. Its item is made here: of one that Qt makes, nobody hears when Qt deletes it."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def add_layout(self, layout: QLayout) -> None:
        """Put a layout in, which stays together."""
        self.addChildLayout(layout)
        self.addItem(layout)

    def push(self) -> None:
        """Push apart what stands before and what follows, as long as both have place in one line."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def count(self) -> int:
        self._forget_the_dead()
        return len(self._items)

    def _forget_the_dead(self) -> None:
        """Let go of items that Qt deleted by itself: an error raised while Qt measures ends the program."""
        if not all(map(shiboken6.isValid, self._items)):
            self._items = [one for one in self._items if shiboken6.isValid(one)]
            self._heights.clear()

    def itemAt(self, index: int) -> QLayoutItem:
        self._forget_the_dead()
        # Qt asks beyond the end to learn where it is; its stub does not say so.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        # Qt asks for the same widths again and again while it lays out; its own layouts keep what they said.
        self._forget_the_dead()
        height = self._heights.get(width)
        if height is None:
            around = self.contentsMargins()
            inner = QRect(0, 0, width - around.left() - around.right(), 0)
            height = self._arrange(inner, place=False) + around.top() + around.bottom()
            self._heights[width] = height
        return height

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        spare = area.height() - self.heightForWidth(area.width())
        inner = area.marginsRemoved(self.contentsMargins())
        self._arrange(inner.adjusted(0, max(0, spare // 2), 0, 0), place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        self._forget_the_dead()
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, area: QRect, *, place: bool) -> int:
        top = area.y()
        for line in self._lines(area.width()):
            sizes = [item.sizeHint().boundedTo(QSize(area.width(), 1 << 20)) for item in line]
            height = max(size.height() for size in sizes)
            x = area.x()
            for item, size, more in zip(line, sizes, self._spare(line, sizes, area.width()), strict=True):
                size.setWidth(size.width() + more)
                if place:
                    item.setGeometry(QRect(QPoint(x, top + (height - size.height()) // 2), size))
                x += size.width() + (self.spacing() if _takes_room(item) else 0)
            top += height + self.spacing()
        return max(0, top - self.spacing() - area.y())

    def _spare(self, line: Sequence[QLayoutItem], sizes: Sequence[QSize], width: int) -> list[int]:
        """What each item of a line gets beyond its own width."""
        gaps = self.spacing() * (sum(_takes_room(item) for item in line) - 1)
        spare = max(0, width - sum(size.width() for size in sizes) - gaps)
        takers = [bool(item.expandingDirections() & Qt.Orientation.Horizontal) for item in line]
        return [spare // sum(takers) if takes else 0 for takes in takers]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The items as they are shared out among lines; each line has at least one."""
        self._forget_the_dead()
        lines: list[list[QLayoutItem]] = []
        right = 0
        for item in self._items:
            if item.spacerItem() is not None:
                if lines:
                    lines[-1].append(item)
                continue
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if lines and right + wide <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
                right = 0
            right += wide + self.spacing()
        return lines


def _takes_room(item: QLayoutItem) -> bool:
    return item.spacerItem() is None


def flow(*items: QWidget | QLayout | None, spacing: int = 8) -> FlowLayout:
    """Widgets beside each other and below each other, as there is room; None pushes apart what follows."""
    made = FlowLayout(spacing=spacing)
    for item in items:
        if item is None:
            made.push()
        elif isinstance(item, QLayout):
            made.add_layout(item)
        else:
            made.addWidget(item)
    return made
