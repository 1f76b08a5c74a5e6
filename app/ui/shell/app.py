"""The program as a window: started, run until it is closed, and put away whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from app.common import PeopleError, Progress
from app.ui.access.tries import FREE, Tries
from app.ui.operations import Job, Lane, Operations
from app.ui.parts.dialogs import Dialogs, QtDialogs, sentences
from app.ui.parts.icons import program_icon
from app.ui.parts.keyboard import AltAlone
from app.ui.parts.look import Look, application
from app.ui.shell.ahead import WANTED, collect_once_filled, load_ahead
from app.ui.shell.crash import Faults
from app.ui.shell.first_paint import FirstSight
from app.ui.system.copies_outside import remove_all, remove_mine
from app.ui.system.first import First
from app.ui.system.summons import summon
from app.ui.system.taskbar import stand_as_one

if TYPE_CHECKING:
    from app.ledger.door import Ledger
    from app.ledger.restoring.restoration import Outcome, Restoration
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
        self.alt = AltAlone(self, app)
        self.start: StartWindow | None = None
        self.window: MainWindow | None = None
        self._ready: MainWindow | None = None
        """The main window as it was built while the passphrase was typed; nobody sees it yet."""
        self.refusal: Exception | None = None
        """Why the ledger of ``open`` was not opened in this run; whoever started the run tells it."""
        self._ledger: Ledger | None = None
        self._opening: Job | None = None
        self._asked: Path | None = None
        self._leaving = False
        app.setQuitOnLastWindowClosed(False)

    def begin(self, path: Path | None, refusal: Exception | None = None) -> None:
        """Ask for the key of the ledger at ``path``, or begin a first one if there is none.

        ``refusal`` is told with it: why the ledger could not be opened with the key that was given.
        """
        from app.ui.shell.start_window import StartWindow

        parts = (self.program, self.look, self.dialogs, self.operations)
        self.start = StartWindow(*parts, path, refusal)
        self.start.opened.connect(self.show)
        self.start.closed.connect(self._app.quit)
        self.start.show()
        FirstSight(self.start, self._go_on)

    def _go_on(self) -> None:
        """The window for the passphrase is seen: load and build what comes after it."""
        self._app.setWindowIcon(program_icon())
        if self.start is not None:
            self.start.look()
        load_ahead(self.operations, self.program.product, self._prepare)

    def _prepare(self) -> None:
        """Build the main window while the passphrase is typed."""
        if self.start is not None and self._ready is None:
            self._ready = self._new_window()
            self._ready.prepare()

    def show(self, ledger: Ledger) -> None:
        """Show the main window on an open ledger."""
        self._ledger = ledger
        self.refusal = None
        self.operations.hold()
        window, self._ready = self._ready or self._new_window(), None
        self.window = window
        self._fill(window, ledger)
        window.show()
        FirstSight(window, partial(self._seen, ledger))
        if self.start is not None:
            self.start.close()
            self.start.deleteLater()
            self.start = None

    def open(self, path: Path, opening: Callable[[], Ledger]) -> None:
        """Show the main window at once, and open its ledger, the one at ``path``, behind it.

        Where ``opening`` raises, that is told where the passphrase is asked for, and the run ends with
        ``refusal`` unless the ledger is opened after all; where nobody looks on, it ends at once.
        """
        window = self.window = self._new_window()
        self._asked = path
        window.navigation.call(path.stem)
        self.operations.hold()

        def work(_progress: Progress) -> Ledger:
            # Kept at once: it has to be closed even if the window is by now.
            self._ledger = ledger = opening()
            ledger.facts()
            for one in WANTED:
                one.load()
            return ledger

        def opened(ledger: Ledger) -> None:
            self.operations.hold()
            self._fill(window, ledger)
            # Not yet: the page is painted first.
            QTimer.singleShot(0, self, partial(self._seen, ledger))

        self._opening = self.operations.run(work, opened, failed=self._refused)
        window.show()
        FirstSight(window, self.operations.release)

    def _new_window(self) -> MainWindow:
        from app.ui.context import Context
        from app.ui.shell.window import MainWindow

        window = MainWindow(Context(self.program, None, self.dialogs, self.operations, self.look))
        window.closed.connect(self._leave)
        window.context.restoring.connect(self.restore)
        return window

    def _fill(self, window: MainWindow, ledger: Ledger) -> None:
        self._opening = None
        self.operations.run(
            lambda _progress: self.program.product.catalogue, lambda _catalogue: None, failed=self._unreadable
        )
        window.context.take(ledger)

    def _refused(self, error: Exception) -> None:
        self.refusal, self._opening = error, None
        window = self.window
        if window is None or not looked_on():
            self._app.quit()
            return
        # A window that vanished without a word would leave whoever started it from an icon with nothing.
        self.window = None
        self.begin(self._asked, error)
        window.put_away()

    def _leave(self) -> None:
        if self._opening is not None:
            # The answer may be under way already: nothing is shown in a window that was closed.
            self._opening.dropped = True
        self._app.quit()

    @property
    def front(self) -> QWidget | None:
        """The window that is shown, None while one ledger is put away for another."""
        return self.window or self.start

    @property
    def at(self) -> Path | None:
        """The ledger that is open or asked for, None while a new one is made."""
        if self._ledger is not None:
            return self._ledger.path
        if self._opening is not None:
            return self._asked
        return self.start.asked if self.start is not None else None

    def change_to(self, path: Path) -> None:
        """Put away what is open, asking about what is not saved, and ask for the key of another ledger."""
        ledger, window = self._ledger, self.window
        if self._opening is not None or (self.start is not None and self.start.opening):
            self.dialogs.tell(
                f"「{path.name}」はまだ開いていません。いま開いている台帳を待って、もう一度開いてください。"
            )
        elif self.start is not None:
            self.start.ask_for(path)
        elif ledger is not None and window is not None and window.may_close():
            if window.backing.running is not None:
                window.backing.running.cancel()
            self._ledger = self.window = None
            self.operations.turn_away()
            window.put_away()

            def close() -> None:
                self.operations.run(lambda _progress: ledger.close(), lambda _none: self.begin(path))

            self._after_all([*Lane], close)

    def saving_session(self, manager: QSessionManager) -> None:
        """The system is about to end the session: ask about what is not saved, while it lets us.

        No backup is made: the system waits for some seconds only, and the next start tells what is missing.
        """
        if manager.allowsInteraction() and self.window is not None and not self.window.edits_settled():
            manager.cancel()

    def restore(self, agreed: Restoration) -> None:
        """Close the ledger, put the backup in its place, and go on with what is there then."""
        from app.ui.shell.progress import ProgressDialog

        ledger, window, product = self._ledger, self.window, self.program.product
        if ledger is None or window is None:
            return
        title = "バックアップから復元しています"
        waiting = ProgressDialog(self.operations, title)
        if window.backing.running is not None:
            window.backing.running.cancel()
        self._ledger = self.window = None
        self.operations.turn_away()
        window.put_away()
        waiting.show()

        def work(progress: Progress) -> tuple[Ledger, Outcome | PeopleError]:
            ledger.close()
            ended: Outcome | PeopleError
            try:
                ended = agreed.finish(progress)
            except PeopleError as error:
                ended = error
            opened = product.open(ledger.path, ledger.key)
            opened.facts()
            return opened, ended

        def done(answer: tuple[Ledger, Outcome | PeopleError]) -> None:
            waiting.accept()
            opened, ended = answer
            self.show(opened)
            if isinstance(ended, PeopleError):
                self.dialogs.warn(f"復元できませんでした。台帳は元のままです。{ended.sentence}")
            else:
                kept = f"復元前の台帳は「{ended.kept.name}」に残しました。" if ended.kept else ""
                self.dialogs.tell(f"バックアップから復元しました。{kept}", sentences(ended.notes))

        def failed(error: Exception) -> None:
            waiting.accept()
            self.begin(ledger.path)
            self._tell(error)

        def begin() -> None:
            waiting.follow(self.operations.run(work, done, title=title, failed=failed))

        self._after_all([*Lane], begin)

    def _after_all(self, lanes: list[Lane], then: Callable[[], object]) -> None:
        """``then``, once no lane has anything of before left to do, nor anything that an answer asked for.

        What reads the ledger while ``then`` closes it fails for a reason that nobody can act on.
        """
        if not lanes and not self.operations.busy:
            then()
            return
        lanes = lanes or [*Lane]
        rest = lanes[1:]
        self.operations.run(lambda _progress: None, lambda _none: self._after_all(rest, then), lane=lanes[0])

    def _seen(self, ledger: Ledger) -> None:
        """Begin the work that waited for the window, and say what was found on the way in."""
        self._app.setWindowIcon(program_icon())
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
        """Stop the worker and close the ledger, even one that was opened for a window closed by then.

        Again is harmless. At the end of a session the system stops the process as soon as this returns.
        """
        if self.window is not None and self.window.isVisible():
            self.window.keep_geometry()
        self.operations.stop()
        if self.window is not None:
            self.window.context.close()
        if self.start is not None:
            self.start.release()
        for ledger in (self._ledger, self.start and self.start.unlocked):
            if ledger is not None:
                ledger.close()
        self._ledger = None
        remove_mine(self.program.preferences.path.parent)
        if self._ready is not None:
            self._ready.context.close()
            self._ready.deleteLater()
            self._ready = None
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
        if isinstance(error, PeopleError) and self.window is not None:
            self.window.context.tell(error)
        elif isinstance(error, PeopleError):
            self.dialogs.warn(error.sentence, sentences(error.problems) if len(error.problems) > 1 else "")
        else:
            raise error


def run(program: Program, path: Path | None = None, opening: Callable[[], Ledger] | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    ``path`` is a ledger to be unlocked, or what ``opening`` opens. Without it the ledger used last is asked
    for, and where there is none the first run begins. Raises what ``opening`` raised, unless a ledger was
    opened after all; where somebody looks on, the window has told it by then.
    """
    first = First(program.preferences.path.parent)
    # A ledger with its passphrase in a file is opened for a command, which waits for its own window.
    alone = first.take()
    if not alone and opening is None and first.hand_over(path):
        return 0
    if alone:
        remove_all(program.preferences.path.parent)
    stand_as_one()
    app = QApplication.instance() or application(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    app.setApplicationName("受託台帳")
    app.setDesktopFileName("jutaku-daicho")
    desk = Desk(app, program)
    Faults(desk.dialogs).install()
    app.commitDataRequest.connect(desk.saving_session)
    app.aboutToQuit.connect(desk.end)
    first.wanted.connect(partial(summon, desk))
    collect_once_filled(desk.operations, lambda: desk.window is not None)
    if path is not None and opening is not None:
        desk.open(path, opening)
    else:
        desk.begin(path or last_used(program))
    QTimer.singleShot(0, first, first.listen)
    try:
        code = app.exec()
    finally:
        first.release()
        desk.end()
    if desk.refusal is not None:
        raise desk.refusal
    return code


def looked_on() -> bool:
    """Whether a person can see the windows of this run."""
    return QApplication.platformName() not in ("offscreen", "minimal")


def last_used(program: Program) -> Path | None:
    """The ledger used last. One that is no longer there is asked for all the same, and said to be missing.

    Whoever was led into making a new ledger instead would take the old one for lost.
    """
    return program.preferences.ledger()
