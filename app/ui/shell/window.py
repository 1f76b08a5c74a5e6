"""The main window: the strip of rooms, the pages, the band for what is wrong, and the line of progress."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.context import Context
from app.ui.parts.keyboard import focused
from app.ui.parts.live_line import finish_composing
from app.ui.parts.space.screen import fit, room, stand_again
from app.ui.parts.widgets import Notice, button, em
from app.ui.shell.ahead import print_ahead
from app.ui.shell.leaving import may_leave
from app.ui.shell.navigation import Navigation
from app.ui.shell.pages import Pages
from app.ui.shell.progress import BottomLine, Opening
from app.ui.shell.rooms import ROOMS
from app.ui.shell.trail import TrailBar
from app.ui.targets import ShowSettings, ShowToday, Target

if TYPE_CHECKING:
    from app.ui.backing import Backing
    from app.ui.page import Page

NARROW = 1000
"""Logical pixels below which the strip takes no more room than its names need."""
_LEAST = QSize(600, 380)
"""Below this nothing can be read; what a page has no room for above it is scrolled."""


class MainWindow(QMainWindow):
    """One ledger. ``closed`` once the window is gone and everything is on disk.

    Until the ledger is open, the window stands with its strip of rooms and says that it is being opened:
    nothing can be pressed in it, and nothing could be taken for what the ledger holds.
    """

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._leaving = False
        self._text_size = context.look.size
        self._build()
        self._restore()
        if context.is_open:
            self._fill()
        else:
            context.opened.connect(self._fill)

    def prepare(self) -> None:
        """Make the first page and lay it out, before the ledger is open and anybody sees the window."""
        self.stack.prepare()
        self.grab()

    @property
    def backing(self) -> Backing:
        """What makes backups of the ledger."""
        return self.context.backing

    def _fill(self) -> None:
        """The ledger is open: show the first page, and let everything be pressed."""
        # Late: the empty window is painted before anything is loaded that a ledger needs.
        from app.ui.papers.dropping import Dropping
        from app.ui.shell.bands import Bands
        from app.ui.tray.following import follow
        from app.ui.watching import Watching

        context = self.context
        self.watching = Watching(context.ledger, context.operations, context.backups)
        self.bands = Bands(context)
        self._above.insertWidget(self._above.indexOf(self.banner), self.bands)
        self.navigation.call(context.ledger.path.stem)
        self.navigation.setEnabled(True)
        self._bind_keys()
        Dropping(self, self._take_in)
        context.leave = self.stack.leave_all
        context.wanted.connect(self.open)
        context.said.connect(self.say)
        context.look.changed.connect(self._resize_text)
        self.backing.told.connect(self._tell_backup)
        self.watching.told.connect(self._tell_alarm)
        self.watching.told.connect(partial(print_ahead, context.operations))
        self.open(ShowToday())
        follow(context)
        self.stack.removeWidget(self._opening)
        self._opening.deleteLater()
        context.operations.idle.connect(self._look_behind)
        # There is an end to wait for even where what is due is known already.
        context.operations.run(lambda _progress: None, lambda _none: None)

    def _take_in(self, paths: list[Path]) -> None:
        from app.ui.papers.taking_in import take_in

        take_in(self.context, paths)

    def _look_behind(self) -> None:
        """What is due stands: see, once it is painted, how the backups stand and if the ledger is sound."""
        from app.ui.reckoning.assessor import Assessor

        if not self.context.is_open or Assessor.of(self.context).asked:
            return
        self.context.operations.idle.disconnect(self._look_behind)
        QTimer.singleShot(0, self, self._look_at_copies)
        QTimer.singleShot(0, self, self._offer_undo)
        self.context.changed.connect(lambda _changes: self._offer_undo())

    def _look_at_copies(self) -> None:
        if self.context.is_open:
            self.backing.look()
            self.watching.look()

    def _build(self) -> None:
        context = self.context
        self.setWindowTitle("受託台帳")
        self.navigation = Navigation(context.look)
        self.navigation.setEnabled(False)
        self.navigation.chosen.connect(self._enter_room)
        self.navigation.search.connect(self.show_search)
        self.navigation.undo.connect(self.undo)
        self.navigation.accident.connect(self.report_accident)
        self.banner = Notice("", "danger", button("バックアップの設定を開く", self._open_backups))
        self.alarm = Notice("", "danger", button("台帳の検証を開く", self._open_check))
        self.trail_bar = TrailBar(context.look)
        self.trail_bar.back.connect(self.back)
        self.stack = Pages(context)
        self.stack.moved.connect(self._show_trail)
        self._opening = Opening()
        self.stack.addWidget(self._opening)
        self._above = right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.alarm, self.banner, self.trail_bar):
            right.addWidget(widget)
        right.addWidget(self.stack, 1)
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(centre)
        self._bottom = BottomLine(context.operations)
        self.setStatusBar(self._bottom)

    def _bind_keys(self) -> None:
        for number in range(len(ROOMS)):
            self._key(f"Ctrl+{number + 1}", partial(self._enter_room, number))
        self._key(QKeySequence.StandardKey.Find, self.find_words)
        self._key(QKeySequence.StandardKey.Undo, self.undo)
        self._key("Ctrl+Y", self.redo)
        self._key("F5", lambda: self.page.refresh())
        self._key(QKeySequence.StandardKey.Save, lambda: self.page.save())
        self._key(QKeySequence.StandardKey.New, lambda: self.page.add())
        self._key(QKeySequence.StandardKey.Print, lambda: self.page.print_page())
        self._key("Alt+Left", self.back)
        self._key("Ctrl+K", self.show_search)
        self._key("Ctrl+J", self.report_accident)
        self._key("F1", self.show_manual)

    def _key(self, keys: QKeySequence.StandardKey | str, press: Callable[[], Any]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        # An input method may leave such keys to the program while a word is under composition.
        made.activated.connect(finish_composing)
        made.activated.connect(lambda: press())

    def _enter_room(self, number: int) -> None:
        self.open(ROOMS[number].target())

    @property
    def page(self) -> Page:
        """The page one sees."""
        return self.stack.page

    def open(self, target: Target) -> None:
        """Show a room, or put a page above the one that is shown."""
        self.stack.open(target)

    def back(self) -> None:
        """Leave the uppermost page."""
        self.stack.back()

    def find_words(self) -> None:
        """Search what the page shows, where that is a text of its own, else everything."""
        if not self.page.find_words():
            self.show_search()

    def show_search(self) -> None:
        """Search over everything."""
        from app.ui.search.dialog import SearchDialog

        self.context.dialogs.show(SearchDialog(self.context, self))

    def report_accident(self) -> None:
        """What cannot wait: from wherever one is, with what is chosen there."""
        from app.ui.offers.menu import report_accident

        report_accident(self.context, self.page)

    def put_away(self) -> None:
        """Take the window away with the program going on; what is not saved was asked about."""
        self.keep_geometry()
        self.context.close()
        # Its pages ask the ledger for nothing by themselves while it waits to be taken down.
        for timer in self.findChildren(QTimer):
            timer.stop()
        self.hide()
        self.deleteLater()

    def show_manual(self) -> None:
        """The manual, where it tells of the page that is seen."""
        self.open(ShowSettings("manual", self.page.topic))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no widget took: Return presses a button, Esc clears a filter or goes back."""
        held = focused(self)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            held, QPushButton | QToolButton
        ):
            held.click()
        elif event.key() != Qt.Key.Key_Escape or not self.context.is_open:
            super().keyPressEvent(event)
        elif not self.page.escape():
            self.back()

    def undo(self) -> None:
        """Take back the last change that can be, after saying which."""
        from app.ui.undo.asking import undo_newest

        undo_newest(self.context)

    def redo(self) -> None:
        """Do again what was taken back last, after saying what."""
        from app.ui.undo.asking import undo_newest

        undo_newest(self.context, redo=True)

    def _offer_undo(self) -> None:
        """Name what Ctrl+Z takes back; it was queued, and the ledger may have been closed by now."""
        from app.ui.undo.asking import newest

        if not self.context.is_open:
            return
        found = newest(self.context)
        self.navigation.offer_undo(found.title if found else "")

    def say(self, text: str) -> None:
        """Show a passing sentence at the bottom."""
        self._bottom.say(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving or not self.context.is_open:
            self.keep_geometry()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if self.may_close():
            self._go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().screenChanged.connect(self._shrink_least, Qt.ConnectionType.UniqueConnection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.collapse(self.width() < NARROW * self.context.look.size / 100)

    def edits_settled(self) -> bool:
        """Ask about what is not saved; False if the person stays with it."""
        return self.stack.leave_all()

    def may_close(self) -> bool:
        """As ``edits_settled``, and see that a backup holds what was entered."""
        return self.edits_settled() and may_leave(self.context)

    def keep_geometry(self) -> None:
        """Remember where the window stands and how large it is."""
        self.context.preferences.set(window=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))

    def _restore(self) -> None:
        self._shrink_least()
        kept = self.context.preferences.text("window")
        if not (kept and stand_again(self, QByteArray.fromBase64(kept.encode("ascii", "ignore")))):
            fit(self, QSize(em(self, 84), em(self, 54)))

    def _shrink_least(self) -> None:
        """On a screen that is smaller or scaled more, the window may be smaller as well."""
        self.setMinimumSize(_LEAST.boundedTo(room(self)))

    def _go(self) -> None:
        self._leaving = True
        # Not from within: Qt takes no second closing while one is under way.
        QTimer.singleShot(0, self.close)

    def _show_trail(self) -> None:
        self.navigation.mark(self.stack.room)
        self.trail_bar.show_trail(ROOMS[self.stack.room].label, self.stack.titles)

    def _resize_text(self) -> None:
        """Another size of text: what was measured in the former one is made anew when it is next shown."""
        if self.context.look.size == self._text_size:
            return
        self._text_size = self.context.look.size
        self.stack.forget_hidden_rooms()

    def _open_backups(self) -> None:
        self.open(ShowSettings("backup"))

    def _open_check(self) -> None:
        self.open(ShowSettings("check"))

    def _tell_alarm(self) -> None:
        self.alarm.say(self.watching.problem, "danger")

    def _tell_backup(self) -> None:
        self.banner.say(self.backing.problem, "danger")
        self._bottom.tell_backup(self.backing.state)
