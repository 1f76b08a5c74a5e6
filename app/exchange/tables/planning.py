"""A table as an import: of every filled row what becomes of it, and then all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.common import Progress
from app.exchange import importing
from app.exchange.importing import ImportPlan, ImportProblem, ImportRefusedError, Outcome
from app.exchange.json_text import one_line, shown
from app.exchange.sheets.book import Book, Cell, Sheet, column_of
from app.exchange.tables import head as heads
from app.exchange.tables.answers import erasing, mending
from app.exchange.tables.answers.answers import Answers, Asks
from app.exchange.tables.beside import beside, needed
from app.exchange.tables.beside.beside import NOT_GIVEN, Beside, Told
from app.exchange.tables.beside.others import Others
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL, Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.keys import Keys
from app.exchange.tables.line import Line, Place, Problem, place_text
from app.exchange.tables.lines import Lines
from app.exchange.tables.mapping import Said
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

_ROW = "行目"
_UNDERSTOOD = "表を読み取っています"
_LEFT_OUT = "取り込まないことにした行です。"


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One filled row. ``entry``: as a file of records says it; ``changes``: before and after by field."""

    row: int
    status: Status
    entry: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]]
    problems: tuple[Problem, ...] = ()
    why: str = ""
    """Why it is skipped."""
    erased: tuple[str, ...] = ()
    """The fields that a blank erases, since somebody chose that for the column."""
    rows: tuple[int, ...] = ()
    """All rows over which the record stands."""
    above: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    """By row and column the cells further up that say what is meant there: 同上, or a blank of a group."""
    beside: tuple[Told, ...] = ()
    """Records of other types that it tells of."""
    at: Place | None = None
    """Where it begins in the file, if that is no table: ``row`` then counts forms, or places of a cross."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What bringing in a table would do. It is a value: applying it reads no file again.

    ``stops``: what keeps the whole from being brought in, a sentence each; so does any row that is to be
    asked about or wrong. ``told``: what to know of how the file was read.
    """

    spec: Spec[Any]
    sheet: str
    head: tuple[int, ...]
    columns: tuple[Column, ...]
    lines: tuple[PlannedLine, ...]
    plan: ImportPlan
    stops: tuple[str, ...]
    told: tuple[str, ...]
    besides: tuple[Beside, ...] = ()
    """Records of other types that the same rows tell of; they are written in the same change."""
    offers: tuple[str, ...] = ()
    """The types of which records can be made that rows name and that are not there."""
    source: Sheet = field(default_factory=partial(Sheet, "", ()))
    """The sheet as it was read, with every answer in it."""
    taken: Unfolded | None = None
    """The forms or the cross of which that sheet was made; None where the file holds it itself."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows there are of each status."""
        found = Counter(line.status for line in self.lines)
        return {str(status): found[status] for status in Status}

    @property
    def erased(self) -> int:
        """How many values of the ledger blanks erase."""
        return sum(len(line.erased) for line in self.lines)


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
    progress = progress or Progress()
    said = said or Said()
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
    others = Others(facts, spec, asked, columns, said.constants, said.making)
    counted = _ROW if taken is None else taken.counted
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
        progress=progress,
    )
    besides = others.planned(held, today)
    planned = _Planned(facts, spec, columns, held, update, beside.by_line(besides), said.answers).lines(lines)
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
            place = place_text(problem.at) if problem.at else f"{problem.row}{_ROW}{where}"
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


