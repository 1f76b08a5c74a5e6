"""What the ledger says of the entries of a table, held against the rows in which they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.exchange.coming_in import planner
from app.exchange.coming_in.planner import ImportPlan, ImportProblem, Outcome
from app.exchange.json_text import shown
from app.exchange.tables.answers import mending
from app.exchange.tables.answers.answers import Answers, Asks
from app.exchange.tables.beside import needed
from app.exchange.tables.beside.beside import NOT_GIVEN, Told
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Line, Problem
from app.exchange.tables.planned import PlannedLine, Status
from app.records import Facts, Record, Spec

ROW = "行目"
"""Behind the number of a row of a table."""


class Judging:
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
            certain = not (missing or problem.asked)
            yield Problem(row, column, value, reason, advice, certain=certain, asks=asks, path=bare)

    def _missing(self, problem: ImportProblem, bare: str) -> tuple[str, str]:
        label = planner.place(self._spec, problem.field).replace("「", "").replace("」", "")
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
            return f"{planner.row_of(record_id)}{ROW}"


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
