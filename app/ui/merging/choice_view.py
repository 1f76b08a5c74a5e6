"""Which other ledger, and its passphrase; what is wrong with either stands below it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import PeopleError
from app.exchange.archive.archiving import ENDING
from app.exchange.archive.reading import SealedArchiveError, is_sealed
from app.ledger.errors import WrongPassphraseError
from app.ui.access.secrets import SecretEdit
from app.ui.context import Context
from app.ui.parts.widgets import Prose, button, label, prose, row

_PATTERN = f"台帳・アーカイブ (*.jutaku *{ENDING});;すべてのファイル (*)"
_OWN = "いま開いている台帳です。統合する、もう一方の台帳のファイルを選んでください。"
_WRONG = "パスフレーズが違います。もう一方の台帳のパスフレーズを入力し直してください。"
_TOLD = (
    "支店や別のPCで使っている台帳か、そのアーカイブを選びます。もう一方の台帳の記録は変わりません。"
    "統合する前に、記録ごとに内容を確かめられます。"
)


class ChoiceView(QWidget):
    """``wanted`` when it is to be looked at."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.path: Path | None = None
        self._asks = True
        self.file_button = button("ファイルを選ぶ…", self.choose, key="O")
        self.file = Prose("選んでいません。", "sub")
        self.file_error = Prose("", "error")
        self.passphrase = SecretEdit(context.look, "もう一方の台帳のパスフレーズ")
        self._phrase_label = label("もう一方の台帳のパスフレーズ", "h3")
        self.phrase_error = Prose("", "error")
        self.go_button = button("内容を確かめる", self._go, kind="primary", key="G")
        self.passphrase.changed.connect(lambda _text: self._allow())
        self.passphrase.entered.connect(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        above: tuple[QWidget, ...] = (prose(_TOLD, "sub"), label("もう一方の台帳", "h3"), self.file)
        for widget in above:
            layout.addWidget(widget)
        layout.addLayout(row(self.file_button, None))
        for widget in (self.file_error, self._phrase_label, self.passphrase, self.phrase_error):
            layout.addWidget(widget)
        layout.addLayout(row(self.go_button, None))
        layout.addStretch(1)
        for error in (self.file_error, self.phrase_error):
            error.hide()
        self._allow()

    def choose(self) -> None:
        """Choose the file of any folder or medium."""
        for path in self._context.dialogs.open_files("統合する台帳を選ぶ", _PATTERN)[:1]:
            self.take(path)

    def take(self, path: Path) -> None:
        """Another file; whether it asks for a passphrase is looked up in the worker."""
        self.path, self._asks = path, True
        self.file.say(str(path))
        self.say()
        if self._is_own(path):
            self.path = None
            self.say(file=_OWN)
            return
        if path.suffix.casefold() == ENDING:
            self._context.operations.run(lambda _progress: is_sealed(path), self._ask, owner=self)
        else:
            self._ask(True)

    @property
    def text(self) -> str:
        """The passphrase, empty where none is asked for."""
        return self.passphrase.text() if self._asks else ""

    def say(self, *, file: str = "", phrase: str = "") -> None:
        """What is wrong with the file or the passphrase; nothing takes it away."""
        for error, said in ((self.file_error, file), (self.phrase_error, phrase)):
            error.say(f"✕ {said}" if said else "")
            error.setVisible(bool(said))
        self.passphrase.mark(bool(phrase))
        self._allow()

    def refuse(self, error: PeopleError) -> None:
        """Say where the eye is why the ledger could not be opened."""
        if isinstance(error, WrongPassphraseError | SealedArchiveError):
            self._ask(True)
            wrong = isinstance(error, WrongPassphraseError)
            self.say(phrase=_WRONG if wrong else error.sentence)
            self.passphrase.again()
        else:
            self.say(file=error.sentence)

    def _ask(self, asks: bool) -> None:
        self._asks = asks
        for widget in (self._phrase_label, self.passphrase):
            widget.setVisible(asks)
        (self.passphrase if asks else self.go_button).setFocus()
        self._allow()

    def _allow(self) -> None:
        self.go_button.setEnabled(self.path is not None and (not self._asks or bool(self.passphrase.text())))

    def _go(self) -> None:
        if self.go_button.isEnabled():
            self.wanted.emit()

    def _is_own(self, path: Path) -> bool:
        try:
            return path.samefile(self._context.ledger.path)
        except OSError:
            return False
