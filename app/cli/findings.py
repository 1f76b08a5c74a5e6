"""Commands on what does not fit: the cross-checks, and submitted documents that no longer hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import contract_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line, put_table
from app.start import Product

if TYPE_CHECKING:
    from app.duties.finding import Finding
    from app.duties.papers.drift import Drift
    from app.records import Facts


def checks(wanted: Wanted) -> int:
    """Everything that the cross-checks find on a day, in one contract or in the whole ledger."""
    from app.work.assessing import assess

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    contract = contract_of(facts, wanted.contract).id if wanted.contract else None
    clock = today()
    day = wanted.on or clock
    made = assess(
        facts, product.catalogue_of(facts), product.forms, day, today=clock if day == clock else None
    )
    found = made.findings if contract is None else made.findings_of(contract)
    if wanted.json:
        put_json([_finding(facts, one) for one in found])
        return 0
    rows = [
        (one.severity.value, _contract(facts, one) or "", one.clause, one.text, one.next.text)
        for one in found
    ]
    put_table(("程度", "契約", "条項", "内容", "次の手順"), rows, "食い違いは見つかりませんでした。")
    if rows:
        put_line(f"{len(rows)}件")
    return 0


def drift(wanted: Wanted) -> int:
    """Every submitted document that the ledger has moved away from, and what differs."""
    from app.duties.change_notices import drift as all_drifts

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    contract = contract_of(facts, wanted.contract).id if wanted.contract else None
    found = all_drifts(facts, product.catalogue_of(facts), product.forms, wanted.on or today(), contract)
    if wanted.json:
        put_json([_drift(facts, one) for one in found])
        return 0
    rows = [row for one in found for row in _changed(facts, one)]
    heads = ("文書番号", "書類", "契約", "事項", "提出時", "現況", "届出の期限")
    put_table(heads, rows, "現況と相違する提出書類はありません。")
    if found:
        put_line(f"書類{len(found)}件")
    return 0


def _contract(facts: Facts, one: Finding) -> str | None:
    return facts.key_of("contract", one.contract) if one.contract else None


def _finding(facts: Facts, one: Finding) -> dict[str, Any]:
    record = facts.named(one.record, one.id) if one.id else None
    return {
        "check": one.check,
        "severity": one.severity.name.lower(),
        "contract": _contract(facts, one),
        "clause": one.clause or None,
        "record": one.record,
        "key": facts.key(record) if record else None,
        "text": one.text,
        "next": one.next.text,
    }


def _drift(facts: Facts, one: Drift) -> dict[str, Any]:
    return {
        "document": one.submission.number,
        "form": one.submission.form,
        "contract": facts.key_of("contract", one.submission.contract),
        "changes": [
            {"key": change.key, "kind": change.kind, "lines": [list(line) for line in change.lines]}
            for change in one.differences
        ],
        "missing": [fact.sentence for fact in one.missing],
        "due": one.due.isoformat() if one.due else None,
    }


def _changed(facts: Facts, one: Drift) -> list[tuple[str, ...]]:
    """A row for each line that differs, and one for each fact that the form can no longer do without."""
    document = one.submission
    head = (document.number, document.title, facts.key_of("contract", document.contract))
    due = one.due.isoformat() if one.due else ""
    lines = [line for change in one.differences for line in change.lines]
    return [
        *((*head, *line, due) for line in lines),
        *((*head, "不足", "", fact.sentence, due) for fact in one.missing),
    ]
