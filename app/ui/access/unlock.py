"""Opening a ledger: by passphrase, by the computer's memory, or by the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.filesystem import may_be_there, unreachable
from app.ui.access.secrets import CodeInput, SecretEdit
from app.ui.access.tries import Tries
from app.ui.operations import Job, Operations
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.look import Look
from app.ui.parts.widgets import BRAND, Notice, Prose, button, card, em, label, row

if TYPE_CHECKING:
    from app.ledger.door import Ledger
    from app.ui.context import Program

LEDGERS = "受託台帳 (*.jutaku);;すべてのファイル (*)"


class UnlockPage(QWidget):
    """``opened(ledger)`` with its records read; ``new_wanted`` to make a new ledger; ``restore_wanted(path)``
    to put a backup back, ``path`` being one that was chosen to be opened, or None."""

    opened = Signal(object)
    new_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(
        self, program: Program, look: Look, dialogs: Dialogs, operations: Operations, path: Path
    ) -> None:
        super().__init__()
        self._program = program
        self._dialogs = dialogs
        self._operations = operations
        self.path = path
        self.ledger: Ledger | None = None
        """One that is open and that nobody has been given yet."""
        self._job: Job | None = None
        self._refused = False
        """Whether the sentence that stands there says of what was typed that it is wrong."""
        self.busy = False
        """Whether a ledger is being opened."""
        self._waiting = 0
        self._wanted = False
        """Whether opening was asked for during the wait: then it is tried, unless typing goes on."""
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._wait_on)
        self._build(look)
        self._by_code(False)
        self.show_path(path)

    def _build(self, look: Look) -> None:
        self._name = label("", "h2")
        self._where = Prose("", "hint")
        self.notice = Notice()
        self.rescue_button = button("バックアップから復元…", self._restore)
        self.rescue_button.hide()
        self.restore_button = button("バックアップから復元…", self._restore, kind="quiet")
        self.passphrase = SecretEdit(look, "パスフレーズ")
        self.passphrase.entered.connect(self.open)
        self.passphrase.changed.connect(lambda _text: self._typed())
        self.code = CodeInput()
        self.code.entered.connect(self.open)
        self.code.changed.connect(self._typed)
        self.remember = QCheckBox("このPCで記憶し、次回から入力を省略する")
        self.remember.setAccessibleName("このPCで記憶する")
        self.open_button = button("開く", self.open, kind="primary")
        self.open_button.setDefault(True)
        look.dress(self.open_button, "lock", "on-primary")
        self.way_button = button("", self._other_way, kind="quiet")
        self.other_button = button("別の台帳を開く…", self.choose, kind="quiet")
        self.new_button = button("新しい台帳を作る…", self.new_wanted.emit, kind="quiet")
        self._asked = label("", "h3")
        frame, inside = card()
        inside.setContentsMargins(28, 24, 28, 22)
        inside.setSpacing(12)
        for widget in (label(BRAND, "brand"), self._name, self._where, self.notice):
            inside.addWidget(widget)
        inside.addLayout(row(self.rescue_button, None))
        inside.addWidget(self._asked)
        for field in (self.passphrase, self.code, self.remember):
            inside.addWidget(field)
        inside.addSpacing(4)
        inside.addLayout(row(self.way_button, None, self.open_button))
        frame.setMaximumWidth(em(self, 46))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        # Between stretches rather than centred: an aligned widget is not given the height its text needs.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(frame, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addLayout(row(None, self.other_button, self.restore_button, self.new_button, None))
        layout.addStretch(3)

    def show_path(self, path: Path) -> None:
        """Ask for the key of the ledger at ``path``."""
        self.path = path
        self._refused = self._wanted = False
        # Not the same word twice: a ledger is called as the program is unless one says otherwise.
        self._name.setText(path.stem)
        self._name.setVisible(path.stem != BRAND)
        self._where.say(str(path if path.stem == BRAND else path.parent))
        self.notice.say("" if may_be_there(path) else _missing(path))
        self.rescue_button.hide()
        self.passphrase.clear()
        self.code.clear()

    def try_memory(self) -> None:
        """Open without asking if the user chose so for this ledger and the computer remembers its key."""
        if self._program.preferences.flag(remembered(self.path)):
            self.remember.setChecked(True)
            self._run(_from_keyring, quiet=True)

    def look(self) -> None:
        """Say at once if somebody else has the ledger open: its passphrase would be typed for nothing."""
        path = self.path

        def told(sentence: str) -> None:
            # Whatever was said or begun meanwhile tells more.
            if sentence and path == self.path and not (self.busy or self.notice.text):
                self.notice.say(sentence, "warn")

        self._operations.run(lambda _progress: _in_use(path), told, failed=_left, owner=self, key="in use")

    def choose(self) -> None:
        """Choose another ledger."""
        for path in self._dialogs.open_files("台帳を開く", LEDGERS):
            self.show_path(path)
            self.try_memory()
            self.look()

    def open(self) -> None:
        """Open with what was typed."""
        if self._waiting:
            # What was just refused is not tried again for a key that was held too long.
            self._wanted = not self._refused
            self._show_wait()
            return
        if self._coded:
            self._run(partial(_with_code, self.code.text()))
            return
        passphrase = self.passphrase.text()
        if not passphrase:
            self._refuse("パスフレーズを入力してください。")
            self._refused = True
            return
        self._run(partial(_with_passphrase, passphrase))

    def _run(self, unlock: Callable[[Path], bytes | None], *, quiet: bool = False) -> None:
        path, keep = self.path, self.remember.isChecked()
        product = self._program.product

        def work(_progress: Progress) -> tuple[Ledger, bool] | None:
            key = unlock(path)
            if key is None:
                return None
            from app.ledger.secret import keyring_store

            # Kept at once: it has to be closed even if the window is by now.
            self.ledger = ledger = product.open(path, key)
            try:
                ledger.facts()
                kept = not keep or quiet or keyring_store.remember(ledger.id, key)
            except BaseException:
                self.ledger = None
                ledger.close()
                raise
            return ledger, kept

        self._busy(True)
        self._job = self._operations.run(work, self._done, failed=self._failed, owner=self)

    def give_up(self) -> None:
        """The window is closed: whatever is on its way, nothing is shown any more."""
        if self._job is not None:
            self._job.dropped = True

    def _done(self, answer: tuple[Ledger, bool] | None) -> None:
        self._busy(False)
        if answer is None:
            self.notice.say("このPCに鍵が記憶されていません。パスフレーズを入力してください。", "info")
            return
        ledger, kept = answer
        self.ledger = None
        keep = self.remember.isChecked()
        preferences = self._program.preferences
        preferences.set(ledger=str(self.path))
        preferences.set(**{remembered(self.path): keep and kept})
        if not kept:
            self._dialogs.warn("このPCに鍵を記憶できませんでした。次回もパスフレーズを入力してください。")
        self.passphrase.clear()
        self.code.clear()
        self.opened.emit(ledger)

    def tell(self, error: Exception) -> None:
        """Say why the ledger could not be opened, and lead on to a backup where that helps."""
        if not isinstance(error, PeopleError):
            self._refuse("予期しない誤りが起きたため、台帳を開けませんでした。")
            return
        self._refuse(error.sentence)
        self.rescue_button.setVisible(error.by_restoring)
        if error.by_restoring:
            self.rescue_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self.tell(error)
        if not isinstance(error, PeopleError):
            raise error
        from app.ledger.errors import WrongCodeError, WrongPassphraseError

        if isinstance(error, WrongPassphraseError | WrongCodeError):
            self._refused = True
            self._wait(self.tries.wrong())

    def _restore(self) -> None:
        self.restore_wanted.emit(self.path)

    @property
    def tries(self) -> Tries:
        """The wrong tries on the ledger that is asked for."""
        return Tries(self._program.preferences, self.path, self._program.now)

    def _wait(self, seconds: int) -> None:
        """Take the next try only after so many seconds; typing goes on meanwhile."""
        self._waiting, self._wanted = seconds, False
        if seconds:
            self._second.start()
        self._show_wait()

    def _wait_on(self) -> None:
        self._waiting -= 1
        self._show_wait()
        if self._waiting:
            return
        self._second.stop()
        wanted, self._wanted = self._wanted, False
        if wanted:
            self.open()

    def _show_wait(self) -> None:
        self.open_button.setEnabled(not self._waiting)
        self.open_button.setText(f"あと{self._waiting}秒" if self._waiting else "開く")
        if self._waiting and self._wanted:
            self.notice.say(f"まだ試していません。あと{self._waiting}秒で、入力した内容で開きます。", "info")

    def _typed(self) -> None:
        """What was refused, or was to be tried after the wait, is no longer what stands there."""
        if self._refused or self._wanted:
            self._refused = self._wanted = False
            self.notice.say("")

    def _refuse(self, sentence: str) -> None:
        self.notice.say(sentence, "danger")
        self._refused = False
        field = self.code if self._coded else self.passphrase
        field.setFocus()
        if not self._coded:
            self.passphrase.edit.selectAll()

    def _busy(self, busy: bool) -> None:
        self.busy = busy
        for widget in (self.open_button, self.passphrase, self.code, self.way_button, self.other_button):
            widget.setEnabled(not busy)
        self.new_button.setEnabled(not busy)
        self.open_button.setText("開いています…" if busy else "開く")
        self.restore_button.setEnabled(not busy)
        if busy:
            self.notice.say("")
            self.rescue_button.hide()

    def _other_way(self) -> None:
        self._by_code(not self._coded)

    def _by_code(self, coded: bool) -> None:
        self._refused = self._wanted = False
        self._coded = coded
        self.passphrase.setVisible(not coded)
        self.code.setVisible(coded)
        self._asked.setText("回復シートの回復コード" if coded else "パスフレーズ")
        text = "パスフレーズで開く" if coded else "回復コードで開く"
        self.way_button.setText(text)
        self.way_button.setAccessibleName(text)
        self.notice.say("")
        (self.code if coded else self.passphrase).setFocus()


def _from_keyring(path: Path) -> bytes | None:
    # Late, as in the others: this window is painted before anything of the ledger is loaded.
    from app.ledger.access.opening import unlock_from_keyring

    return unlock_from_keyring(path)


def _in_use(path: Path) -> str:
    from app.ledger.file.lock import in_use

    return in_use(path)


def _left(_error: Exception) -> None:
    """Nobody is told: whoever opens the ledger learns how it stands."""


def _with_code(code: str, path: Path) -> bytes:
    from app.ledger.access.opening import unlock_with_code

    return unlock_with_code(path, code)


def _with_passphrase(passphrase: str, path: Path) -> bytes:
    from app.ledger.access.opening import unlock

    return unlock(path, passphrase)


def _missing(path: Path) -> str:
    from app.ledger.errors import MissingLedgerError

    return unreachable(path) or MissingLedgerError(path).sentence


def remembered(path: Path) -> str:
    """The name of the setting that says whether this computer remembers the key of a ledger."""
    return f"remember {path}"
