"""Small pieces that every page is put together from."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from types import MappingProxyType

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.copied import Copied, broken
from app.ui.parts.live_line import finish_composing

BRAND = "受託台帳"
"""How the program is called where it stands as its sign."""


def em(widget: QWidget, count: float = 1) -> int:
    """The width of ``count`` full-width characters in the font of ``widget``, in logical pixels."""
    return round(widget.fontMetrics().horizontalAdvance("あ") * count)


def label(text: str, role: str = "", *, tone: str = "") -> QLabel:
    """A line of text; ``role``: h1, h2, h3, sub, hint, error, chip (with its ``tone``), required, origin."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if role in ("chip", "required", "origin"):
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def spaced(text: str) -> str:
    """``text`` as rich text with room between its lines, ``broken``; line breaks in it are kept."""
    lines = "<br>".join(escape(line) for line in broken(text).split("\n"))
    return f'<p style="margin:0;line-height:145%">{lines}</p>' if text else ""


class Prose(Copied):
    """Text of several lines with room between them; the interface font sets its lines too tight by itself."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        # The interface font says less of p and j than it draws: the last line would lose their feet.
        self.setContentsMargins(0, 0, 0, 2)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            self.setProperty("role", role)
        self.say(text)

    def say(self, text: str) -> None:
        """Show ``text``; line breaks in it are kept."""
        self.plain = text
        self.setText(spaced(text))
        self.setAccessibleName(text)


def prose(text: str, role: str = "") -> Prose:
    """A paragraph that wraps."""
    return Prose(text, role)


def retone(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the style sheet looks at, and let it look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    # What has not been shown yet is looked at when it is.
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press ``button`` if the key is Return. It does so once, however long the key is held."""
    alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    mine = alone and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if mine and not event.isAutoRepeat():
        button.click()
    return mine


class Button(QPushButton):
    """A button that Return presses while it has the keyboard, and at no other time.

    Of itself Qt hands that key on, and a dialog would do its default act while another button is marked.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self._awaited = False
        # Alt and its letter press it without taking the keyboard from the line one is typing in.
        self.pressed.connect(finish_composing)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Qt hands the keyboard of a button that is switched off to whatever comes next.

        The Return meant for this one would press that one: here it goes nowhere.
        """
        if not self.isEnabled():
            self._awaited = True
            return False
        return super().focusNextPrevChild(following)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and self.isEnabled() and self._awaited:
            self._awaited = False
            if self.window().focusWidget() is None:
                self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by(self, event):
            super().keyPressEvent(event)


class _Tool(QToolButton):
    """The same for a button with a picture only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by(self, event):
            super().keyPressEvent(event)


class Keyed(Button):
    """A button that Alt and a letter press as well; the letter stands behind its text, as in 保存(S)."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self.key = key
        self._text = ""
        self.setText(text)

    def text(self) -> str:
        """What it says, without the letter."""
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        super().setText(f"{text}(&{self.key})")


def button(
    text: str,
    press: Callable[[], object] | None = None,
    *,
    kind: str = "",
    name: str = "",
    hint: str = "",
    key: str = "",
) -> QPushButton:
    """A push button; ``kind``: primary, quiet, danger or link. ``name``: what it is called when read out.

    ``key``: the letter that presses it together with Alt; of those on one page no two are alike.
    """
    made = Keyed(text, key) if key else Button(text)
    if kind:
        made.setProperty("kind", kind)
    made.setAccessibleName(name or text)
    made.setToolTip(hint)
    if press is not None:
        made.clicked.connect(lambda: press())
    return made


def tool(name: str, press: Callable[[], object] | None = None) -> QToolButton:
    """A button with a picture only; ``name`` is read out and shown when pointed at.

    It takes no focus when it is clicked, so a word under composition beside it is handed over first.
    """
    made = _Tool()
    made.setAutoRaise(True)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setIconSize(QSize(20, 20))
    made.pressed.connect(finish_composing)
    if press is not None:
        made.clicked.connect(lambda: press())
    return made


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed area and the layout inside it."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(18, 14, 18, 16)
    layout.setSpacing(10)
    return frame, layout


def row(*items: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside each other; a number adds so much space, None pushes apart what follows."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            # What gives way to others takes what they leave.
            gives_way = item.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
            layout.addWidget(item, 1 if gives_way else 0)
    return layout


def clear(layout: QLayout) -> None:
    """Remove everything in ``layout``, for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


_SIGNS = MappingProxyType({"danger": "✕", "warn": "△", "ok": "○", "info": "ｉ"})


class Notice(QFrame):
    """A coloured band with a sign, a sentence and at most one button. ``tone``: danger, warn, ok, info."""

    def __init__(self, text: str = "", tone: str = "info", action: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._sign = label("", "sign")
        self._text = Prose()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 7)
        layout.setSpacing(10)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        if action is not None:
            layout.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._put(text, tone)
        # Not shown before it has its place: it would come up as a window of its own.
        self.setHidden(not text)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.plain

    def say(self, text: str, tone: str = "danger") -> None:
        """Show a sentence; an empty one hides the band."""
        self._put(text, tone)
        self.setVisible(bool(text))

    def _put(self, text: str, tone: str) -> None:
        self._text.say(text)
        self._sign.setText(_SIGNS[tone])
        for widget in (self, self._sign, self._text):
            retone(widget, tone=tone)


class Empty(QWidget):
    """What stands where a list has nothing yet: a sentence, and the button that changes that."""

    def __init__(self, title: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        self.buttons = buttons
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(2)
        self.title = label(title, "h3")
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        self.text = Prose(text, "sub")
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.text)
        if buttons:
            layout.addLayout(row(None, *buttons, None))
        layout.addStretch(3)
