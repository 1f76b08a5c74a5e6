"""A dialog that has no room on the screen: what it holds scrolls, and the buttons that end it do not."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.space.following import Following

_ABOVE = 8
"""Logical pixels between what scrolls and the buttons below it."""


def scroll(dialog: QDialog, layout: QLayout) -> None:
    """Put all that ``layout`` of a dialog holds into an area that scrolls, but for the buttons that end it.

    Who does not see them does not know that there is more, nor how to go on.
    """
    dialog.setMinimumSize(QSize(0, 0))
    answers = _answers(layout)
    inner = QWidget()
    inner.setProperty("role", "page")
    inner.setLayout(layout)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(Following(inner), 1)
    if answers is not None:
        around = layout.contentsMargins()
        foot = _foot(answers)
        foot.setContentsMargins(around.left(), _ABOVE, around.right(), around.bottom())
        outer.addWidget(foot)
        around.setBottom(0)
        layout.setContentsMargins(around)


def _foot(answers: QLayoutItem) -> QWidget:
    """The buttons in a widget of their own, as what scrolls is: else the keyboard came to them first."""
    foot = QWidget()
    below = QVBoxLayout(foot)
    below.setContentsMargins(0, 0, 0, 0)
    widget, line = answers.widget(), answers.layout()
    if widget is not None:
        below.addWidget(widget)
    elif line is not None:
        below.addLayout(line)
    return foot


def _answers(layout: QLayout) -> QLayoutItem | None:
    """The buttons that end a dialog, taken out of its layout: the last line, if it is theirs."""
    last = layout.itemAt(layout.count() - 1)
    if not isinstance(layout, QVBoxLayout) or layout.count() < 2 or last is None:
        return None
    if not isinstance(last.widget(), QDialogButtonBox) and not _are_buttons(last.layout()):
        return None
    return layout.takeAt(layout.count() - 1)


def _are_buttons(line: QLayout | None) -> bool:
    """Whether a line holds buttons, and beside them no more than words on what they do."""
    items = [line.itemAt(at) for at in range(line.count())] if line is not None else []
    held = [one.widget() for one in items if one is not None]
    buttons = [one for one in held if isinstance(one, QAbstractButton)]
    return bool(buttons) and all(one is None or isinstance(one, QAbstractButton | QLabel) for one in held)
