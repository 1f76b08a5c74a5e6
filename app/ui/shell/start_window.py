"""The window before a ledger is open: unlocking, or the first run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.access.unlock import UnlockPage
from app.ui.operations import Operations
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.look import Look
from app.ui.parts.space.screen import Framed, fit

if TYPE_CHECKING:
    from app.ledger.door import Ledger
    from app.ui.context import Program
    from app.ui.first_run.wizard import Wizard


_SIZE = QSize(1040, 700)


class StartWindow(QWidget):
    """``opened(ledger)`` once there is one; ``closed`` if the user leaves."""

    opened = Signal(object)
    closed = Signal()

    def __init__(
        self, program: Program, look: Look, dialogs: Dialogs, operations: Operations, path: Path | None
    ) -> None:
        super().__init__()
        self._parts = (program, look, dialogs, operations)
        self._done = False
        self.wizard: Wizard | None = None
        self.setWindowTitle("受託台帳")
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Framed(self.stack))
        fit(self, _SIZE)
        if path is None:
            self.begin_new()
        else:
            self.unlock = UnlockPage(program, look, dialogs, operations, path)
            self.unlock.opened.connect(self._opened)
            self.unlock.new_wanted.connect(self.begin_new)
            self.stack.addWidget(self.unlock)
            self.unlock.try_memory()

    def begin_new(self) -> None:
        """Begin a new ledger."""
        from app.ui.first_run.wizard import Wizard

        wizard = Wizard(*self._parts)
        wizard.made.connect(self._opened)
        wizard.left.connect(self._left)
        self.stack.addWidget(wizard)
        self.stack.setCurrentWidget(wizard)
        self.wizard = wizard
        wizard.step.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        wizard = self._wizard
        if not self._done and wizard is not None and not wizard.leave():
            event.ignore()
            return
        if not self._done:
            if wizard is not None and wizard.ledger is not None:
                wizard.ledger.close()
            self.closed.emit()
        event.accept()

    @property
    def _wizard(self) -> Wizard | None:
        return self.wizard if self.wizard is self.stack.currentWidget() else None

    def _left(self) -> None:
        if self.stack.count() > 1:
            self.stack.setCurrentIndex(0)
            if self.wizard is not None:
                self.stack.removeWidget(self.wizard)
                self.wizard.deleteLater()
                self.wizard = None
        else:
            self.close()

    def _opened(self, ledger: Ledger) -> None:
        self._done = True
        self.opened.emit(ledger)
