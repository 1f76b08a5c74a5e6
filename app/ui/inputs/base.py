"""What every input is: a value shown, edited as text, and marked where it is wrong."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.records import Field
from app.ui.context import Context
from app.ui.inputs.candidates import Candidates
from app.ui.parts.space.screen import usable
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import em, retone

_LINES = 14
"""Choices that a drop-down list shows before it scrolls."""
_LEAST = 9
"""Full-width characters to which a drop-down list shrinks at most, its arrow with them."""


class Making:
    """What inputs are made with: the context, and the records that references may name."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.candidates = Candidates(context)


class Input(QWidget):
    """One field's input. ``edited`` after every change by hand."""

    edited = Signal()
    noted = Signal(str)
    """Something that was done to what was entered and cannot be seen, in one sentence."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        """``compact`` inputs stand in a row of a table: no explanation beside them."""
        super().__init__()
        self.field = field
        self.making = making
        self.compact = compact

    @abstractmethod
    def text(self) -> Any:
        """What is entered, as ``Spec.from_texts`` reads it."""

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show a value of the field's kind."""

    def typed(self) -> tuple[Any, ...]:
        """What stands in its lines, letter by letter, also where it cannot be read; for ``show_typed``."""
        return tuple(_text_of(one) for one in self.fields())

    def show_typed(self, typed: Sequence[Any]) -> None:
        """Show in its lines what ``typed`` gave."""
        for widget, text in zip(self.fields(), typed, strict=True):
            if isinstance(widget, QLineEdit):
                widget.setText(text)
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(text)

    @abstractmethod
    def fields(self) -> Sequence[QWidget]:
        """The widgets that take the keyboard, the main one first."""

    def settle(self) -> None:
        """Take what is typed as it is meant; asked before a form is read."""

    def hear(self, said: Mapping[str, Any]) -> None:
        """What the fields beside this one say by now, where what it shows hangs on them."""

    def files(self) -> Mapping[str, bytes]:
        """SHA-256 → bytes of files chosen here."""
        return {}

    def objection(self, path: str = "") -> str:
        """What the input itself knows to be wrong with what cannot be read at ``path``, empty if nothing.

        It is said instead of what the kind of the field says, which sees no ledger.
        """
        del path
        return ""

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong; the empty path is this field, others lie within it. No problems clear it."""
        wrong = bool(problems)
        for widget in self.fields():
            retone(widget, invalid=wrong)
            said = "".join(sentence for found in problems.values() for sentence in found)
            widget.setAccessibleDescription(said or self.field.kind.hint)

    def focus(self, path: str = "") -> None:
        """Put the cursor where ``path`` is."""
        del path
        if widgets := self.fields():
            widgets[0].setFocus()

    def freeze(self) -> None:
        """Show only; nothing can be changed."""
        self.setEnabled(False)

    def name(self, *widgets: QWidget, suffix: str = "") -> None:
        """Give widgets the field's label to be read out by."""
        for widget in widgets:
            widget.setAccessibleName(f"{self.field.label}{suffix}")
            widget.setAccessibleDescription(self.field.kind.hint)


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


def stop_before(widget: QWidget) -> QWidget:
    """What Tab comes to before ``widget``; itself where there is nothing. Qt takes no other as an anchor."""
    before = widget.previousInFocusChain() or widget
    while before is not widget and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain() or widget
    return before


class Combo(QComboBox):
    """A drop-down list that a turn of the wheel over a page never changes, and that hides no choice.

    Qt's own list over the field measures lines other than the style sheet sets, and cuts the last ones off.
    A choice too long for the box ends in dots, and is told whole when pointed at.
    """

    def __init__(self) -> None:
        super().__init__()
        self._roomy = False
        self.setMaxVisibleItems(_LINES)
        self.currentTextChanged.connect(self.setToolTip)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        # Qt cuts a longer text through a character: what is left of it may read as another choice.
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, self.text_room()
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """It gives way rather than push a page wider than its window."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), em(self, _LEAST)), least.height())

    def text_room(self) -> int:
        """The logical pixels that there are for the text of the choice."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(box, option, field, self).width() - 2

    def showPopup(self) -> None:
        if not self._roomy:
            self._roomy = True
            make_roomy(self.view())
        self.view().setAccessibleName(self.accessibleName())
        self._widen()
        super().showPopup()

    def _widen(self) -> None:
        """The list is as wide as its longest choice, where the screen has room: choices that differ only in
        what was cut out of them cannot be told apart.
        """
        view = self.view()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        wanted = view.sizeHintForColumn(0) + 2 * view.frameWidth() + bar
        view.setMinimumWidth(min(wanted, usable(self).width() - 2 * bar))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
