"""元に戻す: the last changes of the ledger, whoever made them, each to be taken back or done again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ledger.undoing.queue import Done
from app.records import SPECS
from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.widgets import Empty, Prose, button, card, clear, row
from app.ui.targets import Target
from app.ui.undo.asking import undo
from app.work.undo_words import when

MOST = 30
"""Changes shown; what is older is put right by hand."""


class UndoPage(Page):
    """The newest stands first. Each says what it was, when, how many records it wrote and by whom."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, _target: Target) -> None:
        super().__init__(context)
        self.shown: tuple[Done, ...] | None = None
        inner = QWidget()
        inner.setProperty("role", "page")
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(0, 0, 12, 8)
        self._inside.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(Prose(self.title(), "h1"))
        layout.addWidget(
            Prose(
                f"この台帳で行った操作のうち、元に戻せるものを新しい順に{MOST}件まで示します。"
                "書類の発行と無効は、元に戻せません。",
                "sub",
            )
        )
        layout.addWidget(scrolled(inner, "元に戻せる操作"), 1)

    def title(self) -> str:
        return "操作を元に戻す"

    @property
    def topic(self) -> str:
        return "02-daily/取消し、元に戻す、無効、作り直す"

    def refresh(self) -> None:
        found = self.context.ledger.done(MOST)
        if found == self.shown:
            return
        self.shown = found
        clear(self._inside)
        for one in found:
            self._inside.addWidget(self._line(one))
        if not found:
            self._inside.addWidget(
                Empty("元に戻せる操作がありません", "登録、変更、取消しをすると、ここに並びます。")
            )
        self._inside.addStretch(1)

    def _line(self, done: Done) -> QFrame:
        frame, inside = card()
        inside.setContentsMargins(14, 8, 14, 8)
        deed = "やり直す" if done.redo else "元に戻す"
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(Prose(f"{'元に戻した操作：' if done.redo else ''}{done.name}", "h3"))
        told.addWidget(Prose(f"{when(done)}　{done.count}件　{done.officer}", "sub"))
        line = row()
        line.addLayout(told, 1)
        line.addWidget(
            button(f"{deed}…", partial(undo, self.context, done), name=f"{deed}：{done.name}"),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        inside.addLayout(line)
        return frame
