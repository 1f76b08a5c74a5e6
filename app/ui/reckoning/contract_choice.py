"""Which contract a page is narrowed to: all of them, or one."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from app.records import Contract, Facts
from app.records.spelling.collation import order
from app.work.states import named


def called(facts: Facts) -> list[tuple[str, int]]:
    """How every contract is called, in that order, with its id."""
    found = ((named(facts, contract), contract.id) for contract in facts.all(Contract))
    return sorted(found, key=lambda one: (order(one[0]), one[1]))


def offer_all(combo: QComboBox) -> None:
    """Offer all contracts, with 0, where it is not known yet which there are."""
    combo.addItem("すべての契約", 0)


def offer_contracts(combo: QComboBox, facts: Facts) -> None:
    """Offer the contracts of the ledger anew, with 0 for all, and keep the choice without a signal."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    offer_all(combo)
    for shown, contract in called(facts):
        combo.addItem(shown, contract)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
