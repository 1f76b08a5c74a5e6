"""The recovery sheet: on paper or as a file, and the proof that it can be typed back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.saving import save
from app.ui.access.secrets import CodeInput
from app.ui.operations import Operations
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.look import Look
from app.ui.parts.widgets import Notice, button, label, prose, row

PDF = "PDF (*.pdf)"
TITLE = "回復シート"
Send = Callable[[bytes, str, int, Callable[[], object], Callable[[Exception], None]], object]
"""Takes a PDF, its title and its pages to the printer, and tells when it is there or what went wrong."""


class RecoverySheet(QWidget):
    """Prints or saves the sheet of a code and has it typed back. ``changed`` whenever that may be done."""

    changed = Signal()

    def __init__(self, look: Look, dialogs: Dialogs, operations: Operations) -> None:
        super().__init__()
        self._dialogs = dialogs
        self._operations = operations
        self._send: Send | None = None
        self._code = ""
        self._about = ("", date.min, "")
        self.given = False
        self.notice = Notice()
        self.print_button = button("印刷する…", self.print_sheet, kind="primary")
        look.dress(self.print_button, "print", "on-primary")
        self.save_button = button(SAVE_PDF, self.save_sheet)
        look.dress(self.save_button, "pdf")
        self.code = CodeInput(lambda: self._code)
        self.code.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            prose(
                "パスフレーズを忘れたときや、台帳の隣にある鍵ファイル（.jutaku-key）を失ったときに台帳を開けるのは、この回復シートだけです。"
                "印刷して、このPCとは別の施錠できる場所に保管してください。"
            )
        )
        layout.addLayout(row(self.print_button, self.save_button, None))
        layout.addWidget(self.notice)
        layout.addSpacing(6)
        layout.addWidget(label("シートの回復コードを入力して確かめます", "h3"))
        layout.addWidget(
            prose("1組ずつ確かめます。英字のO・I・Lと数字の0・1は、どちらで入力しても構いません。", "hint")
        )
        layout.addWidget(self.code)

    def use(
        self,
        code: str,
        ledger: str,
        made_on: date,
        officer: str,
        send: Send,
    ) -> None:
        """Make the sheet of this code; ``send`` takes it to the printer."""
        self._code = code
        self._send = send
        self._about = (ledger, made_on, officer)
        self.code.clear()

    @property
    def proven(self) -> bool:
        """Whether the sheet left the computer and was typed back whole."""
        return self.given and self.code.complete

    def save_sheet(self) -> None:
        """Save the sheet as a PDF file."""
        path = self._dialogs.save_file("回復シートを保存", f"{self._about[0]}の回復シート.pdf", PDF)
        if path is None:
            return

        def work(_progress: Progress) -> None:
            save(path, self._pdf())

        self._operations.run(
            work,
            lambda _none: self._gave(
                f"「{path.name}」に保存しました。印刷したあと、このPCから削除してください。"
            ),
            failed=self._failed,
            title="回復シートを作成しています",
            owner=self,
        )

    def print_sheet(self) -> None:
        """Print the sheet."""
        self._operations.run(lambda _progress: self._pdf(), self._print, failed=self._failed, owner=self)

    def _print(self, pdf: bytes) -> None:
        if self._send is not None:
            self.notice.say("")
            self._send(pdf, TITLE, 1, self._printed, self._failed)

    def _printed(self) -> None:
        # The dialog may be gone by the time the printer has taken the sheet.
        if shiboken6.isValid(self):
            self._gave("プリンターに送りました。印刷された用紙を手元に置いて、回復コードを入力してください。")

    def _pdf(self) -> bytes:
        from app.exchange.recovery_sheet import recovery_pdf

        return recovery_pdf(*self._about, self._code)

    def _gave(self, said: str) -> None:
        self.given = True
        self.notice.say(said, "ok")
        self.code.setFocus()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if not shiboken6.isValid(self):
            raise error
        if isinstance(error, PeopleError):
            self.notice.say(error.sentence, "danger")
            return
        self.notice.say("回復シートを作成できませんでした。", "danger")
        raise error
