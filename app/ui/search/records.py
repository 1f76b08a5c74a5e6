"""Records found by what is typed: any of their texts, what was chosen in them, their client's name."""

from __future__ import annotations

from collections.abc import Iterator

from app.common import Progress
from app.ledger.content.search import Hit
from app.ledger.door import Ledger
from app.records import SPECS, Contract, Facts, Field, Record, fields_of
from app.records.kinds import Choice, Many, Rows
from app.records.spelling.fold import fold


def found(ledger: Ledger, text: str, most: int, progress: Progress) -> list[Hit]:
    """At most ``most`` records, each once, in the order of the record types."""
    facts = ledger.facts()
    held = {(one.record, one.id): one for one in ledger.search(text, most)}
    more = [*_of_clients(facts, [one.id for one in held.values() if one.record == "client"])]
    for hit in (*more, *_chosen(facts, text, most, progress)):
        held.setdefault((hit.record, hit.id), hit)
    order = list(SPECS)
    return sorted(held.values(), key=lambda hit: order.index(hit.record))[:most]


def _of_clients(facts: Facts, clients: list[int]) -> Iterator[Hit]:
    """The contracts of the clients that were found: people call a contract by whom it is with."""
    for contract in facts.all(Contract):
        if contract.client in clients:
            yield _hit(facts, contract, f"発注者：{facts.shown(contract, 'client')}")


def _chosen(facts: Facts, text: str, most: int, progress: Progress) -> Iterator[Hit]:
    """Records in which something called exactly so was chosen from a list (裁断, 盗難, 派遣)."""
    wanted = fold(text).strip()
    count = 0
    for spec in SPECS.values():
        fields = [one for one in spec.fields if _offers(one, wanted)]
        for record in facts.all(spec.cls) if fields else ():
            progress.step(0, 0)
            told = next((one.label for one in fields if wanted in _values(record, one)), "")
            if told and count < most:
                count += 1
                yield _hit(facts, record, f"{told}：{text.strip()}")


def _offers(field: Field, wanted: str) -> bool:
    kind = field.kind
    if isinstance(kind, Choice | Many):
        return wanted in map(fold, kind.choices)
    return isinstance(kind, Rows) and any(_offers(one, wanted) for one in fields_of(kind.of))


def _values(holder: object, field: Field) -> set[str]:
    value, kind = getattr(holder, field.name), field.kind
    if isinstance(kind, Rows):
        return {one for inner in fields_of(kind.of) for row in value for one in _values(row, inner)}
    if isinstance(kind, Many):
        return set(map(fold, value))
    return {fold(value)} if isinstance(kind, Choice) and value else set()


def _hit(facts: Facts, record: Record, told: str) -> Hit:
    return Hit(record.spec.name, record.id, "", facts.title(record), told)
