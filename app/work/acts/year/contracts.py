"""What the acts of a contract's year have in common: the contract, and what is held, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.duties.holding.balance import Balance, whereabouts
from app.records import Contract, Record
from app.records.amounts import amount_text
from app.work.acts.plan import only_of

_NAMED = 3
"""So many assets are named; the rest is counted."""


def contract_of(records: tuple[Record, ...]) -> Contract:
    """The one contract that the act is done to. Raises ``TypeError`` for anything else."""
    return only_of(records, Contract)


def named_assets(held: Sequence[Balance]) -> str:
    """A-0001（申請書、3枚）、… ほか2件: what is held, with its number, item and quantity, and who has it."""
    named = "、".join(
        f"{one.asset.number}（{one.asset.item}、{amount_text(one.held)}{one.asset.unit}{_apart(one)}）"
        for one in held[:_NAMED]
    )
    return f"{named}ほか{len(held) - _NAMED}件" if len(held) > _NAMED else named


def _apart(one: Balance) -> str:
    return f"、うち{whereabouts(one)}" if one.away else ""
