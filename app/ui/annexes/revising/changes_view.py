"""What became of every clause, in words and in duties, and what the new version would do to contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.annexes.reading.revising.carrying import Carried, Step
from app.duties.whatif.revision_effects import Effects
from app.ui.parts.widgets import clear, label, prose, row

if TYPE_CHECKING:
    from app.exchange.readings.revising import Planned

_TONES = {Step.REWORDED: "wait", Step.ADDED: "info", Step.GONE: "warn", Step.KEPT: "ok"}
_NO_CONTRACT = "この特記事項の付いた履行中の契約はありません。"


class ChangesView(QSplitter):
    """Clauses at the left, contracts at the right."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self._clauses = self._column("条項の相違")
        self._contracts = self._column("契約への影響")
        self.setSizes([6000, 4000])

    def show_planned(self, planned: Planned, effects: tuple[Effects, ...]) -> None:
        """Show another plan."""
        from app.exchange.readings import telling

        clear(self._clauses)
        clear(self._contracts)
        self._clauses.addWidget(prose(telling.counts(planned.revised), "sub"))
        for one in planned.revised.clauses:
            if one.step is not Step.KEPT:
                self._clauses.addWidget(_clause(one))
        self._clauses.addStretch(1)
        self._contracts.addWidget(label("契約への影響", "h2"))
        for found in effects:
            lines = [f"・{line}" for line in telling.on_contract(found)]
            self._contracts.addWidget(_contract(found.contract.title, lines))
        if not effects:
            self._contracts.addWidget(prose(_NO_CONTRACT, "sub"))
        self._contracts.addStretch(1)

    def _column(self, name: str) -> QVBoxLayout:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(name)
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12 if self.count() else 0, 0, 10, 10)
        column.setSpacing(10)
        area.setWidget(inside)
        self.addWidget(area)
        return column


def _clause(one: Carried) -> QFrame:
    from app.exchange.readings import telling

    frame, layout = _frame()
    head = row(label(telling.STEPS[one.step], "chip", tone=_TONES[one.step]))
    head.addWidget(prose(telling.numbered(one), "h3"), 1)
    layout.addLayout(head)
    if one.runs:
        layout.addWidget(prose(telling.words(one)))
    for line in telling.in_duties(one):
        layout.addWidget(prose(line, "sub"))
    return frame


def _contract(heading: str, lines: list[str]) -> QFrame:
    frame, layout = _frame()
    layout.addWidget(prose(heading, "h3"))
    layout.addWidget(prose("\n".join(lines)))
    return frame


def _frame() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("role", "rowbox")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(6)
    return frame, layout
