"""A box to tick, and below it what it stands for."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.ui.parts.widgets import em, prose, row


def told_box(text: str, told: str, *, on: bool) -> tuple[QCheckBox, QWidget]:
    """The box, and the line that holds it with ``told``, which is read out with it too."""
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setAccessibleDescription(told)
    box.setChecked(on)
    line = QWidget()
    layout = QVBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(box)
    layout.addLayout(row(em(line, 2), prose(told, "hint")))
    return box, line
