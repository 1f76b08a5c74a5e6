"""Every question and message of the window goes through one port, so that tests can answer it.

What asks is named by its module: PySide6 makes a class and all its enumerations when it is first named, while
everybody waits for the window; at a start, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6 import QtWidgets
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from app.ui.parts.copied import CopiedBox
from app.ui.parts.live_line import LiveLine
from app.ui.parts.space.screen import keep_inside, room
from app.ui.parts.widgets import button, em, prose, spaced

_LINE, _AROUND, _FEWEST = 1.45, 10, 3
"""In lines: one with the room above it; what else a box holds; and what it shows on any screen."""


class Unsaved(StrEnum):
    """What to do with changes that are not saved."""

    SAVE = "保存する"
    DISCARD = "保存しない"
    STAY = "戻る"


class Dialogs(Protocol):
    """What the window may ask or tell. Every text is Japanese and complete."""

    def tell(self, text: str, detail: str = "") -> None:
        """Say something that needs no answer."""

    def warn(self, text: str, detail: str = "") -> None:
        """Say what went wrong and what to do."""

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "戻る", grave: bool = False) -> bool:
        """Ask before doing ``yes``; ``grave`` things are not the default answer."""

    def ask_text(
        self, title: str, label: str, *, text: str = "", yes: str = "OK", need: bool = True
    ) -> str | None:
        """Ask for one line; None if the person turned away. With ``need`` it is never empty."""

    def ask_unsaved(self, what: str) -> Unsaved:
        """Ask what becomes of unsaved changes of ``what``."""

    def open_files(self, title: str, pattern: str = "", *, several: bool = False) -> list[Path]:
        """Choose files that exist; empty if the person turned away. ``pattern``: "PDF (*.pdf)"."""

    def save_file(self, title: str, name: str, pattern: str = "") -> Path | None:
        """Choose where to write a file called ``name``."""

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        """Choose a folder."""

    def show(self, dialog: QDialog) -> bool:
        """Show a dialog of one's own until it is closed; True if it was accepted."""


