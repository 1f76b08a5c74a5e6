"""A table as an import: of every filled row what becomes of it, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.common import Progress, uncollected
from app.exchange.coming_in import importing
from app.exchange.coming_in.importing import ImportRefusedError
from app.exchange.json_text import one_line, shown
from app.exchange.sheets.book import Book, column_of
from app.exchange.tables import head as heads
from app.exchange.tables.answers import erasing, mending
from app.exchange.tables.beside import beside, needed
from app.exchange.tables.beside.others import Others
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL, Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.judging import ROW, Judging
from app.exchange.tables.keys import Keys, asked_about
from app.exchange.tables.line import Line, place_text
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import PlannedLine, Status, TablePlan
from app.exchange.tables.rows.lines import Lines
from app.exchange.tables.sheets import Table, chosen, read
from app.exchange.tables.unfolding import finding as unfolding
from app.exchange.tables.unfolding import unread
from app.exchange.tables.unfolding.unfolded import HEAD, Unfolded
from app.exchange.tables.values import units
from app.exchange.tables.written import as_written
from app.records import Facts, Record, Spec
from app.records.kinds import Number, Quantity

if TYPE_CHECKING:
    from app.ledger.door import Ledger

_UNDERSTOOD = "表を読み取っています"
_LEFT_OUT = "取り込まないことにした行です。"


def plan(
    facts: Facts,
    spec: Spec[Any],
    book: Book,
    said: Said | None = None,
    *,
    update: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> TablePlan:
    """Read the table and say of every filled row what would happen. Writes nothing.

    Raises ``PeopleError`` where no table is found, or several that may be meant; ``Cancelled``.
    """
    # Nearly all that is made of a table is kept in its plan.
    with uncollected():
        return _plan(facts, spec, book, said or Said(), update, today, progress or Progress())


def _plan(
    facts: Facts,
    spec: Spec[Any],
    book: Book,
    said: Said,
    update: bool,
    today: date | None,
    progress: Progress,
) -> TablePlan:
    words = words_with(spec, said.making)
    book, literal = as_written(book, spec)
    taken = None if literal else unfolding.found(book, said.sheet, said.head, spec, words)
    if taken is None:
        sheet, grid, head = chosen(book, said, words)
    else:
        sheet, grid = taken.table, Grid(taken.table)
        head, said = heads.at(grid, words, (HEAD,)), replace(said, head=(HEAD,))
    if said.answers:
        sheet = mending.mended(sheet, said.answers, head.below)
        grid = Grid(sheet)
    words, found = read(grid, head, spec, said)
    lines: list[Line] = []
    for table in found:
        progress.step(0, 0, _UNDERSTOOD)
        below = Lines(
            grid, table.head, table.columns, spec, words, literal=literal, apart=taken is not None
        ).read(table.rows)
        erasing.mark(below, table.columns, said.erases, spec)
        lines += below
        lines += [Line(row, skipped="次の表の題の行です。") for row in table.titled]
    if taken is not None:
        lines = list(_without_forms(lines, taken.skipped))
    for line in lines:
        if line.row in said.without and not line.skipped:
            line.skipped = _LEFT_OUT
    asked = [line for line in lines if not line.skipped]
    progress.step(0, 0, _UNDERSTOOD)
    mending.completed(asked, sheet, said.answers, spec, words)
    columns = _columns(found)
    mending.unsure(asked, columns, sheet)
    others = Others(facts, spec, asked, columns, said.constants, said.making, literal=literal)
    counted = ROW if taken is None else taken.counted
    Keys(facts, spec, said, asked, counted).look()
    held = importing.plan(
        facts,
        spec,
        others.entries(),
        update=True,
        today=today,
        numbers=[line.row for line in asked],
        counted=counted,
        # A remark was written by hand: a column that goes there says more, and replaces nothing.
        added=("note",) if any(column.path == INTO_NOTE for column in columns) else (),
        named=others.named,
        meant=mending.meant(asked, said.answers) | asked_about(asked),
        progress=progress,
    )
    besides = others.planned(held, today)
    planned = Judging(facts, spec, columns, held, update, beside.by_line(besides), said.answers).lines(lines)
    parts = (sheet.name,) if taken is None else taken.parts
    more = unread.above(grid, head) if taken is None else taken.told
    told = (*book.told, *unread.sheets(book, parts), *more, *held.notes)
    above = (cell.shown for cell in sheet.cells if cell.row < head.rows[0])
    stops = (*_stops(spec, columns, planned), *_thousands(spec, columns, units.over_all(above)))
    if taken is not None:
        planned = tuple(_placed(line, taken) for line in planned)
    rows = head.rows if taken is None else taken.head
    return TablePlan(
        spec, sheet.name, rows, columns, planned, held, stops, told, besides, others.offers, sheet, taken
    )


def apply(
    ledger: Ledger,
    planned: TablePlan,
    backups: Path | None,
    progress: Progress | None = None,
    *,
    beside: Sequence[Record] = (),
) -> Mapping[str, int]:
    """Write exactly what was planned, as one change; see ``importing.apply``, which says what is raised."""
    refused = [*planned.stops, *_sentences(planned)]
    if refused:
        raise ImportRefusedError(planned.spec.label, refused)
    first = [one.plan for one in planned.besides if one.first]
    rest = [one.plan for one in planned.besides if not one.first]
    plans, label = (*first, planned.plan, *rest), planned.spec.label
    importing.apply_all(ledger, plans, label, backups, progress, beside=beside)
    return planned.counts


def lacking(planned: TablePlan) -> tuple[str, ...]:
    """The paths of fields that some row needs and that no column fills: asked once for all rows."""
    there = {column.path for column in planned.columns}
    if MAKER_AND_MODEL in there:
        there |= {"maker", "model"}
    entries = {line.row: line.entry for line in planned.lines}
    return needed.lacking(planned.plan, entries, planned.besides, there)


def _without_forms(lines: Sequence[Line], skipped: Mapping[int, str]) -> Iterator[Line]:
    """The lines of forms, those among them that are no records: examples, and forms without an entry."""
    read = {line.row: line for line in lines}
    for row in sorted({*read, *skipped}):
        line = read.get(row) or Line(row, rows=[row])
        line.skipped = skipped.get(row, line.skipped)
        yield line


def _placed(line: PlannedLine, taken: Unfolded) -> PlannedLine:
    """The line with the places of the file, which is no table."""
    problems = tuple(
        replace(one, at=taken.place(one.row, column_of(one.column) if one.column else 0))
        for one in line.problems
    )
    return replace(line, at=taken.place(line.row, 0), problems=problems)


def _sentences(planned: TablePlan) -> Iterator[str]:
    for line in planned.lines:
        for problem in line.problems:
            where = f"の{problem.column}列" if problem.column else ""
            place = place_text(problem.at) if problem.at else f"{problem.row}{ROW}{where}"
            yield one_line(f"{place}：{problem.reason}{problem.advice}")


def _columns(found: Sequence[Table]) -> tuple[Column, ...]:
    """The columns of all tables; of one place only once, unless another table calls it otherwise."""
    seen: dict[tuple[int, str, str | None], Column] = {}
    for table in found:
        for column in table.columns:
            key = (column.number, column.title, column.path)
            if key in seen:
                column = replace(seen[key], filled=seen[key].filled + column.filled)
            seen[key] = column
    return tuple(seen.values())


def _stops(spec: Spec[Any], columns: Sequence[Column], lines: Sequence[PlannedLine]) -> Iterator[str]:
    mapped = {column.path for column in columns if column.path}
    if not any(line.status is not Status.SKIPPED for line in lines):
        yield "取り込む行がありません。"
    if mapped and mapped <= set(spec.key):
        yield f"{'・'.join(spec.field(name).label for name in spec.key)}のほかに取り込む列がありません。"
    for column in columns:
        if column.undecided:
            title = f"「{shown(column.title)}」" if column.title else "（見出しなし）"
            yield (
                f"{column.letter}列{title}を取り込む項目が決まっていません。"
                "取り込む項目を選ぶか、取り込まないことにしてください（--map で項目か null を指定）。"
            )


def _thousands(spec: Spec[Any], columns: Sequence[Column], said: str) -> Iterator[str]:
    known = words_with(spec).targets
    for column in columns:
        target = known.get(column.path or "")
        if said and target is not None and isinstance(target.field.kind, Number | Quantity):
            yield (
                f"表の上に「{shown(said)}」とあります。{column.letter}列の数を1単位の数に直し、この記載を消してください。"
            )
