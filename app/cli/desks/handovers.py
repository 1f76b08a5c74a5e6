"""The hand-overs without a signed copy, as ``jutaku handovers`` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import contract_of, open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_table
from app.records import Facts
from app.records.days import moment_to_iso
from app.start import Product

if TYPE_CHECKING:
    from app.work.desks.handovers import OpenHandover

_HEADS = ("状態", "授受番号", "取扱い", "日付", "内容", "授受票", "契約")


def handovers(wanted: Wanted) -> int:
    """What was handed over and has no copy that both sides signed, in one contract or in all."""
    from app.work.desks.handovers import open_handovers

    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
    contract = contract_of(facts, wanted.contract).id if wanted.contract else 0
    found = open_handovers(facts, contract)
    if wanted.json:
        put_json([_json(facts, one) for one in found])
    else:
        put_table(_HEADS, [_row(facts, one) for one in found], "署名済みの控えを待つ授受はありません。")
    return 0


def _assets(facts: Facts, one: OpenHandover) -> list[str]:
    return [facts.key_of("asset", event.asset) for event in one.events]


def _row(facts: Facts, one: OpenHandover) -> tuple[str, ...]:
    return (
        one.wanting.value,
        one.number,
        one.kind,
        one.at.date().isoformat(),
        "、".join(_assets(facts, one)),
        one.slip.number if one.slip else "",
        one.contract.number,
    )


def _json(facts: Facts, one: OpenHandover) -> dict[str, Any]:
    return {
        "handover": one.number,
        "contract": one.contract.number,
        "kind": one.kind,
        "at": moment_to_iso(one.at),
        "assets": _assets(facts, one),
        "state": one.wanting.name.lower(),
        "slip": one.slip.number if one.slip else None,
    }
