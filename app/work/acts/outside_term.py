"""A day on which a contract does not run: possible, and hardly meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Contract
from app.records.days import wareki


def early(contract: Contract, day: date, label: str) -> Iterator[str]:
    """That ``day``, called ``label``, lies before the contract begins."""
    if day < contract.starts_on:
        start = wareki(contract.starts_on)
        yield (
            f"{label}（{wareki(day)}）が{contract.number}の契約の始期（{start}）より前です。"
            "日付を確かめてください。"
        )


def outside_term(contract: Contract, day: date, label: str, what: str) -> Iterator[str]:
    """That ``day`` lies before the contract begins or after its last day; ``what`` is done then: 複写."""
    yield from early(contract, day, label)
    if day > contract.last_day:
        last = wareki(contract.last_day)
        yield f"{contract.number}は{last}に終わります。終了後の{what}かを確かめてください。"
