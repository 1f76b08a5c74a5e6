"""One field of an annex on the page: its label, its input, a hint, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.parts.widgets import Prose, label, retone, row


class Box(QWidget):
    """An input with everything around it."""

    def __init__(self, name: str, inner: QWidget, *, need: bool = False, hint: str = "") -> None:
        super().__init__()
        self._inner = inner
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = [label(name, "h3"), *([label("必須", "required")] if need else [])]
        layout.addLayout(row(*head, None))
        layout.addWidget(inner)
        if hint:
            layout.addWidget(Prose(hint, "hint"))
        self.error = Prose("", "error")
        self.error.hide()
        layout.addWidget(self.error)

    def mark(self, problems: Sequence[str]) -> None:
        """Show what is wrong; nothing clears it."""
        self.error.say("\n".join(f"✕ {one}" for one in problems))
        self.error.setVisible(bool(problems))
        inputs = (
            self._inner,
            *self._inner.findChildren(QLineEdit),
            *self._inner.findChildren(QPlainTextEdit),
        )
        for one in inputs:
            if isinstance(one, QLineEdit | QPlainTextEdit):
                retone(one, invalid=bool(problems))
                one.setAccessibleDescription("".join(problems))


def line(name: str) -> QLineEdit:
    """A line of text that is read out by ``name``."""
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def lines(name: str, count: int) -> QPlainTextEdit:
    """Several lines of text; Tab goes on to the next field."""
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * count + 26)
    return made
