"""Doing what was shown: exactly that, as one change, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.common import PeopleError
from app.ledger.door import Ledger
from app.ledger.writing import Change
from app.records import SPECS, Contract, Record, fields_of
from app.records.kinds import Ref, Rows
from app.work.acts.plan import PROVISIONAL, Paper, Plan, Todo, Write
from app.work.acts.standing_in import with_numbers


class PlanMovedError(PeopleError):
    """What the plan was made from is no longer what the ledger holds: it is to be made anew and shown."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was written, record by record, under which number of change, and what it calls for.

    Its papers and todos name the contracts by the ids, and what is new by the numbers, that the ledger gave.
    """

    number: int
    writes: tuple[Write, ...]
    papers: tuple[Paper, ...]
    todos: tuple[Todo, ...] = ()


class Doing:
    """One plan that a person confirms: the first time it is written, again it only tells what was written."""

    def __init__(self, ledger: Ledger, plan: Plan) -> None:
        self._ledger = ledger
        self.plan = plan
        self._done: Done | None = None

    def confirm(self) -> Done:
        """Write all of the plan, or nothing. Raises ``PlanMovedError`` and ``LedgerError``.

        Whatever was written to the ledger since the plan was made might have made it another one: it is
        never written unseen.
        """
        if self._done is None:
            self._done = self._write()
        return self._done

    def _write(self) -> Done:
        plan, numbers = self.plan, list[int]()
        if not plan.ready:
            open_ = plan.refusals or any(one.needed for one in plan.asks)
            raise PeopleError(_UNANSWERED if open_ else _NOTHING)
        end = self._ledger.on_change(lambda made: numbers.append(made.number))
        try:
            with self._ledger.write(plan.draft.reason) as change:
                if change.facts is not plan.facts:
                    raise PlanMovedError(_MOVED)
                written = _all(change, plan.writes)
        finally:
            end()
        given = {
            one.record.id: made.record.id
            for one, made in zip(plan.writes, written, strict=True)
            if isinstance(made.record, Contract)
        }
        said = with_numbers((*plan.papers, *plan.todos), plan.writes, written)
        papers = tuple(
            one._replace(contract=given.get(one.contract, one.contract), text=said[one.text])
            for one in plan.papers
        )
        todos = tuple(
            one._replace(contract=given.get(one.contract, one.contract), text=said[one.text])
            for one in plan.todos
        )
        return Done(numbers[0], written, papers, todos)


def _all(change: Change, writes: tuple[Write, ...]) -> tuple[Write, ...]:
    """Write everything, new records with the ids that the ledger gives them."""
    change.gather(len(writes))
    given: dict[tuple[str, int], int] = {}
    found = []
    for one in writes:
        if one.gone and one.before is not None:
            found.append(replace(one, record=change.retire(one.before, one.gone)))
            continue
        record = _named(one.record, given)
        if one.before is not None:
            named = one.operation
            found.append(replace(one, record=change.amend(record, named) if named else change.change(record)))
            continue
        made = change.add(replace(record, id=0))
        given[record.spec.name, one.record.id] = made.id
        found.append(replace(one, record=made))
    return tuple(found)


def _named(record: Record, given: Mapping[tuple[str, int], int]) -> Record:
    """``record`` with the ids of the new records that it names."""
    values: dict[str, Any] = {}
    for field in record.spec.fields:
        value = getattr(record, field.name)
        if isinstance(field.kind, Ref) and _new(value):
            values[field.name] = given[SPECS[field.kind.to].name, value]
        elif isinstance(field.kind, Rows) and any(_names_new(row) for row in value):
            values[field.name] = tuple(_named_row(row, given) for row in value)
    return replace(record, **values) if values else record


def _named_row(row: Any, given: Mapping[tuple[str, int], int]) -> Any:
    values = {
        one.name: given[one.kind.to, getattr(row, one.name)]
        for one in fields_of(type(row))
        if isinstance(one.kind, Ref) and _new(getattr(row, one.name))
    }
    return replace(row, **values)


def _names_new(row: Any) -> bool:
    return any(isinstance(one.kind, Ref) and _new(getattr(row, one.name)) for one in fields_of(type(row)))


def _new(value: object) -> bool:
    return isinstance(value, int) and value >= PROVISIONAL


_MOVED = (
    "表示したあとに台帳の内容が変わったため、まだ登録していません。"
    "いまの内容で作り直しました。変わったところを確かめて、もう一度登録してください。"
)
_UNANSWERED = "答えの要る事項が残っているため、登録していません。「確認」に答えてから登録してください。"
_NOTHING = "同じ内容が登録済みか、登録する内容がないため、登録していません。内容を確かめてください。"
