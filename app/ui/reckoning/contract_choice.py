"""Which contract a page is narrowed to: all of them, or one."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from app.records import Contract, Facts
from app.work.states import named


def offer_contracts(combo: QComboBox, facts: Facts) -> None:
    """Offer the contracts of the ledger anew, with 0 for all, and keep the choice without a signal."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem("すべての契約", 0)
    for contract in facts.all(Contract):
        combo.addItem(named(facts, contract), contract.id)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
