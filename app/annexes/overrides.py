"""What a clause asks of one contract: the annex's parameters, where the contract does not set its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.annexes.asks import OVERRIDABLE, PARAMETERS, Asks
from app.annexes.choices import Submit, Urgency
from app.annexes.clause import Clause
from app.annexes.parameter_types import plain
from app.records import Contract
from app.records.contract import ContractParameter

SPANS = ("within_days", "within_business_days", "within_months")
"""One deadline in three units, of which a clause or a contract uses one."""

_INSTEAD_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"urgency": SPANS, **dict.fromkeys(SPANS, SPANS), "then": ("then_days",)}
)
"""What the annex's own number gives way to: a deadline that the contract words or counts otherwise."""


def asks_of(contract: Contract, clause: Clause, kind: str) -> Asks:
    """What ``clause`` asks for ``kind`` under ``contract``.

    A value of the contract that cannot be read is left out: the door refuses it, and the annex's own
    value is the safer reading. What the contract sets is no assumption any more.
    """
    asks = clause.asks(kind)
    if not contract.parameters:
        return asks
    own = settings_of(contract, clause)
    own = {name: value for name, value in own.items() if PARAMETERS[name].belongs_to(kind)}
    return under(asks, own) if own else asks


def under(asks: Asks, own: Mapping[str, Any]) -> Asks:
    """``asks`` with the values ``own`` of a contract in place of the annex's."""
    gone = [given for name in own for given in _INSTEAD_OF.get(name, ())]
    if own.get("submit", Submit.BEFOREHAND) is not Submit.BEFOREHAND:
        # Handed in later after all: the word あらかじめ would put the deadline before the event again.
        gone += ["days_before", *(["urgency"] if asks.urgency is Urgency.BEFOREHAND else [])]
    changed = {**dict.fromkeys(gone), **own}
    assumed = tuple(name for name in asks.assumed if name not in changed)
    return replace(asks, **changed, assumed=assumed)


def name_of(text: str) -> str:
    """The parameter that people mean by ``text``, in Japanese or as the catalogue names it; empty: none."""
    wanted = plain(text)
    return next((name for name in OVERRIDABLE if wanted in (name, plain(PARAMETERS[name].label))), "")


def called(text: str) -> str:
    """A setting as the screens call it; as it was written where it means no parameter."""
    name = name_of(text)
    return PARAMETERS[name].label if name else text


def settings_of(contract: Contract, clause: Clause) -> dict[str, Any]:
    """The values that the contract sets for the clause, by parameter; they hold for all its kinds."""
    own = {}
    for row in contract.parameters:
        if _meant(row, clause) and not problem_with(row):
            name = name_of(row.name)
            own[name] = PARAMETERS[name].typed(row.value)
    return own


def with_settings(contract: Contract, clause: Clause, own: Mapping[str, Any]) -> Contract:
    """``contract`` with the values ``own`` for the clause and no others; the same where it has just these."""
    if settings_of(contract, clause) == dict(own):
        return contract
    others = tuple(row for row in contract.parameters if not _meant(row, clause))
    rows = (
        ContractParameter(
            annex=clause.annex,
            clause=clause.number,
            name=PARAMETERS[name].label,
            value=PARAMETERS[name].text(own[name]),
        )
        for name in OVERRIDABLE
        if name in own
    )
    return replace(contract, parameters=(*others, *rows))


def problem_with(row: ContractParameter) -> str:
    """One Japanese sentence if the engine could not use the row, else empty."""
    name = name_of(row.name)
    if not name:
        offered = "、".join(f"「{PARAMETERS[one].label}」" for one in OVERRIDABLE)
        return f"「{row.name}」は契約ごとに定められません。{offered}から選んでください。"
    try:
        PARAMETERS[name].typed(row.value)
    except ValueError as error:
        return str(error)
    return ""


def _meant(row: ContractParameter, clause: Clause) -> bool:
    return row.annex == clause.annex and row.clause == clause.number
