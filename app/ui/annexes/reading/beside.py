"""Two parts beside each other; where both have no room, the second is the first tab of the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget


class Beside(QWidget):
    """``turned(alone)`` when the second part went among the tabs, or came out of them again."""

    turned = Signal(bool)

    def __init__(self, tabs: QTabWidget, part: QWidget, name: str) -> None:
        """``name``: what the tab is called that holds ``part``."""
        super().__init__()
        self._tabs, self._part, self._name = tabs, part, name
        self._needs = 0
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(tabs)
        self.splitter.addWidget(part)
        self.splitter.setSizes([1000, 1000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    @property
    def alone(self) -> bool:
        """Whether the second part is one of the tabs."""
        return self._tabs.indexOf(self._part) >= 0

    def minimumSizeHint(self) -> QSize:
        """Wide enough for one of the two."""
        needs = [self._least(one) for one in (self._tabs, self._part)]
        return QSize(max(one.width() for one in needs), max(one.height() for one in needs))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            # What both need beside each other is seen only while they are.
            self._put(alone=False)
            self._turn()

    def _turn(self) -> None:
        if not self.alone:
            needs = sum(self._least(one).width() for one in (self._tabs, self._part))
            self._needs = needs + self.splitter.handleWidth()
        self._put(alone=self.width() < self._needs)

    def _put(self, *, alone: bool) -> None:
        if alone == self.alone:
            return
        if alone:
            self._tabs.insertTab(0, self._part, self._name)
            self._tabs.setCurrentIndex(0)
        else:
            self._tabs.removeTab(self._tabs.indexOf(self._part))
            self.splitter.addWidget(self._part)
            self._part.show()
            self.splitter.setSizes([1000, 1000])
        self.turned.emit(alone)

    @staticmethod
    def _least(part: QWidget) -> QSize:
        return part.minimumSizeHint().expandedTo(part.minimumSize())
