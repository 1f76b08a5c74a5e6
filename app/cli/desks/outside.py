"""What is out of the places of work, as ``jutaku outside`` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import contract_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_table
from app.records.amounts import amount_stored, amount_text
from app.start import Product

if TYPE_CHECKING:
    from app.work.desks.outside import Outside

_HEADS = ("状況", "期限", "番号", "内容", "数量", "持ち出した者・使用者", "場所", "いつから", "承諾", "契約")


def outside(wanted: Wanted) -> int:
    """What is out on a day, in one contract or in all; what is overdue first."""
    from app.work.acts.plan import Ground
    from app.work.desks.outside import outside as all_outside

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    ground = Ground(facts, product.catalogue_of(facts), product.forms, wanted.on or today())
    contract = contract_of(facts, wanted.contract).id if wanted.contract else 0
    found = all_outside(ground, contract)
    if wanted.json:
        put_json([_json(one) for one in found])
    else:
        put_table(_HEADS, [_row(one) for one in found], "持ち出されたままのものはありません。")
    return 0


def _row(one: Outside) -> tuple[str, ...]:
    return (
        one.lateness.value,
        one.limit.day.isoformat() if one.limit else "",
        one.number,
        one.item,
        f"{amount_text(one.quantity)}{one.unit}",
        one.person.name if one.person else "",
        one.place,
        one.day.isoformat(),
        one.standing.text,
        one.contract.number,
    )


def _json(one: Outside) -> dict[str, Any]:
    return {
        "record": "asset" if one.by_event else "device",
        "key": one.number,
        "item": one.item,
        "quantity": amount_stored(one.quantity),
        "unit": one.unit,
        "person": one.person.employee_number or one.person.name if one.person else None,
        "place": one.place,
        "since": one.day.isoformat(),
        "until": one.limit.day.isoformat() if one.limit else None,
        "until_by": one.limit.word if one.limit else None,
        "state": one.lateness.name.lower().replace("_", "-"),
        "ground": one.standing.text,
        "allowed": one.standing.allowed,
        "clauses": list(one.standing.clauses),
        "contract": one.contract.number,
    }
