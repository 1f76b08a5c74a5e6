"""What is left of a contract: assets and copies that are certainly not with the client again."""

from __future__ import annotations

from collections.abc import Iterable

from app.duties.holding.balance import Balance


def left_open(balances: Iterable[Balance]) -> tuple[Balance, ...]:
    """The lines that are not closed: of which something is certainly not with the client again."""
    return tuple(one for one in balances if one.held > one.unclear)