class QtDialogs:
    """The port on a real screen."""

    def tell(self, text: str, detail: str = "") -> None:
        self._box(QtWidgets.QMessageBox.Icon.Information, text, detail).exec()

    def warn(self, text: str, detail: str = "") -> None:
        self._box(QtWidgets.QMessageBox.Icon.Warning, text, detail).exec()

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "戻る", grave: bool = False) -> bool:
        box = self._box(QtWidgets.QMessageBox.Icon.Question, text, detail)
        box.setStandardButtons(QtWidgets.QMessageBox.StandardButton.NoButton)
        go = box.addButton(yes, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        go.setProperty("kind", "danger" if grave else "primary")
        stay = box.addButton(no, QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay if grave else go)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is go

    def ask_text(
        self, title: str, label: str, *, text: str = "", yes: str = "OK", need: bool = True
    ) -> str | None:
        dialog = TextDialog(self._parent(), title, label, text, yes, need)
        return dialog.edit.text().strip() if self.show(dialog) else None

    def ask_unsaved(self, what: str) -> Unsaved:
        box = self._box(
            QtWidgets.QMessageBox.Icon.Question,
            f"「{what}」に保存していない変更があります。保存しますか？",
            "",
        )
        box.setStandardButtons(QtWidgets.QMessageBox.StandardButton.NoButton)
        roles = {
            Unsaved.SAVE: QtWidgets.QMessageBox.ButtonRole.AcceptRole,
            Unsaved.DISCARD: QtWidgets.QMessageBox.ButtonRole.DestructiveRole,
            # The way out stands first: only this role has its place before the others.
            Unsaved.STAY: QtWidgets.QMessageBox.ButtonRole.ActionRole,
        }
        buttons = {answer: box.addButton(str(answer), role) for answer, role in roles.items()}
        box.setDefaultButton(buttons[Unsaved.SAVE])
        box.setEscapeButton(buttons[Unsaved.STAY])
        box.exec()
        return next(
            (answer for answer, button in buttons.items() if button is box.clickedButton()), Unsaved.STAY
        )

    def open_files(self, title: str, pattern: str = "", *, several: bool = False) -> list[Path]:
        if several:
            names, _ = QtWidgets.QFileDialog.getOpenFileNames(self._parent(), title, "", pattern)
        else:
            name, _ = QtWidgets.QFileDialog.getOpenFileName(self._parent(), title, "", pattern)
            names = [name] if name else []
        return [Path(name) for name in names]

    def save_file(self, title: str, name: str, pattern: str = "") -> Path | None:
        chosen, _ = QtWidgets.QFileDialog.getSaveFileName(self._parent(), title, name, pattern)
        return Path(chosen) if chosen else None

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        chosen = QtWidgets.QFileDialog.getExistingDirectory(self._parent(), title, str(start or ""))
        return Path(chosen) if chosen else None

    def show(self, dialog: QDialog) -> bool:
        keep_inside(dialog)
        try:
            return bool(dialog.exec())
        finally:
            _take_down(dialog)

    def _parent(self) -> QWidget | None:
        return QApplication.activeModalWidget() or QApplication.activeWindow()

    def _box(self, icon: QtWidgets.QMessageBox.Icon, text: str, detail: str) -> QtWidgets.QMessageBox:
        alone = QtWidgets.QMessageBox.StandardButton.Ok
        box = QtWidgets.QMessageBox(icon, "受託台帳", spaced(text), alone, self._parent())
        box.setTextFormat(Qt.TextFormat.RichText)
        lines = detail.split("\n")
        shown = _most_lines(box)
        if len(lines) > shown:
            # A box does not scroll: its buttons would lie below the screen.
            box.setDetailedText(detail)
            lines = [*lines[:shown], f"ほか{len(lines) - shown}件は、「詳細を表示」で読めます。"]
        box.setInformativeText(spaced("\n".join(lines)))
        CopiedBox(box, f"{text}\n{detail}".strip())
        return box


_closed: dict[int, QDialog] = {}
"""Dialogs that were shown and are not taken down yet."""


def _take_down(dialog: QDialog) -> None:
    """Take a closed dialog down once its caller has read it and the window goes on.

    A dialog without a parent would be left to the collector, which runs in any thread: a worker took the
    widgets down while the window was laying them out, and that ended the program. Where no window goes on
    (at the start) it stays with its caller, who may show it again.
    """
    if not QThread.currentThread().loopLevel():
        return
    _closed[id(dialog)] = dialog
    dialog.destroyed.connect(partial(_forget, id(dialog)))
    dialog.deleteLater()


def _forget(key: int, _gone: object = None) -> None:
    _closed.pop(key, None)


def _most_lines(box: QtWidgets.QMessageBox) -> int:
    """How many lines of detail have room on the screen, beside what is said and the buttons."""
    line = box.fontMetrics().lineSpacing() * _LINE
    return max(_FEWEST, int((room(box).height() - _AROUND * line) / line))


class TextDialog(QDialog):
    """One line of text, refused while it is empty if it is needed."""

    def __init__(
        self, parent: QWidget | None, title: str, label: str, text: str, yes: str, need: bool
    ) -> None:
        super().__init__(parent)
        # Not the title itself: it may hold a name, and other programs can read the titles of windows.
        self.setWindowTitle("受託台帳")
        self.edit = LiveLine(label)
        self.edit.setText(text)
        self.edit.setMinimumWidth(em(self, 30))
        buttons = QtWidgets.QDialogButtonBox(QtWidgets.QDialogButtonBox.StandardButton.Cancel)
        self.ok = button(yes)
        buttons.addButton(self.ok, QtWidgets.QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QtWidgets.QDialogButtonBox.StandardButton.Cancel).setText("戻る")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(20, 20, 20, 16)
        heading = QLabel(title)
        heading.setProperty("role", "h3")
        layout.addWidget(heading)
        layout.addWidget(prose(label))
        layout.addWidget(self.edit)
        layout.addWidget(buttons)
        if need:
            self.edit.followed.connect(self._allow)
            self._allow(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only here: the box of buttons makes its first act the default when it comes up, and a second Return
        # after a word was composed would do what is only being explained.
        self.ok.setDefault(False)

    def _allow(self, text: str) -> None:
        self.ok.setEnabled(bool(text.strip()))


def sentences(problems: Sequence[str]) -> str:
    """Several problems as one text, a line each."""
    return "\n".join(f"・{problem}" for problem in problems) if len(problems) > 1 else "".join(problems)
