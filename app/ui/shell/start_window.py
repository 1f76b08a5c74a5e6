"""The window before a ledger is open: unlocking, or the first run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.access.unlock import UnlockPage
from app.ui.operations import Operations
from app.ui.parts.dialogs import Dialogs, sentences
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
        self,
        program: Program,
        look: Look,
        dialogs: Dialogs,
        operations: Operations,
        path: Path | None,
        refusal: Exception | None = None,
    ) -> None:
        """``refusal``: why the ledger at ``path`` could not be opened already; it is told, no key tried."""
        super().__init__()
        self._parts = (program, look, dialogs, operations)
        self._done = False
        self.wizard: Wizard | None = None
        self._asking: UnlockPage | None = None
        self.setWindowTitle("受託台帳")
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Framed(self.stack))
        fit(self, _SIZE)
        if path is None:
            self.begin_new()
        else:
            self.unlock = self._asking = UnlockPage(program, look, dialogs, operations, path)
            self.unlock.opened.connect(self._opened)
            self.unlock.new_wanted.connect(self.begin_new)
            self.unlock.restore_wanted.connect(self.restore)
            self.stack.addWidget(self.unlock)
            if refusal is not None:
                self.unlock.tell(refusal)
            else:
                self.unlock.try_memory()

    @property
    def asked(self) -> Path | None:
        """The ledger whose key is asked for, None while a new one is made."""
        return None if self._wizard is not None else self.unlock.path

    @property
    def opening(self) -> bool:
        """Whether a ledger is being opened: what it was asked for must not change meanwhile."""
        return self._asking is not None and self._asking.busy

    def ask_for(self, path: Path) -> None:
        """Ask for the key of another ledger."""
        self.unlock.show_path(path)
        self.unlock.try_memory()
        self.unlock.look()

    def look(self) -> None:
        """The window is seen: say if somebody else has the ledger open whose key is asked for."""
        if self._asking is not None:
            self._asking.look()

    def begin_new(self) -> None:
        """Begin a new ledger."""
        from app.ui.first_run.wizard import Wizard

        wizard = Wizard(*self._parts)
        wizard.made.connect(self._opened)
        wizard.left.connect(self._left)
        wizard.restore_wanted.connect(lambda: self.restore(None))
        wizard.archive_wanted.connect(self.unarchive)
        self.stack.addWidget(wizard)
        self.stack.setCurrentWidget(wizard)
        self.wizard = wizard
        wizard.step.begin()

    def restore(self, path: Path | None) -> None:
        """Put a backup back: in the place of the ledger ``path`` or as a file of its own. It opens then."""
        from app.ledger.copies import manifests
        from app.ui.restoring.dialog import Around, RestoreDialog

        program, look, dialogs, operations = self._parts
        given = path is not None and manifests.read(manifests.note_of(path)) is not None
        ledger = None if given else path
        folder = program.preferences.backups(ledger) if ledger else None
        dialog = RestoreDialog(Around(program, look, dialogs, operations), ledger, folder)
        if given and path is not None:
            dialog.take(path)
        dialogs.show(dialog)
        if dialog.ledger is not None and dialog.outcome is not None:
            program.preferences.set(ledger=str(dialog.outcome.path))
            self._opened(dialog.ledger)
            kept = dialog.outcome.kept
            said = f"復元前の台帳は「{kept.name}」に残しました。" if kept else ""
            dialogs.tell(f"バックアップから復元しました。{said}", sentences(dialog.outcome.notes))

    def unarchive(self) -> None:
        """Make a ledger of an archive. It opens then."""
        from app.ui.archives.dialog import NEW_SHEET, UnarchiveDialog
        from app.ui.restoring.dialog import Around

        program, look, dialogs, operations = self._parts
        dialog = UnarchiveDialog(Around(program, look, dialogs, operations), opens=True)
        dialogs.show(dialog)
        if dialog.ledger is not None and dialog.brought is not None:
            program.preferences.set(ledger=str(dialog.target))
            self._opened(dialog.ledger)
            said = NEW_SHEET if dialog.brought.own_key else ""
            dialogs.tell("アーカイブから台帳を作成し、検証しました。", said)

    def closeEvent(self, event: QCloseEvent) -> None:
        wizard = self._wizard
        if not self._done and wizard is not None and not wizard.leave():
            event.ignore()
            return
        if not self._done:
            self.release()
            if self._asking is not None:
                self._asking.give_up()
            self.closed.emit()
        event.accept()

    def release(self) -> None:
        """Close the ledger that is being made; what was entered stays in it. Again is harmless."""
        if self.wizard is not None and self.wizard.ledger is not None:
            self.wizard.ledger.close()

    @property
    def unlocked(self) -> Ledger | None:
        """A ledger that was opened and that nobody has been given: whoever ends the run closes it."""
        return self._asking.ledger if self._asking is not None else None

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
