"""Two parts of a page: beside each other where both have room, otherwise below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Parted(QSplitter):
    """A splitter that turns where its parts would push each other out of the window."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        shares: tuple[int, int] = (1, 1),
        *,
        below: tuple[int, int] | None = None,
        place: QWidget | None = None,
    ) -> None:
        """``shares``: how the width is shared out at first; ``below``: the height, where they turn.

        ``place``: what it stands in, where that is known: its parts then meet their surroundings only once.
        """
        super().__init__(Qt.Orientation.Horizontal, place)
        self._shares = {Qt.Orientation.Horizontal: shares, Qt.Orientation.Vertical: below or shares}
        self.setChildrenCollapsible(False)
        for at, (part, share) in enumerate(zip((first, second), shares, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(at, share)
        self.setSizes([1000 * share for share in shares])

    def minimumSizeHint(self) -> QSize:
        """Wide enough for one part: the other finds its place below it."""
        needs = [self._least(at) for at in range(self.count())]
        height = super().minimumSizeHint().height()
        return QSize(max(need.width() for need in needs), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # A part needs another width than when its place was last shared out.
            self._turn()
        return done

    def _turn(self) -> None:
        needs = sum(self._least(at).width() for at in range(self.count())) + self.handleWidth()
        wanted = Qt.Orientation.Horizontal if self.width() >= needs else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.setOrientation(wanted)
            for at, share in enumerate(self._shares[wanted]):
                self.setStretchFactor(at, share)
            self.setSizes([1000 * share for share in self._shares[wanted]])

    def _least(self, at: int) -> QSize:
        part = self.widget(at)
        if part is None:
            raise IndexError(at)
        return part.minimumSizeHint().expandedTo(part.minimumSize())
