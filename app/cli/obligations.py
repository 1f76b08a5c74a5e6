"""Commands on what the annexes ask and how the ledger stands to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import contract_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line, put_table
from app.duties.duty import Duty, Remark
from app.records import Facts
from app.records.amounts import amount_stored, amount_text
from app.start import Product

if TYPE_CHECKING:
    from app.duties.holding.balance import Balance


def duties(wanted: Wanted) -> int:
    """Every duty on a day, of one contract or of all."""
    from app.duties.engine import duties as all_duties

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    contract = contract_of(facts, wanted.contract).id if wanted.contract else None
    found = all_duties(facts, product.catalogue_of(facts), product.forms, wanted.on or today(), contract)
    if wanted.json:
        put_json([_duty(facts, duty) for duty in found])
    else:
        _show_duties(facts, found)
    return 0


def balance(wanted: Wanted) -> int:
    """What of each asset came in and how it ended by a day, in one contract or in all."""
    from app.duties.holding.balance import balance as all_balances
    from app.duties.holding.balance import whereabouts
    from app.records import Contract

    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
    named = bool(wanted.contract)
    contracts = (contract_of(facts, wanted.contract),) if named else facts.all(Contract)
    day = wanted.on or today()
    found = [(contract, one) for contract in contracts for one in all_balances(facts, contract.id, day)]
    if wanted.json:
        put_json(
            [({} if named else {"contract": contract.number}) | _balance(one) for contract, one in found]
        )
        return 0
    rows = [
        (
            *(() if named else (contract.number,)),
            one.asset.number,
            one.asset.item,
            one.asset.medium,
            *(amount_text(n) for n in (one.received, one.copied, one.returned, one.disposed, one.held)),
            one.asset.unit,
            whereabouts(one),
        )
        for contract, one in found
    ]
    heads = ("番号", "情報項目", "媒体", "受領", "複写", "返還", "廃棄", "残", "単位", "うち渡したまま")
    put_table(heads if named else ("契約", *heads), rows, "情報資産は登録されていません。")
    return 0


def _balance(one: Balance) -> dict[str, Any]:
    return {
        "asset": one.asset.number,
        "item": one.asset.item,
        "medium": one.asset.medium,
        "unit": one.asset.unit,
        "received": amount_stored(one.received),
        "copied": amount_stored(one.copied),
        "returned": amount_stored(one.returned),
        "disposed": amount_stored(one.disposed),
        "held": amount_stored(one.held),
        "elsewhere": [
            {"with": held.name or None, "quantity": amount_stored(held.quantity)} for held in one.elsewhere
        ],
    }


def _duty(facts: Facts, duty: Duty) -> dict[str, Any]:
    return {
        "contract": facts.key_of("contract", duty.contract),
        "annex": duty.annex,
        "clause": duty.clause.number,
        "kind": duty.kind,
        "state": str(duty.state),
        "due": duty.due.isoformat() if duty.due else None,
        "missing": [gap.text for gap in duty.missing],
        "evidence": [
            {"record": proof.record, "key": proof.key, "date": proof.on.isoformat() if proof.on else None}
            for proof in duty.evidence
        ],
        "next": duty.next.text,
        "why": duty.why,
        "again": duty.again.isoformat() if duty.again else None,
        "counted": duty.counted,
        "remarks": [_remark(facts, one) for one in duty.remarks],
    }


def _remark(facts: Facts, one: Remark) -> dict[str, Any]:
    record = facts.named(one.record, one.id)
    return {
        "text": one.text,
        "record": one.record,
        "key": facts.key(record) if record else "",
        "from": one.since.isoformat() if one.since else None,
        "to": one.until.isoformat() if one.until else None,
        "late": one.late,
    }


def _told(duty: Duty) -> str:
    """What was late or broken and is over, in one cell."""
    if not duty.remarks:
        return ""
    more = f"（ほか{len(duty.remarks) - 1}件）" if len(duty.remarks) > 1 else ""
    return f"{duty.remarks[0].text}{more}"


def _show_duties(facts: Facts, found: tuple[Duty, ...]) -> None:
    from app.annexes.kinds import State, kind_label

    rows = [
        (
            State(duty.state).label,
            duty.due.isoformat() if duty.due else "",
            facts.key_of("contract", duty.contract),
            duty.clause.number,
            kind_label(duty.kind),
            duty.missing[0].text if duty.missing else "",
            duty.next.text,
            _told(duty),
        )
        for duty in found
    ]
    heads = ("状態", "期限", "契約", "条項", "義務", "足りないこと", "次の手順", "過去の遅れ・不備")
    put_table(heads, rows, "義務はありません。契約と特記事項を登録してください。")
    if rows:
        put_line(f"{len(rows)}件")
