"""Lines that something follows while one types, also what an input method has not handed over yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit


def finish_composing() -> None:
    """Let the input method hand over the word under composition, as it stands.

    A button that takes no focus would otherwise read a line without the word that everybody sees in it.
    """
    QGuiApplication.inputMethod().commit()


class LiveLine(QLineEdit):
    """A line with ``seen``, what stands in it for the eye; ``followed(seen)`` whenever that changes.

    A search or a button that waits for text and looked at ``text`` alone would seem dead until the first
    Return, which only ends the composition.
    """

    followed = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        """``name`` is read out; ``hint`` stands in the empty line."""
        super().__init__()
        self._composed = ""
        self._told = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(lambda _text: self._tell())

    def seen(self) -> str:
        """The text with the word under composition in its place."""
        at = self.cursorPosition()
        return f"{self.text()[:at]}{self._composed}{self.text()[at:]}"

    @property
    def composing(self) -> bool:
        """Whether a word is under composition."""
        return bool(self._composed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Before Qt takes it: a word that is handed over must not be seen twice while ``textChanged`` comes.
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def _tell(self) -> None:
        seen = self.seen()
        if seen != self._told:
            self._told = seen
            self.followed.emit(seen)


def search_line(name: str, hint: str = "") -> LiveLine:
    """A line to search by, with a cross that empties it; ``hint`` is its name where none is given."""
    made = LiveLine(name, hint or name)
    made.setClearButtonEnabled(True)
    return made
