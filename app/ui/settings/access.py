"""パスフレーズと回復シート."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout

from app.common import PeopleError, Progress
from app.ledger.access import opening
from app.ledger.errors import WrongPassphraseError
from app.ledger.secret import keyring_store
from app.ledger.secret.keys import COST
from app.ui.access.recovery import RecoverySheet
from app.ui.access.secrets import NewPassphrase, SecretEdit
from app.ui.access.unlock import remembered
from app.ui.papers.printing import print_pdf
from app.ui.parts.widgets import Notice, button, label, prose, row
from app.ui.settings.section import Section

_WRONG = "現在のパスフレーズが違います。入力し直してください。"
"""With the ledger open nobody is to open it by its recovery code."""


class AccessSection(Section):
    """Changing the passphrase, making the recovery sheet again, and the computer's memory of the key."""

    name = "access"
    heading = "パスフレーズと回復シート"
    topic = "04-keys-and-backups"

    def build(self) -> None:
        look = self.context.look
        inside = self.card("パスフレーズの変更")
        self.current = SecretEdit(look, "現在のパスフレーズ")
        self.new = NewPassphrase(
            look,
            lambda: (self.context.ledger.officer, self.context.ledger.path.stem),
            name="新しいパスフレーズ",
        )
        self.new.changed.connect(self._allow)
        self.current.changed.connect(lambda _text: self._allow())
        self.notice = Notice()
        self.change_button = button("パスフレーズを変更", self.change, kind="primary")
        inside.addWidget(
            prose(
                "変更する前に、バックアップを1つ作成します。変更する前のバックアップは、前のパスフレーズで開けるままです。"
                "前のパスフレーズを人に知られたときは、古いバックアップの保管場所も確かめてください。",
                "sub",
            )
        )
        inside.addWidget(label("現在のパスフレーズ", "h3"))
        for widget in (self.current, self.new, self.notice):
            inside.addWidget(widget)
        inside.addLayout(row(None, self.change_button))
        inside = self.card("回復シート")
        inside.addWidget(
            prose(
                "パスフレーズを忘れたときに台帳を開くための用紙です。失くしたときは作り直せます。"
                "パスフレーズを変更しても、前の用紙はそのまま使えます。",
                "sub",
            )
        )
        inside.addLayout(row(button("回復シートを作成…", self.make_sheet), None))
        inside = self.card("このPCでの記憶")
        self.remember = QCheckBox("このPCで鍵を記憶し、入力を省略する")
        self.remember.setAccessibleName("このPCで鍵を記憶する")
        self.remember.clicked.connect(self.keep)
        inside.addWidget(self.remember)
        inside.addWidget(
            prose("このPCのあなたのアカウントでだけ使えます。ほかの人も使うPCではお勧めしません。", "hint")
        )
        self._allow()
        self.refresh()

    def refresh(self) -> None:
        self.remember.setChecked(self.context.preferences.flag(remembered(self.context.ledger.path)))

    def change(self) -> None:
        """Seal the key under another passphrase, once the present one is proven."""
        ledger, current, new = self.context.ledger, self.current.text(), self.new.text()
        cost = self.context.program.cost or COST
        backups = self.context.preferences.backups(ledger.path)

        def work(progress: Progress) -> None:
            opening.unlock(ledger.path, current)
            ledger.change_passphrase(new, cost=cost, backups=backups, progress=progress)

        self.change_button.setEnabled(False)
        self.notice.say("")
        self.context.operations.run(
            work,
            lambda _none: self._changed(),
            failed=self._failed,
            title="パスフレーズを変更しています",
            owner=self,
        )

    def make_sheet(self) -> None:
        """Make the recovery sheet again, once the passphrase is proven."""
        dialog = SheetDialog(self)
        self.context.dialogs.show(dialog)

    def keep(self) -> None:
        """Have the computer remember the key, or forget it."""
        ledger, wanted = self.context.ledger, self.remember.isChecked()

        def work(_progress: Progress) -> bool:
            return (
                keyring_store.remember(ledger.id, ledger.key) if wanted else keyring_store.forget(ledger.id)
            )

        def done(worked: bool) -> None:
            self.context.preferences.set(**{remembered(ledger.path): wanted and worked})
            if not worked:
                self.context.dialogs.warn(
                    "このPCに鍵を記憶できませんでした。開くときにパスフレーズを入力してください。"
                    if wanted
                    else "このPCから鍵を消せませんでした。資格情報マネージャーで確かめてください。"
                )
            self.refresh()

        self.context.operations.run(work, done, owner=self)

    def _changed(self) -> None:
        self.current.clear()
        self.new.clear()
        self.notice.say(
            "パスフレーズを変更しました。次に開くときから使います。変更する前のバックアップは、"
            "前のパスフレーズで開きます。",
            "ok",
        )

    def _failed(self, error: Exception) -> None:
        self._allow()
        if not isinstance(error, PeopleError):
            raise error
        wrong = isinstance(error, WrongPassphraseError)
        self.notice.say(_WRONG if wrong else error.sentence, "danger")
        if wrong:
            self.current.again()

    def _allow(self) -> None:
        self.change_button.setEnabled(bool(self.current.text()) and bool(self.new.text()))


class SheetDialog(QDialog):
    """Asks for the passphrase, then shows the recovery sheet."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        context = section.context
        self._context = context
        self.setWindowTitle("回復シートの作成")
        self.passphrase = SecretEdit(context.look, "現在のパスフレーズ")
        self.passphrase.entered.connect(self.prove)
        self.notice = Notice()
        self.prove_button = button("確かめる", self.prove, kind="primary")
        self.sheet = RecoverySheet(context.look, context.dialogs, context.operations)
        self.sheet.hide()
        self.sheet.changed.connect(self._allow)
        self.done_button = button("完了", self.accept, kind="primary")
        self.done_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label("回復シートの作成", "h2"))
        self._asked = prose("本人であることを確かめるため、現在のパスフレーズを入力してください。")
        for widget in (self._asked, self.passphrase, self.notice, self.sheet):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(row(None, button("閉じる", self.reject), self.prove_button, self.done_button))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("あ") * 46)

    def accept(self) -> None:
        """Note that the sheet was made and typed back."""
        if self.sheet.proven and self._context.attempt(self._context.ledger.prove_sheet):
            super().accept()

    def prove(self) -> None:
        """Check the passphrase in the worker."""
        path, typed = self._context.ledger.path, self.passphrase.text()
        self.prove_button.setEnabled(False)
        self._context.operations.run(
            lambda _progress: opening.unlock(path, typed),
            lambda _key: self._proven(),
            failed=self._failed,
            owner=self,
        )

    def _proven(self) -> None:
        ledger = self._context.ledger
        self.sheet.use(
            ledger.recovery_code(),
            ledger.path.stem,
            self._context.today(),
            ledger.officer,
            partial(print_pdf, self._context),
        )
        for widget in (self.passphrase, self.prove_button, self._asked, self.notice):
            widget.hide()
        self.sheet.show()
        self.done_button.show()
        self._allow()

    def _allow(self) -> None:
        self.done_button.setEnabled(self.sheet.proven)

    def _failed(self, error: Exception) -> None:
        self.prove_button.setEnabled(True)
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(_WRONG if isinstance(error, WrongPassphraseError) else error.sentence, "danger")
        self.passphrase.again()
