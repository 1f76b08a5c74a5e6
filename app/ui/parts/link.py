"""A link of as many lines as it needs, for the mouse and for the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.parts.look import Look


class Link(QLabel):
    """Text that leads somewhere: a click or, once it has the keyboard, Enter follows it."""

    def __init__(self, look: Look, text: str, follow: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._said = text
        self.follow = follow
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.linkActivated.connect(lambda _where: self.follow())
        look.changed.connect(self._colour)
        self._colour()

    def _colour(self) -> None:
        colour = self._look.colours["primary"]
        link = f'<a href="#" style="color:{colour}">{escape(self._said)}</a>'
        self.setText(f'<p style="margin:0;line-height:145%">{link}</p>')
