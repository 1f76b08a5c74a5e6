"""Where the keyboard goes on a page: its inputs in the order in which one reads them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus
FIELDS = (QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QCheckBox, QRadioButton)
"""What one fills in or chooses from."""


def reached(within: QWidget) -> list[QWidget]:
    """What is seen within a widget and can be reached with Tab, as one reads: line by line."""
    found = [
        one
        for one in within.findChildren(QWidget)
        if one.focusPolicy() & _TAB and one.isEnabled() and one.isVisibleTo(within) and not one.focusProxy()
    ]
    return sorted(found, key=lambda one: _place(one, within))


def first_field(within: QWidget) -> QWidget | None:
    """The first input or list; where there is none, the first thing else that takes the keyboard."""
    found = reached(within)
    fields = [one for one in found if isinstance(one, FIELDS) and not _shown_only(one)]
    others = [one for one in found if not isinstance(one, QTabBar) and one.property("kind") != "danger"]
    return next(iter([*fields, *others]), None)


def returns_in_field(within: QWidget, event: QKeyEvent) -> bool:
    """Whether Return was pressed in a field there: it goes on to the next, and never ends an entry."""
    here = within.window().focusWidget()
    at_one = isinstance(here, QLineEdit | QComboBox | QCheckBox) and within.isAncestorOf(here)
    alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return at_one and alone and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def focused(within: QWidget) -> QWidget | None:
    """What has the keyboard there, or had it last; Qt's own stub does not say that it may be nothing."""
    return within.focusWidget()


def filters(within: QWidget) -> list[QLineEdit]:
    """The lines that narrow a list that is seen; they alone have a button that clears them."""
    return [
        one
        for one in within.findChildren(QLineEdit)
        if one.isClearButtonEnabled() and one.isVisibleTo(within)
    ]


def _shown_only(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly()


def _place(widget: QWidget, within: QWidget) -> tuple[int, int]:
    at = widget.mapTo(within, QPoint(0, 0))
    return at.y(), at.x()
