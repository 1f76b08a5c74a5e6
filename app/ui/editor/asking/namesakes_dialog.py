"""Somebody of that name is there already: the same person, or another one?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.records import Person
from app.records.namesakes import told
from app.ui.parts.widgets import button, em, label, prose, row

_MOST = 6
"""So many people are offered; more of one name are hardly met."""


class NamesakesDialog(QDialog):
    """Accepted: it is another person. ``chosen``: the one who is there already, if that one was meant."""

    def __init__(self, made: Person, others: Sequence[Person]) -> None:
        super().__init__()
        self.chosen: Person | None = None
        # Not the name: other programs can read the titles of windows.
        self.setWindowTitle("同じ氏名の要員")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(label("同じ氏名の要員が登録されています", "h2"))
        layout.addWidget(
            prose(
                f"「{made.name}」と同じ氏名か旧氏名の要員です。同じ人であれば、登録済みの記録を開いてください。",
                "sub",
            )
        )
        self.openers = [
            button("開く", partial(self._take, one), name=f"{told(one)}を開く") for one in others[:_MOST]
        ]
        for one, opener in zip(others, self.openers, strict=False):
            line = row(prose(told(one)), opener)
            line.setStretch(0, 1)
            layout.addLayout(line)
        self.go = button(
            "別人として保存する" if made.id else "別人として登録する", self.accept, kind="primary"
        )
        self.back = button("戻る", self.reject)
        # None is the default: Return decides nothing but what is marked, and that is the way back at first.
        layout.addSpacing(6)
        layout.addLayout(row(None, self.back, self.go))
        self.back.setFocus()
        self.setMinimumWidth(em(self, 34))

    def _take(self, one: Person) -> None:
        self.chosen = one
        self.reject()
