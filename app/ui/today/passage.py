"""Plain text of several lines with room between them, for long lists.

``Prose`` sets its text as a document, which costs a list of hundreds its swiftness; this one only breaks
lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel

_PITCH = 1.45
"""From line to line, in heights of the font."""
_WIDE = 30
"""Full-width characters of a line that one likes to read; narrower where the text is short."""


class Passage(QLabel):
    """``role`` as for a label; the text cannot be changed."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)
        self.setAccessibleName(text)
        self._set: dict[tuple[str, int], Sequence[str]] = {}

    def heightForWidth(self, width: int) -> int:
        return round(len(self._lines(width)) * self._pitch())

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = min(metrics.horizontalAdvance(self.text()), metrics.horizontalAdvance("あ") * _WIDE) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance("あ") * 4, round(self._pitch()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics, pitch = self.fontMetrics(), self._pitch()
        base = (pitch - metrics.height()) / 2 + metrics.ascent()
        for at, line in enumerate(self._lines(self.width())):
            painter.drawText(QPointF(0, at * pitch + base), line)
        painter.end()

    def _pitch(self) -> float:
        return self.fontMetrics().height() * _PITCH

    def _lines(self, width: int) -> Sequence[str]:
        """The text in lines of at most ``width``.

        Only words are kept: what Qt sets them with may not be let go of in another thread, where Python
        clears away what is no longer used.
        """
        self.ensurePolished()
        key = (self.font().key(), width)
        if key not in self._set:
            self._set[key] = _broken(self.text(), self.font(), max(1, width))
        return self._set[key]


def _broken(text: str, font: QFont, width: int) -> Sequence[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ends = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    # Qt counts in UTF-16, where a rare character is two.
    units = text.encode("utf-16-le")
    return [
        units[2 * start : 2 * end].decode("utf-16-le").rstrip()
        for start, end in zip([0, *ends], ends, strict=False)
    ]
