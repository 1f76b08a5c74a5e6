"""A later start asks for the window: it comes up, and says what becomes of the ledger that was named."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.parts.dialogs import Dialogs


class Summoned(Protocol):
    """What of the desk is asked here."""

    dialogs: Dialogs

    @property
    def front(self) -> QWidget | None:
        """The window that is shown, None in between."""

    @property
    def at(self) -> Path | None:
        """The ledger that is open or asked for, None while a new one is made."""

    def change_to(self, path: Path) -> None:
        """Put away what is open, asking about what is not saved, and ask for the key of another ledger."""


def summon(desk: Summoned, path: Path | None) -> None:
    """Bring the window to the front; with ``path`` offer to open that ledger in it."""
    front = desk.front
    if front is None:
        return
    bring_up(front)
    if path is None or same(path, desk.at):
        return
    # A question over a question would leave nobody knowing which of the two is answered.
    if QApplication.activeModalWidget() is not None:
        desk.dialogs.tell(
            f"「{path.name}」はまだ開いていません。表示している画面の操作を終えてから、もう一度開いてください。"
        )
    elif desk.at is None:
        desk.dialogs.tell(
            f"「{path.name}」はまだ開いていません。新しい台帳の作成を終えてから、もう一度開いてください。"
        )
    elif desk.dialogs.ask(
        f"「{path.name}」を開きますか？",
        "開く",
        detail=f"受託台帳の画面は1つです。「{desk.at.name}」を閉じてから開きます。",
        no="このまま使う",
    ):
        desk.change_to(path)


def bring_up(window: QWidget) -> None:
    """Show a window in front of the others, also one that was put down in the taskbar."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    modal = QApplication.activeModalWidget()
    for each in (window, modal):
        if each is not None:
            # Which raises it as well, wherever a window may come up at all.
            each.activateWindow()


def same(one: Path, other: Path | None) -> bool:
    """Whether two paths lead to one file, however they are written."""
    if other is None:
        return False
    # Late: the window for the passphrase is up before anything of the ledger is loaded.
    from app.ledger.file.presence import which_file

    held = which_file(one)
    return one == other or (held is not None and held == which_file(other))
