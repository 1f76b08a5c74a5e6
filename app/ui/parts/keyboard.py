"""Where the keyboard goes on a page: its inputs in the order in which one reads them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus
FIELDS = (QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QCheckBox, QRadioButton)
"""What one fills in or chooses from."""
_TYPED = (QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
"""What a printable key changes: text, or the choice that begins with it."""
_WRITES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.GroupSwitchModifier
"""Alt together with one of these is AltGr, which writes characters."""


class AltAlone(QObject):
    """Keeps a letter that is pressed with Alt out of whatever is typed into.

    It means a button, and never text: where that button is disabled, Qt would hand the letter to the field
    that has the keyboard, and nobody would see what was entered there. Only what has the keyboard is watched.
    """

    def __init__(self, parent: QObject, app: QApplication) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _with_alt_alone(event):
            # Not taken either: what lies around the field may know the key.
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(now, _TYPED):
            now.installEventFilter(self)


def _with_alt_alone(event: QKeyEvent) -> bool:
    held = event.modifiers()
    return (
        event.text().isprintable()
        and bool(event.text())
        and bool(held & Qt.KeyboardModifier.AltModifier and not held & _WRITES)
    )


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
