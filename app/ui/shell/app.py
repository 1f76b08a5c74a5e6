"""The program as a window: started, run until it is closed, and put away whole."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.common import PeopleError
from app.ui.access.tries import FREE, Tries
from app.ui.operations import Operations
from app.ui.parts.dialogs import Dialogs, QtDialogs, sentences
from app.ui.parts.icons import program_icon
from app.ui.parts.look import Look
from app.ui.shell.ahead import collect_once_filled, load_ahead
from app.ui.shell.crash import Faults
from app.ui.shell.first_paint import FirstSight

if TYPE_CHECKING:
    from app.ledger.door import Ledger
    from app.ui.context import Program
    from app.ui.shell.start_window import StartWindow
    from app.ui.shell.window import MainWindow


class Desk(QObject):
    """Everything of one run: it shows the window for what there is, and closes the ledger at the end."""

    def __init__(self, app: QApplication, program: Program, dialogs: Dialogs | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.program = program
        self.dialogs = dialogs or QtDialogs()
        preferences = program.preferences
        self.look = Look(app, preferences.text("theme", "system"), preferences.number("text_size", 100))
        self.operations = Operations(self._failed)
        self.start: StartWindow | None = None
        self.window: MainWindow | None = None
        self._ledger: Ledger | None = None
        self._leaving = False
        app.setQuitOnLastWindowClosed(False)
        app.setWindowIcon(program_icon())

    def begin(self, path: Path | None) -> None:
        """Ask for the key of the ledger at ``path``, or begin a first one if there is none."""
        from app.ui.shell.start_window import StartWindow

        self.start = StartWindow(self.program, self.look, self.dialogs, self.operations, path)
        self.start.opened.connect(self.show)
        self.start.closed.connect(self._app.quit)
        self.start.show()
        FirstSight(self.start, lambda: load_ahead(self.operations, self.program.product))

    def show(self, ledger: Ledger) -> None:
        """Show the main window on an open ledger."""
        from app.ui.context import Context
        from app.ui.shell.window import MainWindow

        self._ledger = ledger
        self.operations.hold()
        self.operations.run(
            lambda _progress: self.program.product.catalogue, lambda _catalogue: None, failed=self._unreadable
        )
        self.window = MainWindow(Context(self.program, ledger, self.dialogs, self.operations, self.look))
        self.window.closed.connect(self._app.quit)
        self.window.show()
        FirstSight(self.window, partial(self._seen, ledger))
        if self.start is not None:
            self.start.close()
            self.start.deleteLater()
            self.start = None

    def _seen(self, ledger: Ledger) -> None:
        """Begin the work that waited for the window, and say what was found on the way in."""
        self.operations.release()
        for notice in ledger.notices:
            self.dialogs.warn(notice)
        tries = Tries(self.program.preferences, ledger.path, self.program.now)
        number = tries.number
        if not number or self.window is None:
            return
        told = tries.opened()
        if number < FREE:
            self.window.say(told)
            return
        self.dialogs.warn(told)
        if not ledger.read_only:
            self.window.context.attempt(partial(ledger.note_wrong_tries, number))

    def end(self) -> None:
        """Stop the worker and close the ledger."""
        self.operations.stop()
        if self._ledger is not None:
            self._ledger.close()
        self.look.release()

    def _unreadable(self, error: Exception) -> None:
        """Without its catalogue the program can say nothing: tell why, and end."""
        self._leaving = isinstance(error, PeopleError)
        self._tell(error)
        self._app.quit()

    def _failed(self, error: Exception) -> None:
        if not self._leaving:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, PeopleError):
            self.dialogs.warn(error.sentence, sentences(error.problems) if len(error.problems) > 1 else "")
        else:
            raise error


def run(program: Program, path: Path | None = None, ledger: Ledger | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    ``ledger`` is one already open; ``path`` one to be unlocked. With neither, the ledger used last is
    asked for, and where there is none the first run begins.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    app.setApplicationName("受託台帳")
    app.setDesktopFileName("jutaku-daicho")
    desk = Desk(app, program)
    Faults(desk.dialogs).install()
    collect_once_filled(desk.operations, lambda: desk.window is not None)
    if ledger is not None:
        desk.show(ledger)
    else:
        desk.begin(path or last_used(program))
    try:
        return app.exec()
    finally:
        desk.end()


def last_used(program: Program) -> Path | None:
    """The ledger used last. One that is no longer there is asked for all the same, and said to be missing.

    Whoever was led into making a new ledger instead would take the old one for lost.
    """
    return program.preferences.ledger()
