"""What is left of a contract's assets on a day and in the vendor's own hands: what can go in one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.duties.holding.balance import Balance, balance, whereabouts
from app.records import Asset, Contract, Facts
from app.records.amounts import Amount, amount_text
from app.records.days import wareki
from app.records.spelling.collation import order


class Rest(NamedTuple):
    """How much of one asset can be given back or destroyed: what is held, here, and not gone since."""

    held: Balance
    quantity: Amount

    @property
    def number(self) -> str:
        return self.held.asset.number

    @property
    def named(self) -> str:
        asset = self.held.asset
        return f"{asset.number}（{asset.item}）"


@dataclass(frozen=True, slots=True)
class Rests:
    """The assets of a contract at the end of a day."""

    facts: Facts
    contract: Contract
    day: date

    def all(self) -> tuple[Rest, ...]:
        """What is here on the day, by number, and never more than is here still by all that is recorded.

        What is recorded as gone on a later day cannot go a second time.
        """
        return tuple(
            sorted(
                (one for one in self.every() if one.quantity > 0),
                key=lambda one: (order(one.number), one.held.asset.id),
            )
        )

    def every(self) -> Iterator[Rest]:
        """The same of every asset, also of those of which nothing is left, in the order of the ledger."""
        latest = {one.asset.id: _here(one) for one in balance(self.facts, self.contract.id)}
        for one in balance(self.facts, self.contract.id, self.day):
            yield Rest(one, min(_here(one), latest[one.asset.id]))

    def elsewhere(self, what: str) -> Iterator[str]:
        """What is held and not here, or was never received by the records: it is no part of the act."""
        for one in balance(self.facts, self.contract.id, self.day):
            asset = one.asset
            named = f"{asset.number}（{asset.item}）"
            if one.away:
                yield (
                    f"{named}のうち{whereabouts(one)}は{what}しません。"
                    "戻った記録を登録してから行ってください。"
                )
            if one.out:
                yield (
                    f"{named}のうち持出し中の{amount_text(one.out)}{asset.unit}は{what}しません。"
                    "持帰りを登録してから行ってください。"
                )
            if not one.moved:
                yield f"{named}は{wareki(self.day)}までに受領などの記録がないため、{what}しません。"


def rests_of(facts: Facts, assets: Iterable[Asset], day: date) -> Mapping[int, Rest]:
    """How much of each of several assets is here, of whichever contracts: one reckoning for each contract.

    To ask for one asset after the other would reckon the whole contract as often as it has assets.
    """
    found: dict[int, Rest] = {}
    for number in dict.fromkeys(one.contract for one in assets):
        contract = facts.find(Contract, number)
        if contract is not None:
            found |= {one.held.asset.id: one for one in Rests(facts, contract, day).every()}
    return found


def spent(facts: Facts, assets: Iterable[Asset], day: date) -> Mapping[int, str]:
    """The assets of which nothing is here to be given back or destroyed, each with why."""
    held = tuple(assets)
    rests = rests_of(facts, held, day)
    return {
        one.id: _why(rests.get(one.id)) for one in held if one.id not in rests or rests[one.id].quantity <= 0
    }


def _why(rest: Rest | None) -> str:
    if rest is None or not rest.held.moved:
        return "受領などの記録がないため、手元にありません。"
    one = rest.held
    if one.away:
        return f"{whereabouts(one)}が戻っていないため、手元に残っていません。"
    if one.out:
        return f"{amount_text(one.out)}{one.asset.unit}が持出し中のため、手元に残っていません。"
    return "返還又は廃棄・消去の記録があり、手元に残っていません。"


def _here(one: Balance) -> Amount:
    return max(0, one.held - one.away - one.out)
