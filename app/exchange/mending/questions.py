"""The questions of a plan: which of them are alike, and by which other column the rows of one differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.exchange.coming_in.likes import Likes
from app.exchange.sheets.book import column_of
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Problem
from app.exchange.tables.planned import PlannedLine, TablePlan
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
    """All questions of one plan; what looks at every row is done here, and not where they are answered."""

    def __init__(self, facts: Facts, planned: TablePlan) -> None:
        self.facts, self.planned = facts, planned
        self.likes = Likes(facts, planned.spec)
        """The records of the ledger that a row may be."""
        self._alike: dict[Hashable, list[Question]] = defaultdict(list)
        for line in planned.lines:
            for problem in line.problems:
                self._alike[_kind(problem)].append(Question(line, problem))
        self._shown: Mapping[tuple[int, int], str] = {}
        self._counted: dict[Hashable, list[tuple[Column, Counter[str]]]] = {}
        lacking = [kind for kind, held in self._alike.items() if held[0].problem.asks == Asks.FIELD]
        if lacking:
            self._shown = {(cell.row, cell.column): cell.shown.strip() for cell in planned.source.cells}
        for kind in lacking:
            self._counted[kind] = list(self._differing([one.line.row for one in self._alike[kind]]))

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
        found = []
        for column, counted in self._counted.get(_kind(question.problem), ()):
            own = self._shown.get((question.line.row, column.number), "")
            if own and counted[own] > 1:
                found.append(Group(column, own, counted[own]))
        return found

    def _differing(self, rows: Sequence[int]) -> Iterator[tuple[Column, Counter[str]]]:
        """The columns in which a few texts stand in these rows, with how often each does."""
        for column in self.planned.columns:
            counted = Counter(self._shown.get((row, column.number), "") for row in rows)
            if 1 < len(counted) <= _MOST_GROUPS:
                yield column, counted

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
        number = group.column.number
        return [
            one for one in self.alike(problem) if self._shown.get((one.line.row, number), "") == group.shown
        ]


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
