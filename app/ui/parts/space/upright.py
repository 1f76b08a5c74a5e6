"""What is scrolled up and down only: as wide at least as what it holds, with the bar beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

_LINES = 6
"""Lines of text that are seen at once at least: a field whole, with what stands above and below it."""


class Upright(QScrollArea):
    """An area that asks for the width of its content, so that nobody has to scroll it to the side.

    What it holds may come to need more, with another size of text or with what is chosen in it.
    """

    def __init__(self, inner: QWidget | None, name: str, place: QWidget | None = None) -> None:
        """``name``: what the area is called when read out.

        ``place``: what it stands in, where that is known. None for ``inner``: it is set once it is made, in
        the area's own viewport, and meets its surroundings only once.
        """
        super().__init__(place)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        if inner is not None:
            self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        inner, own = self.widget(), super().minimumSizeHint()
        if inner is None:
            return own
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        low = min(inner.minimumSizeHint().height(), _LINES * self.fontMetrics().lineSpacing())
        return QSize(inner.minimumSizeHint().width() + bar, max(own.height(), low))

    def setWidget(self, inner: QWidget) -> None:
        super().setWidget(inner)
        # What lies around it may have asked before there was anything in it, and keeps the answer: it would
        # get too little of the width, be seen so, and push aside what stands beside it after that.
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # What it holds asks for another width: nothing else hands that on.
            self.updateGeometry()
        return super().event(event)
