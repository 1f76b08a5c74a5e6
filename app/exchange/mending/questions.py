"""The questions of a plan: which of them are alike, and by which other column the rows of one differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from app.exchange.sheets.book import column_of
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.answers.likes import Likes
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Problem
from app.exchange.tables.planning import PlannedLine, TablePlan
from app.records import Facts
from app.records.spelling.fold import alike

_MOST_GROUPS = 12
"""More different values of a column than these are no groups of rows."""


class Question(NamedTuple):
    """One problem of one row."""

    line: PlannedLine
    problem: Problem


class Group(NamedTuple):
    """The rows of a question in which the same text stands in another column."""

    column: Column
    shown: str
    size: int


class Questions:
    """All questions of one plan."""

    def __init__(self, facts: Facts, planned: TablePlan) -> None:
        self.facts, self.planned = facts, planned
        self._likes: Likes | None = None
        self._alike: dict[Hashable, list[Question]] = defaultdict(list)
        for line in planned.lines:
            for problem in line.problems:
                self._alike[_kind(problem)].append(Question(line, problem))
        self._shown: Mapping[tuple[int, int], str] | None = None

    def alike(self, problem: Problem) -> Sequence[Question]:
        """The same value in the same column, or the same kind of question; ``problem`` is among them."""
        return self._alike[_kind(problem)]

    def column(self, problem: Problem) -> Column | None:
        """The column whose value the question is about; None where no column says it."""
        for one in self.planned.columns:
            if one.letter == problem.column or (
                not problem.column and problem.path and one.path == problem.path
            ):
                return one
        return None

    def groups(self, question: Question) -> list[Group]:
        """The groups in which the row of a question stands, each of several with one text in a column."""
        if question.problem.asks != Asks.FIELD:
            return []
        shown = self._texts()
        rows = [one.line.row for one in self.alike(question.problem)]
        found = []
        for column in self.planned.columns:
            counted = Counter(shown.get((row, column.number), "") for row in rows)
            own = shown.get((question.line.row, column.number), "")
            if own and 1 < len(counted) <= _MOST_GROUPS and counted[own] > 1:
                found.append(Group(column, own, counted[own]))
        return found

    def of_one_record(self, question: Question) -> list[PlannedLine]:
        """The other rows that are the same record as that of a question."""
        key = [str(question.line.entry.get(name, "")) for name in self.planned.spec.key]
        return [
            one.line
            for one in self.alike(question.problem)
            if one.line is not question.line
            and all(
                alike(str(one.line.entry.get(name, ""))) == alike(text)
                for name, text in zip(self.planned.spec.key, key, strict=True)
            )
        ]

    def of_group(self, problem: Problem, group: Group) -> list[Question]:
        """The questions like ``problem`` of the rows of a group."""
        shown, number = self._texts(), group.column.number
        return [one for one in self.alike(problem) if shown.get((one.line.row, number), "") == group.shown]

    @property
    def likes(self) -> Likes:
        """The records of the ledger that a row may be."""
        if self._likes is None:
            self._likes = Likes(self.facts, self.planned.spec)
        return self._likes

    def _texts(self) -> Mapping[tuple[int, int], str]:
        if self._shown is None:
            self._shown = {(cell.row, cell.column): cell.shown.strip() for cell in self.planned.source.cells}
        return self._shown


def place(question: Question, column: Column | None) -> tuple[int, int] | None:
    """Row and column of the cell that answers a question; None where no column does."""
    problem = question.problem
    if problem.column:
        return problem.row, column_of(problem.column)
    return (question.line.row, column.number) if column is not None else None


def _kind(problem: Problem) -> Hashable:
    if problem.asks == Asks.SEVERAL:
        return (problem.asks,)
    if problem.asks:
        return problem.asks, problem.column, problem.path
    value = problem.value.strip()
    return problem.asks, problem.column, problem.path, value, "" if value else problem.reason
