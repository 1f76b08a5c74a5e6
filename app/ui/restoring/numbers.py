"""番号の確認: what became of the documents that a restore took away, settled one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QSpinBox, QVBoxLayout

from app.common import PeopleError
from app.ledger.content.skipped import Skipped
from app.ledger.door import Ledger
from app.ui.parts.live_line import LiveLine
from app.ui.parts.look import Look
from app.ui.parts.space.screen import fit
from app.ui.parts.widgets import Notice, button, em, label, prose, row
from app.ui.restoring.table import Rows

_HEADS = ("文書番号", "状態", "書類", "契約", "発行日", "提出日")
GIVEN = "発注者に渡した（写しで確かめた）"
_CHOOSE = "どうなったかを選んでください"
NOT_GIVEN = "発注者に渡していない（欠番とする）"


def warning(found: Sequence[Skipped]) -> str:
    """The band that stays until every number is settled, empty if there is none."""
    waiting = [one for one in found if one.open]
    if not waiting:
        return ""
    known = [one.number for one in waiting if not one.unknown]
    if not known:
        return (
            "復元で失われた書類があるかもしれません。発注者に渡した書類の文書番号を、控えと見比べてください。"
        )
    shown = "、".join(known[:4]) + (f"ほか{len(known) - 4}件" if len(known) > 4 else "")
    return (
        f"復元で、発行済みの書類（{shown}）が台帳からなくなっています。発注者に渡したかを確かめてください。"
    )


class NumbersDialog(QDialog):
    """Each number with what is to be said of it."""

    def __init__(self, look: Look, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger
        self._found: list[Skipped] = []
        self.setWindowTitle("復元で失われた書類の番号")
        self.table = Rows(look, "復元で失われた書類の番号", _HEADS, 3)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.fate = QComboBox()
        self.fate.setAccessibleName("どうなったか")
        self.fate.addItems([_CHOOSE, NOT_GIVEN, GIVEN])
        self.fate.currentIndexChanged.connect(lambda _at: self._allow())
        self.why = LiveLine("確かめたこと", "例：4月11日に総務課へ持参した写しで確かめた")
        self.last = QSpinBox()
        self.last.setAccessibleName("最後に使った連番")
        self.last.setRange(0, 999_999)
        self.notice = Notice()
        self._asked = prose("", "sub")
        self.settle_button = button("確かめた", self.settle, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label("復元で失われた書類の番号", "h2"))
        layout.addWidget(
            prose(
                "復元する前の台帳で発行した書類です。番号は二度と使いません。"
                "発注者に渡した書類は、その写しを契約の書類に添付し、同じ内容を改めて発行して差し替えてください。",
                "sub",
            )
        )
        for widget in (self.table, self._asked, self.fate, self.last, self.why, self.notice):
            layout.addWidget(widget)
        layout.addLayout(row(None, button("閉じる", self.reject), self.settle_button))
        fit(self, QSize(em(self, 60), em(self, 36)))
        self.refresh()

    def refresh(self) -> None:
        """Show what the ledger knows, the first that is still to be settled chosen."""
        self._found = sorted(self._ledger.skipped(), key=lambda one: not one.open)
        self.table.fill(
            [
                (
                    one.number or "不明",
                    "要確認" if one.open else f"確認済み　{one.settled_why}",
                    one.title,
                    one.contract,
                    one.issued_on,
                    one.submitted_on or "なし",
                )
                for one in self._found
            ]
        )
        self.table.choose_row(0)
        self._show()

    def settle(self) -> None:
        """Record what was found out about the number chosen."""
        one = self._chosen
        if one is None:
            return
        said = self.why.seen().strip()
        why = said if one.unknown else "　".join(part for part in (self.fate.currentText(), said) if part)
        try:
            self._ledger.settle_skipped(one.id, why, last=self.last.value() if one.unknown else 0)
        except PeopleError as error:
            self.notice.say(error.sentence, "danger")
            return
        self.notice.say("")
        self.why.clear()
        self.refresh()

    @property
    def _chosen(self) -> Skipped | None:
        rows = [row for row in self.table.chosen_rows() if row < len(self._found)]
        return self._found[rows[0]] if rows else None

    def _show(self) -> None:
        one = self._chosen
        open_ = one is not None and one.open
        unknown = one is not None and one.unknown
        self.fate.setCurrentIndex(0)
        self.fate.setVisible(open_ and not unknown)
        self.last.setVisible(open_ and unknown)
        self.why.setVisible(open_)
        self._asked.say(
            ""
            if one is None or not open_
            else (
                f"{one.fiscal_year}年度に発行した書類の控えを見て、最後の連番と、どう確かめたかを入力してください。"
                "発行していなければ0のままにします。"
                if unknown
                else "発注者に渡したかどうかを、控えや相手の写しで確かめてください。"
            )
        )
        self._allow()

    def _allow(self) -> None:
        one = self._chosen
        said = one is not None and (one.unknown or self.fate.currentIndex() > 0)
        self.settle_button.setEnabled(said and one is not None and one.open)
