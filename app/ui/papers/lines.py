"""Issued documents as rows of a table, for one contract or for all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.duties.case import FormFace
from app.duties.duty import Action
from app.records import Contract, Facts, Submission
from app.records.spelling.fold import searchable
from app.ui.parts.tables.lines_table import Cell, Column, Line, line
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.contract_choice import called
from app.work.states import (
    NOT_JUDGED,
    OUTDATED,
    UNSUBMITTED,
    URGENT,
    document_mark,
    mark,
    named,
    short_day,
)
from app.work.tasks import Task

DOCUMENT_COLUMNS = (
    Column("文書番号", 6),
    Column("書類名", 12, stretch=True),
    Column("状態", 7),
    Column("発行日", 5),
    Column("提出日", 5),
    Column("提出方法", 5),
    Column("受領者", 6),
)


def document_line(
    facts: Facts, one: Submission, stale: bool | None, *, contract: bool = False, outdated: bool = False
) -> Line:
    """An issued document, ``stale`` and ``outdated`` as in ``document_mark``.

    ``contract``: with the one it belongs to.
    """
    shown = document_mark(one, stale, outdated=outdated)
    held = facts.find(Contract, one.contract)
    return line(
        one.id,
        one.number,
        one.title,
        *([named(facts, held) if held else ""] if contract else []),
        Cell(shown.text, shown.word, shown.tone),
        Cell(short_day(one.issued_on), one.issued_on),
        Cell(short_day(one.submitted_on), one.submitted_on),
        one.how,
        one.received_by,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row, the contract it is of, all its words folded to be searched, and where a document stands.

    ``states``: none for what is not judged yet, and for what is no document; what changed since it was
    issued is not handed in all the same.
    """

    line: Line
    contract: int
    words: str
    states: tuple[str, ...] = ()


def _row(held: Line, contract: int, more: str = "", states: tuple[str, ...] = ()) -> Row:
    return Row(held, contract, searchable((*(cell.text for cell in held.cells), more)), states)


def issued_rows(facts: Facts, made: Assessment | None, wrong: Container[int]) -> Iterator[Row]:
    """The rows of all documents, the newest first. ``wrong``: those in hand that no longer hold."""
    for one in reversed(facts.all(Submission)):
        stale = made.stale(one) if made is not None else None
        changed = one.id in wrong
        held = document_line(facts, one, stale, contract=True, outdated=changed)
        shown = document_mark(one, stale, outdated=changed)
        states = () if shown is NOT_JUDGED else (shown.word,)
        yield _row(held, one.contract, one.code, (*states, UNSUBMITTED.word) if shown is OUTDATED else states)


def to_make(facts: Facts, found: Iterable[Task], forms: Mapping[str, FormFace]) -> list[Row]:
    """Every form for every contract, first those that a task asks for now, with the duties that ask."""
    wanted = {(task.step.target, task.contract): task for task in found if task.step.action is Action.ISSUE}
    lines = [
        _making_line(form, shown, contract, wanted.get((form.id, contract)))
        for shown, contract in called(facts)
        for form in forms.values()
    ]
    lines.sort(key=lambda one: (one.cells[0].order, one.cells[1].order or date.max))
    return [_row(one, one.key[1]) for one in lines]


def _making_line(form: FormFace, contract: str, contract_id: int, task: Task | None) -> Line:
    if task is None:
        state, due, why = Cell("・ いまは不要", len(URGENT), "muted"), None, ""
    else:
        shown = mark(task.state)
        state = Cell(shown.text, URGENT.index(task.state), shown.tone)
        due, why = (
            task.due,
            "届出と現況の相違" if task.drifts and not task.duties else "、".join(task.clauses),
        )
    return line((form.id, contract_id), state, Cell(short_day(due), due), form.title, contract, why)
