"""What a document lacks before it can be printed: each fact with the record to open."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.duties.case import MissingFact
from app.records import SPECS
from app.ui.context import Context
from app.ui.homes import place
from app.ui.parts.widgets import button, clear, label, prose, row


class MissingList(QScrollArea):
    """One card for each missing fact."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        inner = QWidget()
        inner.setProperty("role", "page")
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(8)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("足りない事項")
        self.setWidget(inner)

    def show_facts(self, missing: Iterable[MissingFact], contract: int) -> None:
        """Show what is missing for a document of the contract with that id."""
        facts = list(missing)
        clear(self._layout)
        lacking = any(fact.record in SPECS for fact in facts)
        head = f"発行の前に入力が必要な事項（{len(facts)}件）" if lacking else "この書類は発行できません"
        self._layout.addWidget(label(head, "h2"))
        for fact in facts:
            self._layout.addWidget(card(self._context, fact, contract))
        self._layout.addStretch(1)


def card(context: Context, fact: MissingFact, contract: int) -> QWidget:
    """One missing fact with the button that opens its record."""
    frame = QFrame()
    frame.setProperty("role", "card")
    line = row(label("△", "sub"), prose(fact.sentence))
    line.setContentsMargins(14, 10, 14, 10)
    line.setStretch(1, 1)
    target = place(fact.record, fact.id, contract) if fact.record in SPECS else None
    if target is not None:
        spec = SPECS[fact.record]
        text = f"{spec.label}を開く" if fact.id or spec.single else f"{spec.label}を登録"
        press = button(text, lambda: context.navigate(target), kind="primary")
        press.setAccessibleName(f"{text}：{fact.sentence}")
        line.addWidget(press)
    frame.setLayout(line)
    return frame
