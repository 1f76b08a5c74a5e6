"""The sample ledger in a window of a given size, walked from view to view without waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.exchange.demo import clock_of, make_demo
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.preferences import Preferences
from app.start import Product
from app.ui.context import Context, Program
from app.ui.operations import Operations
from app.ui.parts.dialogs import QtDialogs, Unsaved
from app.ui.parts.look import Look
from app.ui.shell.window import MainWindow
from app.ui.targets import Target
from app.ui.today.task_list import TaskList

DAY = date(2026, 11, 25)
CHEAP = Cost(memory=64, passes=1, lanes=1)
_PATIENCE = 30.0
"""Seconds that a view may take to fill itself."""


class _Quick(Product):
    """The product, with a key that is quickly made: the ledger holds nothing but the sample."""

    def create(
        self,
        path: Path,
        passphrase: str,
        officer: str,
        cost: Cost | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> tuple[Ledger, str]:
        del cost
        return super().create(path, passphrase, officer, CHEAP, clock)


class StillDialogs(QtDialogs):
    """Shows a dialog and goes on at once; questions are answered by going on."""

    def __init__(self) -> None:
        self.shown: QDialog | None = None

    def show(self, dialog: QDialog) -> bool:
        self.shown = dialog
        dialog.show()
        return False

    def tell(self, text: str, detail: str = "") -> None:
        """Nothing: nobody is there to read it."""

    def warn(self, text: str, detail: str = "") -> None:
        """Nothing: nobody is there to read it."""

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "戻る", grave: bool = False) -> bool:
        return True

    def ask_unsaved(self, what: str) -> Unsaved:
        return Unsaved.DISCARD


class Stage:
    """One ledger, one window; ``leave`` puts away what a view has shown."""

    def __init__(self, look: Look, folder: Path) -> None:
        self.look = look
        self.folder = folder
        self.product = _Quick()
        made = make_demo(self.product, folder, DAY)
        self.passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
        self.path = made.path
        self.failures: list[Exception] = []
        self.operations = Operations(self.failures.append)
        self.dialogs = StillDialogs()
        self.program = Program(
            self.product,
            Preferences(folder / "settings.json"),
            cost=CHEAP,
            today=lambda: DAY,
            now=clock_of(DAY),
        )
        self.ledger = self._open()
        self.context = Context(self.program, self.ledger, self.dialogs, self.operations, look)
        self.window = MainWindow(self.context)
        self._more: list[QWidget] = []
        self._after: list[Callable[[], object]] = []

    def _open(self) -> Ledger:
        from app.ledger.access import opening

        return self.product.open(self.path, opening.unlock(self.path, self.passphrase))

    def go(self, target: Target) -> QWidget:
        """Show a target in the main window."""
        self.window.show()
        self.window.open(target)
        return self.window

    def put(self, widget: QWidget) -> QWidget:
        """Show another window; it is put away with the view."""
        self._more.append(widget)
        widget.show()
        return widget

    def asked(self) -> QWidget:
        """The dialog that was shown last."""
        dialog = self.dialogs.shown
        assert dialog is not None, "no dialog came up"
        self._more.append(dialog)
        return dialog

    def later(self, undo: Callable[[], object]) -> None:
        """Do something when the view is left."""
        self._after.append(undo)

    def settle(self) -> None:
        """Let the worker answer and the view fill and lay itself out."""
        end, quiet = time.monotonic() + _PATIENCE, 0
        # Asked for once: to look for them costs more than a turn.
        lists = self.window.findChildren(TaskList)
        while quiet < 8 and time.monotonic() < end:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            busy = self.operations.busy or not all(
                one.filled for one in lists if isValid(one) and one.isVisible()
            )
            flags = QEventLoop.ProcessEventsFlag
            QApplication.processEvents(flags.WaitForMoreEvents if busy else flags.AllEvents)
            quiet = 0 if busy else quiet + 1
        assert quiet, "the view never came to rest"

    def leave(self) -> None:
        """Put away what is shown."""
        for undo in reversed(self._after):
            undo()
        for one in self._more:
            one.hide()
            one.deleteLater()
        self._after, self._more, self.dialogs.shown = [], [], None
        page = None
        while self.window.stack.titles and page is not self.window.page:
            page = self.window.page
            self.window.back()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """End the worker and close the ledger."""
        self.leave()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.operations.stop()
        self.context.close()
        self.ledger.close()
