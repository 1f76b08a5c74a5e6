"""A plan over PCs as people read it: what becomes of each, field by field, and what it did not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.exchange.coming_in.planner import ImportPlan, Outcome, place
from app.exchange.machine.machine import UNTOLD, Machine
from app.exchange.tables.telling import without_commands
from app.records import Device, Facts, Record


class Told(NamedTuple):
    """One line: the field, what the ledger says of it and what it will say. ``why``: what hinders."""

    label: str
    before: str = ""
    after: str = ""
    why: str = ""


def changes(facts: Facts, planned: ImportPlan, at: int) -> Iterator[Told]:
    """What will be written of the PC at ``at`` (from 0): where it differs; of a new one all of it.

    Of rows within a record every one is told with its contents: their number alone would hide a change.
    """
    record = planned.rows[at].record
    if not isinstance(record, Device):
        return
    held = facts.find(Device, record.id) if record.id else None
    for field in Device.spec.fields:
        if field.name == "former":
            continue
        before = facts.whole(held, field.name) if held is not None else ""
        after = facts.whole(record, field.name)
        if before != after:
            yield Told(field.label, before, after)


def lines(facts: Facts, machines: Sequence[Machine], planned: ImportPlan, at: int) -> Iterator[Told]:
    """All that is to be seen of the PC at ``at``: what hinders, what will be written, what was not told."""
    machine, row = machines[at], planned.rows[at]
    labels = {field.name: field.label for field in Device.spec.fields}
    for one in planned.problems:
        if one.row == row.row:
            label = labels.get(one.field) or place(planned.spec, one.field)
            yield Told(label, why=without_commands(one.sentence))
    if row.outcome is Outcome.ERROR:
        yield from (Told(label, after=text) for label, text in machine.rows)
        return
    yield from changes(facts, planned, at)
    held = _held(facts, row.record)
    named = {field.label: field for field in Device.spec.fields}
    for label, text in machine.rows:
        if text.startswith(UNTOLD):
            field = named.get(label)
            yield Told(label, facts.whole(held, field.name) if held is not None and field else "", text)


def notes(planned: ImportPlan) -> Iterator[str]:
    """What is to be looked at besides the lines: what a PC remarks on, and since when changed values hold."""
    yield from (without_commands(one) for one in planned.notes if not one.endswith(f"{UNTOLD}。"))
    yield from (without_commands(planned.sentence_of(doubt)) for doubt in planned.doubts)
    if any(row.outcome is Outcome.CHANGED for row in planned.rows):
        yield (
            "OS・記憶装置・マルウェア対策ソフトの変更は、読み取った日から変わったものとして登録します。"
            "それまでの内容は「以前の内容」に残ります。"
        )


def _held(facts: Facts, record: Record | None) -> Device | None:
    return facts.find(Device, record.id) if record is not None and record.id else None
