"""What is longer than its place, with a bar to scroll it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """``inner`` in an area that scrolls, called ``name`` when read out."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area
