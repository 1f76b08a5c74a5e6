"""What a clause asks of one contract: the annex's parameters, where the contract does not set its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.duties.clause import AppliesTo, Asks, Clause, Cycle, Roll, Submit, Urgency
from app.records import Contract
from app.records.contract import ContractParameter

_WHOLE_NUMBERS = (
    "days_before",
    "within_days",
    "within_business_days",
    "within_months",
    "then_days",
    "period_months",
    "keep_months",
    "stages",
)
_CHOICES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "submit": Submit,
        "urgency": Urgency,
        "applies_to": AppliesTo,
        "roll": Roll,
        "then": Urgency,
        "cycle": Cycle,
    }
)
OVERRIDABLE = (*_WHOLE_NUMBERS, *_CHOICES, "country")
"""The parameters that a contract may set by itself."""


def asks_of(contract: Contract, clause: Clause, kind: str) -> Asks:
    """What ``clause`` asks for ``kind`` under ``contract``.

    A value of the contract that cannot be read is left out: the door refuses it, and the annex's own
    value is the safer reading. What the contract sets is no assumption any more.
    """
    asks = clause.asks(kind)
    if not contract.parameters:
        return asks
    own: dict[str, Any] = {}
    for row in contract.parameters:
        if row.annex == clause.annex and row.clause == clause.number and not problem_with(row):
            own[row.name] = _read(row)
    if not own:
        return asks
    return replace(asks, **own, assumed=tuple(name for name in asks.assumed if name not in own))


def problem_with(row: ContractParameter) -> str:
    """One Japanese sentence if the engine could not use the row, else empty."""
    if row.name not in OVERRIDABLE:
        return f"「{row.name}」は契約ごとに定められません。{'、'.join(OVERRIDABLE)} から選んでください。"
    try:
        _read(row)
    except ValueError:
        return f"「{row.value}」は {row.name} の値として読めません。特記事項の書き方に合わせてください。"
    return ""


def _read(row: ContractParameter) -> Any:
    if row.name in _WHOLE_NUMBERS:
        number = int(row.value)
        if not 1 <= number <= 1200:
            raise ValueError(row.value)
        return number
    choice = _CHOICES.get(row.name)
    return choice(row.value) if choice else row.value
