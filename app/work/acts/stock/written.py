"""A tally as the items of a check, and what was said as such items have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.records import Check
from app.records.amounts import Amount, amount_text, parse_amount
from app.records.check import CheckItem, Result
from app.work.acts.stock.rows import LEFT, Row, Seen
from app.work.acts.stock.tally import Entry, written

_WHERE = "の所在"
"""After the number of a thing: what was looked at. A later look finds the same words again."""
_STRANGE = "台帳にない番号「"
_NOT_THERE = "は、この場所にありません。"
_COUNTED = "現物 "
"""Before how many of an asset were counted."""
_RESULTS: Mapping[Seen, Result] = {Seen.FOUND: Result.GOOD, **dict.fromkeys(LEFT, Result.UNSEEN)}


def is_stocktake(check: Check) -> bool:
    """Whether a check was made by looking for things one by one."""
    return any(row.item.endswith(_WHERE) for row in check.items)


def item_of(row: Row) -> CheckItem:
    """One thing as it was seen."""
    known = row.device is not None or row.asset is not None
    return CheckItem(
        item=f"{row.number}{_WHERE}" if known else f"{_STRANGE}{row.number}」",
        result=_RESULTS.get(row.seen, Result.BAD).value,
        evidence=_evidence(row),
        remark=row.fact or (f"{row.number}{_NOT_THERE}" if row.seen == Seen.ABSENT else ""),
    )


def _evidence(row: Row) -> str:
    """On what the result rests: of an asset, how many were counted. A later look reads it again."""
    if row.asset is not None and row.counted is not None:
        due = f"（登録{amount_text(row.due)}{row.asset.unit}）" if row.due is not None else ""
        return f"{_COUNTED}{amount_text(row.counted)}{row.asset.unit}{due}"
    return "現物" if row.seen == Seen.FOUND else ""


def said_of(check: Check) -> str:
    """What was seen by then, as it is said: held against the ledger of today once more."""
    return written(_entries(check))


def _entries(check: Check) -> Iterator[Entry]:
    for row in check.items:
        if row.item.startswith(_STRANGE):
            yield Entry(row.item.removeprefix(_STRANGE).removesuffix("」"))
        elif row.item.endswith(_WHERE) and row.result != Result.UNSEEN:
            number, quantity = row.item.removesuffix(_WHERE), _quantity(row.evidence)
            absent = row.remark.endswith(_NOT_THERE) or quantity == 0
            yield Entry(number, absent, None if absent else quantity)


def _quantity(evidence: str) -> Amount | None:
    """How many were counted by then; None where nothing was."""
    said = re.match(rf"{_COUNTED}([\d.,]+)", evidence)
    return parse_amount(said[1]) if said else None
