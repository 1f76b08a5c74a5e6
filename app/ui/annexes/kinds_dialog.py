"""Choosing the kinds of a clause: every kind with what it asks, searched by any word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.annexes.kinds import KINDS
from app.records.spelling.fold import holds, words_of
from app.ui.parts.live_line import search_line
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.told_box import told_box
from app.ui.parts.widgets import button, em, label, prose, row


class KindsDialog(QDialog):
    """Check boxes with explanations; ``chosen`` are the names, those that there were before first."""

    def __init__(self, chosen: Sequence[str]) -> None:
        super().__init__()
        self.setWindowTitle("義務の種別を選ぶ")
        self._before = list(chosen)
        self.boxes: dict[str, QCheckBox] = {}
        self._lines: dict[str, QWidget] = {}
        self.search = search_line("義務の種別を検索")
        self.search.followed.connect(self._filter)
        holder = QWidget()
        holder.setProperty("role", "page")
        column = QVBoxLayout(holder)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(8)
        for kind in KINDS.values():
            column.addWidget(self._line(kind.name, kind.label, kind.about))
        column.addStretch(1)
        area = scrolled(holder, "義務の種別")
        self.ok = button("決定", self.accept, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("義務の種別を選ぶ", "h2"))
        layout.addWidget(
            prose("条項が受注者に求めることを選びます。求めることがない条項では選びません。", "sub")
        )
        layout.addWidget(self.search)
        self.stack = QStackedWidget()
        self.stack.addWidget(area)
        self.stack.addWidget(nothing_fits("義務の種別", self.search.clear))
        layout.addWidget(self.stack, 1)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        self.resize(em(self, 46), em(self, 38))

    @property
    def chosen(self) -> list[str]:
        """The names ticked."""
        ticked = [name for name, box in self.boxes.items() if box.isChecked()]
        kept = [name for name in self._before if name in ticked]
        return kept + [name for name in ticked if name not in kept]

    def _line(self, name: str, shown: str, about: str) -> QWidget:
        self.boxes[name], line = told_box(shown, about, on=name in self._before)
        self._lines[name] = line
        return line

    def _filter(self, text: str) -> None:
        words = words_of(text)
        found = {name for name in self._lines if holds(words, KINDS[name].label, KINDS[name].about)}
        for name, line in self._lines.items():
            line.setVisible(name in found)
        self.stack.setCurrentIndex(0 if found else 1)
