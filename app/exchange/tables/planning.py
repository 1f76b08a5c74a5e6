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
from app.exchange.sheets.book import Book, Sheet, letters
from app.exchange.tables.answers import erasing, mending
from app.exchange.tables.answers.answers import Answers, Asks
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL, Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.keys import Keys
from app.exchange.tables.line import Line, Problem
from app.exchange.tables.lines import Lines
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import is_own
from app.exchange.tables.sheets import Table, chosen, tables
from app.exchange.tables.values import units
from app.exchange.tables.words import words_of
from app.records import Facts, Record, Spec
from app.records.kinds import Number, Quantity

if TYPE_CHECKING:
    from app.ledger.door import Ledger

_ROW = "行目"
_UNDERSTOOD = "表を読み取っています"
_LEFT_OUT = "取り込まないことにした行です。"
_NOT_GIVEN = "を入力してください。"
"""How a field says that it needs a value."""


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
    source: Sheet = field(default_factory=partial(Sheet, "", ()))
    """The sheet as it was read, with every answer in it."""

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
    words = words_of(spec)
    sheet, grid, head = chosen(book, said, words)
    told = (*book.told, *_unread(book, sheet))
    if said.answers:
        sheet = mending.mended(sheet, said.answers, head.below)
        grid = Grid(sheet)
    found = list(tables(grid, head, words, said))
    lines: list[Line] = []
    literal = is_own(book)
    for table in found:
        progress.step(0, 0, _UNDERSTOOD)
        read = Lines(grid, table.head, table.columns, spec, words, literal=literal).read(table.rows)
        erasing.mark(read, table.columns, said.erases, spec)
        lines += read
        lines += [Line(row, skipped="次の表の題の行です。") for row in table.titled]
    for line in lines:
        if line.row in said.without and not line.skipped:
            line.skipped = _LEFT_OUT
    asked = [line for line in lines if not line.skipped]
    progress.step(0, 0, _UNDERSTOOD)
    mending.completed(asked, sheet, said.answers, spec, words)
    Keys(facts, spec, said, asked).look()
    columns = _columns(found)
    mending.unsure(asked, columns, sheet)
    held = importing.plan(
        facts,
        spec,
        [dict(line.entry) for line in asked],
        update=True,
        today=today,
        numbers=[line.row for line in asked],
        counted=_ROW,
        # A remark was written by hand: a column that goes there says more, and replaces nothing.
        added=("note",) if any(column.path == INTO_NOTE for column in columns) else (),
        progress=progress,
    )
    planned = _Planned(facts, spec, columns, held, update, said.answers).lines(lines)
    told = (*told, *held.notes)
    above = (cell.shown for cell in sheet.cells if cell.row < head.rows[0])
    stops = (*_stops(spec, columns, planned), *_thousands(spec, columns, units.over_all(above)))
    return TablePlan(spec, sheet.name, head.rows, columns, planned, held, stops, told, sheet)


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
    importing.apply(ledger, planned.plan, backups, progress, beside=beside)
    return planned.counts


def lacking(planned: TablePlan) -> tuple[str, ...]:
    """The paths of fields that some row needs and that no column fills: asked once for all rows."""
    there = {column.path for column in planned.columns}
    if MAKER_AND_MODEL in there:
        there |= {"maker", "model"}
    found: dict[str, None] = {}
    for problem in planned.plan.problems:
        bare = ".".join(part for part in problem.field.split(".") if not part.isdecimal())
        if problem.sentence.endswith(_NOT_GIVEN) and bare not in there:
            found[bare] = None
    return tuple(path for path in found if path in words_of(planned.spec).targets)


def _unread(book: Book, sheet: Sheet) -> Iterator[str]:
    """What of the file is not brought in, whatever becomes of the rows."""
    for one in sheet.told:
        yield f"シート「{shown(sheet.name)}」：{one}"
    if noted := [f"{letters(cell.column)}{cell.row}" for cell in sheet.cells if cell.note]:
        more = f"ほか{len(noted) - 1}か所" if len(noted) > 1 else ""
        yield f"セルに付いたコメントは取り込みません（{noted[0]}{more}）。"
    for other in book.sheets:
        if other is not sheet and other.cells and not other.hidden:
            yield f"シート「{shown(other.name)}」は取り込みません。"


def _sentences(planned: TablePlan) -> Iterator[str]:
    for line in planned.lines:
        for problem in line.problems:
            where = f"の{problem.column}列" if problem.column else ""
            yield one_line(f"{problem.row}{_ROW}{where}：{problem.reason}{problem.advice}")


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
    known = words_of(spec).targets
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
        answers: Answers,
    ) -> None:
        self._answers = answers
        self._facts, self._spec, self._update = facts, spec, update
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
        erased = tuple(name for name in line.erases if name in changes and changes[name][1] in (None, "", []))
        return PlannedLine(
            line.row, status, line.entry, changes, tuple(problems), "", erased, tuple(line.rows)
        )

    def _told(self, line: Line) -> Iterator[Problem]:
        """What the record's own rules say, but for fields of which people are asked already."""
        asked = {path for p in line.problems if p.column and (path := self._paths.get(p.column))}
        for problem in self._problems[line.row]:
            bare = ".".join(part for part in problem.field.split(".") if not part.isdecimal())
            if bare in asked or bare.partition(".")[0] in asked:
                continue
            row, column, value = line.places.get(problem.field, (line.row, "", ""))
            reason, _, advice = problem.sentence.partition("。")
            missing = problem.sentence.endswith(_NOT_GIVEN) and not value
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
            f'列を加えるか、どの行も同じときはその値を指定してください（--map の constants の "{bare}"）。',
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
