"""Records in and out as JSON: a plan first, which writes nothing, then all of it or none of it.

References go by natural key in both directions. Records without a natural key go by ``id``: an export
carries it, and an import uses it to find the record that is to be updated.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.common import PeopleError, Progress, uncollected
from app.exchange.coming_in.planner import (
    COUNTED,
    ImportPlan,
    Outcome,
    PlannedRow,
    Planner,
    provisional,
)
from app.exchange.json_text import shown
from app.records import SPECS, Facts, Field, Record, Spec, fields_of
from app.records.kinds import Ref, Rows
from app.records.ordering import in_order

if TYPE_CHECKING:
    from app.ledger.door import Ledger


class ImportRefusedError(PeopleError):
    """Nothing was written; ``problems`` holds one sentence for each fault, with its place."""

    def __init__(self, label: str, sentences: Sequence[str]) -> None:
        rest = f"（ほかに{len(sentences) - 1}件の誤りがあります）" if len(sentences) > 1 else ""
        super().__init__(f"{label}を取り込めませんでした。{sentences[0]}{rest}", sentences)


def importable(kind: str) -> Spec[Any]:
    """The record type called ``kind``. Raises ``PeopleError`` for none, or one that is made in the ledger."""
    spec = SPECS.get(kind)
    if spec is None:
        raise PeopleError(
            f"記録の種類「{shown(kind)}」はありません。{'・'.join(SPECS)} から指定してください。"
        )
    if not spec.by_hand:
        raise PeopleError(f"{spec.label}は取り込めません。受託台帳の中で作成してください。")
    return spec


def export(facts: Facts, spec: Spec[Any]) -> list[dict[str, Any]]:
    """Every record of a type as objects that an import reads back, in their order."""
    return [_exported(facts, spec, record) for record in named_first(spec, in_order(facts.all(spec.cls)))]


def named_first(spec: Spec[Any], records: Sequence[Record]) -> list[Record]:
    """As given, but each after those of its own type that it names: an import reads from the top."""
    own = [f.name for f in spec.fields if isinstance(f.kind, Ref) and f.kind.to == spec.name]
    held = {record.id: record for record in records}
    put: dict[int, Record] = {}
    for record in records:
        way, seen = [record], {record.id}
        while way:
            named = (getattr(way[-1], name) for name in own)
            before = next((to for to in named if to in held and to not in put and to not in seen), None)
            if before is None:
                one = way.pop()
                put[one.id] = one
            else:
                seen.add(before)
                way.append(held[before])
    return list(put.values())


def plan(
    facts: Facts,
    spec: Spec[Any],
    entries: Sequence[Any],
    *,
    update: bool = False,
    today: date | None = None,
    numbers: Sequence[int] = (),
    counted: str = COUNTED,
    added: Collection[str] = (),
    named: Iterable[tuple[str, str, int]] = (),
    meant: Container[tuple[int, str]] = (),
    progress: Progress | None = None,
) -> ImportPlan:
    """Read every entry and say what would happen. Writes nothing and never raises for bad data.

    ``today``: days far from it are named as doubts; None names none. ``numbers``: by which the entries are
    called, in ascending order, with ``counted`` behind (行目); by default their place in the file.
    ``added``: text fields in which an entry says something more, and nothing instead of what stands there.
    ``named``: type, key and id of records that are written before, in the same change. ``meant``: number and
    field path of texts of which somebody said that they stand as they are meant; with an empty path, of
    entries of which people are asked, or were, whether the ledger holds them. Raises ``Cancelled``.
    """
    planner = Planner(facts, spec, update, today, counted, added, meant)
    for kind, key, record_id in named:
        planner.known.take(kind, key, record_id)
    return planner.plan(entries, numbers or range(1, len(entries) + 1), progress or Progress())


def apply(
    ledger: Ledger,
    planned: ImportPlan,
    backups: Path | None,
    progress: Progress | None = None,
    *,
    beside: Sequence[Record] = (),
) -> Mapping[str, int]:
    """Write what was planned in one transaction, after a verified backup into ``backups``.

    ``beside``: records that say of the import itself how it was made, written with it where it writes
    anything. ``None`` for ``backups`` is for a ledger made a moment ago, which holds nothing to lose. Returns
    the counts. Raises ``ImportRefusedError`` (nothing written) or ``Cancelled``.
    """
    apply_all(ledger, (planned,), planned.spec.label, backups, progress, beside=beside)
    return planned.counts


def apply_all(
    ledger: Ledger,
    plans: Sequence[ImportPlan],
    label: str,
    backups: Path | None,
    progress: Progress | None = None,
    *,
    beside: Sequence[Record] = (),
) -> None:
    """Write several plans in one transaction, each after those that it names records of; see ``apply``.

    ``label``: what people call the whole.
    """
    progress = progress or Progress()
    if any(planned.problems for planned in plans):
        wrong = [planned.sentence_of(p) for planned in plans for p in planned.problems]
        raise ImportRefusedError(label, wrong)
    rows = [
        (planned, row)
        for planned in plans
        for row in planned.rows
        if row.outcome in (Outcome.NEW, Outcome.CHANGED)
    ]
    if not rows:
        return
    if backups is not None:
        ledger.secure(backups, progress)
    # What is written is kept, in the facts and for the journal: there is no garbage to look for.
    with uncollected(), ledger.write(f"{label}の取込み") as change:
        change.gather(len(rows) + len(beside))
        _write_rows(change, rows, label, progress)
        for one in beside:
            change.add(one)


def _write_rows(
    change: Any, rows: Sequence[tuple[ImportPlan, PlannedRow]], label: str, progress: Progress
) -> None:
    """Write the rows in their order, each with the ids that those before it were given."""
    ids: dict[tuple[str, int], int] = {}
    types = {planned.spec.name for planned, _row in rows}
    for done, (planned, row) in enumerate(rows):
        progress.step(done, len(rows), label)
        if row.record is not None:
            where = f"{row.row}{planned.counted}"
            written = _write(change, planned.spec.label, where, _settled(row.record, ids, types))
            ids[planned.spec.name, provisional(row.row)] = written


def _write(change: Any, label: str, where: str, record: Record) -> int:
    try:
        made = change.change(record) if record.id else change.add(record)
    except PeopleError as error:
        raise ImportRefusedError(label, [f"{where}：{sentence}" for sentence in error.problems]) from error
    return int(made.id)


def _exported(facts: Facts, spec: Spec[Any], record: Record) -> dict[str, Any]:
    by_id = {} if spec.key or spec.single else {"id": record.id}
    return {**by_id, **spec.to_json(record, facts.key_of)}


def _settled(record: Record, ids: Mapping[tuple[str, int], int], types: Collection[str]) -> Record:
    """``record`` with the real ids of the rows of ``types`` that were written before it."""
    if _names(record.spec.name).isdisjoint(types):
        return record
    settled: Record = _with_ids(record, fields_of(type(record)), ids)
    return settled


@cache
def _names(name: str) -> frozenset[str]:
    """The types of which a record of this one may name another, and so a row of the same file."""
    plain = [f for f in SPECS[name].fields if not isinstance(f.kind, Rows)]
    nested = [inner for f in SPECS[name].fields if isinstance(f.kind, Rows) for inner in fields_of(f.kind.of)]
    return frozenset(f.kind.to for f in (*plain, *nested) if isinstance(f.kind, Ref))


def _with_ids(holder: Any, declared: tuple[Field, ...], ids: Mapping[tuple[str, int], int]) -> Any:
    changed: dict[str, Any] = {}
    for f in declared:
        value = getattr(holder, f.name)
        if isinstance(f.kind, Ref) and (f.kind.to, value) in ids:
            changed[f.name] = ids[f.kind.to, value]
        elif isinstance(f.kind, Rows):
            inner = fields_of(f.kind.of)
            changed[f.name] = tuple(_with_ids(row, inner, ids) for row in value)
    return replace(holder, **changed) if changed else holder