class _Planned:
    """Holds what the ledger says of the entries against the rows they stand in."""

    def __init__(
        self,
        facts: Facts,
        spec: Spec[Any],
        columns: Sequence[Column],
        held: ImportPlan,
        update: bool,
        told: Mapping[int, tuple[Told, ...]],
        answers: Answers,
    ) -> None:
        self._answers = answers
        self._facts, self._spec, self._update = facts, spec, update
        self._beside = told
        self._paths = {column.letter: column.path for column in columns}
        self._rows = {row.row: row for row in held.rows}
        self._problems: dict[int, list[ImportProblem]] = defaultdict(list)
        for problem in held.problems:
            self._problems[problem.row].append(problem)

    def lines(self, lines: Sequence[Line]) -> tuple[PlannedLine, ...]:
        """Every filled row with its status, further rows of one record among them."""
        found: list[PlannedLine] = []
        for line in lines:
            if line.skipped:
                found.append(
                    PlannedLine(line.row, Status.SKIPPED, {}, {}, why=line.skipped, rows=tuple(line.rows))
                )
            else:
                found.append(self._line(line))
        return tuple(found)

    def _line(self, line: Line) -> PlannedLine:
        row = self._rows[line.row]
        problems = [*line.problems, *self._told(line)]
        changes: dict[str, tuple[Any, Any]] = {}
        if row.outcome is Outcome.CHANGED and row.record is not None:
            changes = self._changes(row.record)
            if not self._update and line.row not in self._answers.same:
                problems.append(_not_asked_for(self._spec, line))
        problems = mending.still_open(line, problems, self._answers)
        if any(problem.certain for problem in problems):
            status = Status.ERROR
        elif problems or row.outcome is Outcome.ERROR:
            status = Status.ASK
        else:
            status = Status(str(row.outcome))
        others = self._beside.get(line.row, ())
        erased = tuple(name for name in line.erases if name in changes and changes[name][1] in (None, "", []))
        return PlannedLine(
            line.row,
            status,
            line.entry,
            changes,
            tuple(problems),
            beside=others,
            erased=erased,
            rows=tuple(line.rows),
            above=line.above,
        )

    def _told(self, line: Line) -> Iterator[Problem]:
        """What the record's own rules say, but for fields of which people are asked already."""
        asked = {path for p in line.problems if p.column and (path := self._paths.get(p.column))} | line.asked
        starts = {f"{path.partition('.')[0]}." for path in asked if "." in path}
        for problem in self._problems[line.row]:
            bare = ".".join(part for part in problem.field.split(".") if not part.isdecimal())
            if bare in asked or bare.partition(".")[0] in asked or f"{bare}." in starts:
                continue
            row, column, value = line.places.get(problem.field, (line.row, "", ""))
            reason, _, advice = problem.sentence.partition("。")
            missing = problem.sentence.endswith(NOT_GIVEN) and not value
            if missing:
                reason, advice = self._missing(problem, bare)
            else:
                reason, advice = f"{reason}。", advice or "値を直してください。"
            asks = Asks.FIELD if missing and bare not in self._paths.values() else Asks.VALUE
            yield Problem(row, column, value, reason, advice, certain=not missing, asks=asks, path=bare)

    def _missing(self, problem: ImportProblem, bare: str) -> tuple[str, str]:
        label = importing.place(self._spec, problem.field).replace("「", "").replace("」", "")
        if bare in self._paths.values():
            return f"{label}がありません。", "値を書いてください。"
        return (
            f"{label}の列がありません。",
            "列を加えるか、どの行も同じときはその値を指定してください"
            f'（--map の constants の "{needed.inner(self._spec, bare)[0]}"）。',
        )

    def _changes(self, record: Record) -> dict[str, tuple[Any, Any]]:
        held = self._facts.named(self._spec.name, record.id)
        if held is None:
            return {}
        before = self._spec.to_json(held, self._facts.key_of)
        after = self._spec.to_json(record, self._key_of)
        return {name: (before[name], after[name]) for name in before if before[name] != after[name]}

    def _key_of(self, kind: str, record_id: int) -> str:
        try:
            return self._facts.key_of(kind, record_id)
        except KeyError:
            # A row of the same file, which has no number yet.
            return f"{importing.row_of(record_id)}{_ROW}"


def _not_asked_for(spec: Spec[Any], line: Line) -> Problem:
    name = next((name for name in spec.key if name in line.places), "")
    row, column, value = line.places.get(name, (line.row, "", ""))
    return Problem(
        row,
        column,
        value,
        f"{spec.label}{f'「{shown(value)}」' if value else ''}は、違う内容で登録されています。",
        "更新するときは「更新」（--update）を指定してください。",
        certain=True,
        asks=Asks.UPDATE,
    )
