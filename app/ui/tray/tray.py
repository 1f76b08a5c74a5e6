"""``jutaku-window --tray``: an icon beside the clock that says what is due, and opens the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QFileSystemWatcher, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.common import PeopleError
from app.preferences import Preferences
from app.ui.parts.icons import program_icon
from app.ui.system.first import First
from app.ui.system.taskbar import stand_as_one
from app.ui.tray import autostart, kept

_MINUTE = 60_000
_SHOWN = 30_000
"""Milliseconds for which the notice stands, where the system asks for that."""
_TRIES = 60
"""Looks, two seconds apart: right after the sign-in the taskbar may not be up yet."""
_PAUSE = 2_000
ENDING = "きょうは通知を終える"
"""The installer names it too: while the notice stands, the program's files cannot be replaced."""
NO_TRAY = "通知領域が使えないため、期限を知らせられません。「設定」の「期限の通知」で選択を外せます。"
NOT_CHOSEN = "期限の通知は選ばれていません。「設定」の「期限の通知」で選べます。"


class Tray(QObject):
    """The icon. It says the notice when it comes up and at the first look of every further day."""

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences,
        icon: QSystemTrayIcon,
        open_window: Callable[[], object],
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(app)
        self._app, self._preferences, self._icon, self._today = app, preferences, icon, today
        self._open = open_window
        self._said: date | None = None
        self.menu = QMenu()
        self.menu.addAction("受託台帳を開く", self._open)
        self.menu.addAction("期限をもう一度知らせる", self.say)
        self.menu.addSeparator()
        self.menu.addAction(ENDING, app.quit)
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._pressed)
        icon.messageClicked.connect(self._open)
        clock = QTimer(self)
        clock.timeout.connect(self.look)
        clock.start(_MINUTE)

    def say(self) -> None:
        """Say the notice now."""
        text = self._tell()
        self._said = self._today()
        self._icon.showMessage("受託台帳", text, program_icon(), _SHOWN)

    def look(self) -> None:
        """Follow the clock, the ledger and the setting."""
        if not self._preferences.flag(kept.FLAG):
            self._app.quit()
        elif self._said != self._today():
            self.say()
        else:
            self._tell()

    def _tell(self) -> str:
        held, today = kept.read(self._preferences.path.parent), self._today()
        self._icon.setToolTip(f"受託台帳\n{kept.brief(held, today)}")
        return kept.said(held, today)

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._open()


def run(preferences: Preferences) -> int:
    """Stay beside the clock until the person ends it or the session does. Returns the exit code.

    Raises ``PeopleError`` where nobody chose it (an entry left behind goes) or there is no such place.
    """
    folder = preferences.path.parent
    if not preferences.flag(kept.FLAG):
        autostart.switch(False)
        raise PeopleError(NOT_CHOSEN)
    first = First(folder, "tray")
    if not first.take() and first.hand_over(None):
        return 0
    stand_as_one()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    app.setApplicationName("受託台帳")
    app.setQuitOnLastWindowClosed(False)
    icon = QSystemTrayIcon(program_icon())
    tray = Tray(app, preferences, icon, open_window)
    first.wanted.connect(lambda _none: tray.say())
    first.listen()
    watcher = QFileSystemWatcher([str(folder)], tray)
    watcher.directoryChanged.connect(lambda _folder: tray.look())
    waiting = Waiting(tray, icon)
    try:
        app.exec()
    finally:
        first.release()
        icon.hide()
    if waiting.in_vain:
        raise PeopleError(NO_TRAY)
    return 0


class Waiting(QObject):
    """Shows the icon as soon as there is a place for it, and gives up where none comes."""

    def __init__(self, tray: Tray, icon: QSystemTrayIcon) -> None:
        super().__init__(tray)
        self.in_vain = False
        self._tray, self._icon, self._left = tray, icon, _TRIES
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_PAUSE)
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Look once."""
        self._left -= 1
        if self._icon.isSystemTrayAvailable():
            self._timer.stop()
            self._icon.show()
            self._tray.say()
        elif self._left <= 0:
            self._timer.stop()
            self.in_vain = True
            QApplication.quit()


def open_window() -> None:
    """Start the window, or have the one that is open come up: it asks for the passphrase itself."""
    QProcess.startDetached(str(autostart.program()), [])


def start() -> None:
    """Put the icon up now, as at the next sign-in. Raises ``PeopleError``."""
    QProcess.startDetached(str(autostart.program()), ["--tray"])
