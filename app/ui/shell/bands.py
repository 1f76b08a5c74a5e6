"""What has to be known before anything is entered: the ledger can only be read, the clock is behind,
numbers of documents went with a restore."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.parts.widgets import Notice, button

_LOOK_ONLY = (
    "閲覧のみ：台帳が書込み禁止の場所にあります。"
    "登録や発行は、鍵ファイルと一緒に書込みのできるフォルダに写してから行えます。"
)


class Bands(QWidget):
    """Bands above every page; the one about the clock is looked at anew when the window is come back to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look_only = context.ledger.read_only
        self.look_only = Notice(_LOOK_ONLY if look_only else "", "info")
        self.right = button("PCの日付は正しい…", self._confirm)
        self.clock = Notice("", "warn", None if look_only else self.right)
        self.numbers = Notice("", "warn", button("番号を確かめる…", self.show_numbers))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.look_only)
        layout.addWidget(self.clock)
        layout.addWidget(self.numbers)
        self._tell_numbers()
        context.changed.connect(self._look)
        self._look()

    def event(self, event: QEvent) -> bool:
        # Qt tells every widget of a window that it came to the front: its clock may have been put right.
        if event.type() is QEvent.Type.WindowActivate:
            self._look()
        return super().event(event)

    def show_numbers(self) -> None:
        """What became of the documents that a restore took away, one by one."""
        from app.ui.restoring.numbers import NumbersDialog

        self._context.dialogs.show(NumbersDialog(self._context.look, self._context.ledger))
        self._tell_numbers()

    def _tell_numbers(self) -> None:
        skipped = self._context.ledger.skipped()
        if skipped:
            from app.ui.restoring.numbers import warning

            self.numbers.say(warning(skipped), "warn")

    def _look(self) -> None:
        self.clock.say(self._context.ledger.clock_behind(), "warn")

    def _confirm(self) -> None:
        sure = self._context.dialogs.ask(
            "PCの日付と時刻が正しいことを台帳に記録しますか。",
            "正しいと記録する",
            detail="先に書かれた記録のほうが、PCの日付が進んでいたときのものとして残ります。",
        )
        if sure and self._context.attempt(self._context.ledger.confirm_clock):
            self._look()
