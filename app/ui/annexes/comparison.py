"""A new version against a former one, clause by clause: what changed, what is new, what is gone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.annexes.clause import Clause
from app.annexes.kinds import kind_label
from app.annexes.revision import Changed, Revision
from app.ui.annexes.words import field_label, value_words
from app.ui.parts.widgets import clear, label, prose, row


class Comparison(QWidget):
    """One card for each clause that is not the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 10)
        self._column.setSpacing(10)

    def show_revision(self, revision: Revision) -> None:
        """Show another comparison."""
        clear(self._column)
        counts = (
            f"変更 {len(revision.changed)}",
            f"新設 {len(revision.added)}",
            f"廃止 {len(revision.retired)}",
            f"変更なし {len(revision.kept)}",
        )
        self._column.addWidget(prose("、".join(counts), "sub"))
        for changed in revision.changed:
            self._column.addWidget(_changed(changed))
        for clause in revision.added:
            self._column.addWidget(_whole(clause, "新設", "info"))
        for clause in revision.retired:
            self._column.addWidget(_whole(clause, "廃止", "warn"))
        self._column.addStretch(1)


def _card(clause: Clause, word: str, tone: str) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("role", "rowbox")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(6)
    head = row(label(word, "chip", tone=tone))
    head.addWidget(prose(f"{clause.number}　{clause.heading}", "h3"), 1)
    layout.addLayout(head)
    return frame, layout


def _changed(changed: Changed) -> QFrame:
    frame, layout = _card(changed.new, "変更", "wait")
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    top = Qt.AlignmentFlag.AlignTop
    for at, one in enumerate(changed.differences):
        grid.addWidget(prose(field_label(one), "sub"), at, 0, top)
        grid.addWidget(prose(value_words(one, one.before)), at, 1, top)
        grid.addWidget(label("→", "sub"), at, 2, top)
        grid.addWidget(prose(value_words(one, one.after)), at, 3, top)
    for column, share in ((0, 2), (1, 3), (3, 3)):
        grid.setColumnStretch(column, share)
    layout.addLayout(grid)
    return frame


def _whole(clause: Clause, word: str, tone: str) -> QFrame:
    frame, layout = _card(clause, word, tone)
    layout.addWidget(prose(clause.summary))
    if clause.kinds:
        layout.addWidget(prose("、".join(kind_label(kind) for kind in clause.kinds), "sub"))
    return frame
