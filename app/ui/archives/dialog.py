"""アーカイブから台帳を作成: which file, where to, by which passphrases; made in the worker, or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.preferences import default_ledger
from app.ui.access.secrets import NewPassphrase, SecretEdit
from app.ui.parts.space.screen import Framed, fit
from app.ui.parts.widgets import Notice, Prose, button, em, label, prose, row
from app.ui.restoring.choice import LEDGERS
from app.ui.restoring.dialog import Around
from app.ui.restoring.running import Running

if TYPE_CHECKING:
    from app.ledger.archiving.incoming import Brought
    from app.ledger.door import Ledger

TITLE = "アーカイブから台帳を作成"
ARCHIVES = "アーカイブ (*.zip)"
NEW_SHEET = (
    "元の台帳とは別の鍵になったため、元の回復シートでは開けません。"
    "設定の「パスフレーズと回復シート」で、新しい回復シートを作成してください。"
)


class UnarchiveDialog(QDialog):
    """Accepted: the ledger at ``target`` was made, as ``brought`` says; with ``opens`` it is open."""

    def __init__(self, around: Around, place: Path | None = None, *, opens: bool = False) -> None:
        """``place``: a ledger beside which the new one is put unless another place is chosen."""
        super().__init__()
        self._around = around
        self._opens = opens
        self.source: Path | None = None
        self.sealed = False
        self.brought: Brought | None = None
        self.ledger: Ledger | None = None
        self.target = _free(place or default_ledger())
        self._taken = False
        self._build()
        self._allow()

    def _build(self) -> None:
        look = self._around.look
        self.setWindowTitle(TITLE)
        self.file_button = button("ファイルを選ぶ…", self.choose_file)
        self.taken = Prose("", "sub")
        self.own = SecretEdit(look, "アーカイブのパスフレーズ")
        self.own.changed.connect(lambda _text: self._allow())
        self._own_label = label("アーカイブのパスフレーズ", "h3")
        self.where = Prose(str(self.target), "sub")
        self.place_button = button("場所を変更…", self.choose_place)
        self.new = NewPassphrase(look, lambda: (self.target.stem,), name="作る台帳のパスフレーズ")
        self.new.changed.connect(self._allow)
        self.notice = Notice("", "danger")
        self.running = Running(self._around.operations)
        self.running.turned.connect(self._allow)
        self.lacking = Prose("", "sub")
        self.back_button = button("戻る", self.reject)
        self.go_button = button("台帳を作成", self.make, kind="primary")
        self.rejected.connect(self.running.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(TITLE, "h2"))
        self._frame = Framed(self._fields())
        layout.addWidget(self._frame, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.running)
        layout.addWidget(self.lacking)
        layout.addLayout(row(None, self.back_button, self.go_button))
        fit(self, QSize(em(self, 46), em(self, 40)))

    def _fields(self) -> QWidget:
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(label("アーカイブ", "h3"))
        inside.addWidget(self.taken)
        inside.addLayout(row(self.file_button, None))
        inside.addSpacing(6)
        for each in (self._own_label, self.own):
            each.hide()
            inside.addWidget(each)
        inside.addSpacing(6)
        inside.addWidget(label("作る台帳", "h3"))
        inside.addWidget(self.where)
        inside.addLayout(row(self.place_button, None))
        inside.addSpacing(6)
        inside.addWidget(
            prose(
                "作る台帳のパスフレーズを、書き出したときの台帳のものにすると、鍵も回復シートも元のままです。"
                "別のものにすると鍵が新しくなり、そのことを記録簿に1件残します。",
                "hint",
            )
        )
        inside.addWidget(self.new)
        inside.addStretch(1)
        return made

    def take(self, path: Path) -> None:
        """Choose the archive ``path``; whether it asks for a passphrase is looked up in the worker."""
        from app.exchange.archive.reading import is_sealed

        self.source = path
        self.notice.say("")
        self.taken.say(str(path))
        self._run(lambda _progress: is_sealed(path), self._took, "アーカイブを確かめています")

    def choose_file(self) -> None:
        """Choose an archive of any folder or medium."""
        for path in self._around.dialogs.open_files("アーカイブを選ぶ", ARCHIVES):
            self.take(path)

    def choose_place(self) -> None:
        """Choose where the new ledger is put."""
        path = self._around.dialogs.save_file("作る台帳の場所", str(self.target), LEDGERS)
        if path is not None:
            self.target = path if path.suffix else path.with_suffix(".jutaku")
            self._taken = self.target.exists()
            self.where.say(str(self.target))
            self._allow()

    def make(self) -> None:
        """Make the ledger in the worker."""
        from app.exchange.archive.archiving import unarchive
        from app.ledger.secret.keys import COST

        source, target, program = self.source, self.target, self._around.program
        if source is None:
            return
        phrase, own, opens = self.new.text(), self.own.text() if self.sealed else "", self._opens

        def work(progress: Progress) -> tuple[Brought, Ledger | None]:
            brought = unarchive(
                source,
                target,
                phrase,
                own_passphrase=own,
                progress=progress,
                clock=program.now,
                cost=program.cost or COST,
            )
            return brought, _opened(around, target, brought) if opens else None

        around = self._around
        self._run(work, self._made, "台帳を作成しています")

    def _took(self, sealed: bool) -> None:
        self.sealed = sealed
        for each in (self._own_label, self.own):
            each.setVisible(sealed)
        if sealed:
            self.own.setFocus()
        self._allow()

    def _made(self, made: tuple[Brought, Ledger | None]) -> None:
        self.brought, self.ledger = made
        self.accept()

    def _failed(self, error: Exception) -> None:
        from app.exchange.archive.reading import SealedArchiveError

        if not isinstance(error, PeopleError):
            self.notice.say("予期しない誤りが起きたため、台帳を作成できませんでした。", "danger")
            raise error
        self.notice.say(error.sentence, "danger")
        if isinstance(error, SealedArchiveError):
            self.own.again()

    def _lacking(self) -> str:
        if self.source is None:
            return "アーカイブを選んでください。"
        if self.sealed and not self.own.text():
            return "アーカイブのパスフレーズを入力してください。"
        if self._taken:
            return f"「{self.target.name}」は既にあります。上書きはしません。別の場所を選んでください。"
        return self.new.lacking

    def _allow(self) -> None:
        busy, lacking = self.running.busy, self._lacking()
        self.lacking.say("" if busy else lacking)
        self.go_button.setEnabled(not busy and not lacking)
        self.back_button.setEnabled(not busy)
        self._frame.setEnabled(not busy)

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None], title: str) -> None:
        self.notice.say("")
        self.running.run(work, done, title, self._failed)


def _opened(around: Around, path: Path, brought: Brought) -> Ledger:
    """The new ledger with its records read."""
    made = around.program.product.open(path, brought.key)
    try:
        made.facts()
    except BaseException:
        made.close()
        raise
    return made


def _free(usual: Path) -> Path:
    """A name that is free, for a ledger of its own."""
    number, free = 1, usual
    while free.exists():
        number += 1
        free = usual.with_name(f"{usual.stem}-{number}{usual.suffix}")
    return free
