"""Nobody is asked to allow more than there is: what is applied for against what is held on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.duties.case import Case
from app.duties.holding.balance import EVENTS, balance
from app.printing.type.wareki import wareki
from app.records import Approval, Asset
from app.records.amounts import Amount
from app.records.event import RECEIVING
from app.records.status import Status
from forms.asking.consenting import can_be_asked
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import quantity

Wanted = tuple[int | None, Amount | None, str]
"""Id of the asset, how much of it, and the unit in which that counts."""


def held_on(case: Case, *, here: bool) -> Mapping[int, Amount]:
    """Asset → how much of it is held at the end of the day, with what is planned to be received.

    ``here``: without what is with others; that can be destroyed there, but not taken out or copied.
    """
    found: dict[int, Amount] = defaultdict(int)
    for one in balance(case.facts, case.contract.id, case.day):
        found[one.asset.id] = one.held - (one.away if here else 0)
    for event in case.facts.over(EVENTS, case.contract.id):
        if event.status == Status.PLANNED and event.kind in {str(kind) for kind in RECEIVING}:
            found[event.asset] += event.quantity
    return found


def over(
    case: Case, approval: Approval, wanted: Iterable[Wanted], held: Mapping[int, Amount]
) -> Iterator[str]:
    """One sentence for each asset of which ``wanted`` is more than is ``held``, all its rows together.

    What counts in another unit than the asset itself cannot be compared, and is not.
    """
    asked: dict[int, Amount] = defaultdict(int)
    for number, amount, unit in wanted:
        asset = case.facts.find(Asset, number)
        if asset is not None and amount is not None and unit in ("", asset.unit):
            asked[asset.id] += amount
    for number, amount in asked.items():
        asset, most = case.facts.get(Asset, number), held.get(number, 0)
        if amount > most:
            yield (
                f"{approval.number}で申請する{asset.number}（{asset.item}）の数量"
                f"（{quantity(amount, asset.unit)}）が、{wareki(case.day)}に保有する数量"
                f"（{quantity(most, asset.unit)}）を超えます。"
                "申請する数量か、授受・廃棄の記録を確かめてください。"
            )


def _asked(wanted: Callable[[Case, Approval], Iterable[Wanted]], *, here: bool) -> Asked[Approval]:
    def find(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
        held = held_on(paper.case, here=here)
        for one in paper.things:
            if can_be_asked(paper.case, one):
                yield from ((one.id, said) for said in over(paper.case, one, wanted(paper.case, one), held))

    return Asked(Approval, "subjects", find)


def _subjects(_case: Case, approval: Approval) -> Iterator[Wanted]:
    return ((row.asset, row.quantity, row.unit) for row in approval.subjects)


HELD = _asked(_subjects, here=True)
"""What is taken out or copied is here."""


def destroyed(wanted: Callable[[Case, Approval], Iterable[Wanted]]) -> Asked[Approval]:
    """What is destroyed is held, here or with others; ``wanted``: what an approval is to allow."""
    return _asked(wanted, here=False)
