"""What a table tells beside its own records: the plan for them, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.exchange.coming_in.planner import ImportPlan, ImportProblem, Outcome
from app.exchange.json_text import one_line
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.beside.words import path_of
from app.exchange.tables.line import Line, Problem
from app.records import SPECS

NOT_GIVEN = "を入力してください。"
"""How a field says that it needs a value."""


class Told(NamedTuple):
    """A record of another type as one row tells it, and what becomes of it."""

    kind: str
    outcome: Outcome
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """Records of another type. ``first``: they are written before those of the table, which name them.

    ``entries``: what a file of records would say, by the number under which it is planned. ``lines``: the row
    of the table's own record that each belongs to, where that is another.
    """

    plan: ImportPlan
    entries: Mapping[int, Mapping[str, Any]]
    lines: Mapping[int, int] = field(default_factory=dict)
    first: bool = False

    @property
    def kind(self) -> str:
        """The type of the records."""
        return self.plan.spec.name


def by_line(besides: Sequence[Beside]) -> Mapping[int, tuple[Told, ...]]:
    """What is told beside each row of the table's own records."""
    found: dict[int, tuple[Told, ...]] = {}
    for one in besides:
        for row in one.plan.rows:
            line = one.lines.get(row.row, row.row)
            found[line] = (*found.get(line, ()), Told(one.kind, row.outcome, one.entries[row.row]))
    return found


def ask(
    line: Line, path: str, reason: str, advice: str, *, certain: bool = False, asks: Asks = Asks.VALUE
) -> None:
    """Ask people about the place in ``line`` where the field ``path`` stands, or about that field."""
    row, column, value = line.places.get(path, (line.row, "", ""))
    line.problems.append(
        Problem(row, column, value, one_line(reason), advice, certain, asks=asks, path=_bare(path))
    )


def _bare(path: str) -> str:
    """The field without the number of its row: lines.2.asset is lines.asset."""
    return ".".join(part for part in path.split(".") if not part.isdecimal())


def told(
    plan: ImportPlan, lines: Mapping[int, Line], mapped: Mapping[str, str], but: Sequence[str] = ()
) -> None:
    """Add what is wrong with the records of the other type to the lines that tell of them.

    ``mapped``: the letter of the column that fills a path. ``but``: fields of which the line says it itself.
    """
    for problem in plan.problems:
        if problem.field not in but and (line := lines.get(problem.row)) is not None:
            _add(plan, problem, line, mapped)


def _add(plan: ImportPlan, problem: ImportProblem, line: Line, mapped: Mapping[str, str]) -> None:
    label = plan.spec.label
    path = path_of(plan.spec.name, problem.field)
    if any(one.column == mapped.get(path) for one in line.problems):
        # What stands there is asked about already.
        return
    if problem.sentence.endswith(NOT_GIVEN):
        field = next((f.label for f in plan.spec.fields if f.name == problem.field), problem.field)
        if path in mapped:
            ask(line, path, f"{label}の{field}がありません。", "値を書いてください。")
        else:
            ask(
                line,
                path,
                f"{label}の{field}の列がありません。",
                "列を加えるか、どの行も同じときはその値を指定してください"
                f'（--map の constants の "{path}"）。',
                asks=Asks.FIELD,
            )
        return
    reason, _, advice = problem.sentence.partition("。")
    ask(line, path, f"{label}：{reason}。", advice or "値を直してください。", certain=True)


def moved(line: Line, kind: str) -> dict[str, Any]:
    """Take the fields of the other type out of what ``line`` says of its own."""
    start = path_of(kind, "")
    paths = [path for path in line.entry if path.startswith(start)]
    return {path.removeprefix(start): line.entry.pop(path) for path in paths}


def constants(said: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What people say once of all records of the other type."""
    start = path_of(kind, "")
    return {
        path.removeprefix(start): value
        for path, value in said.items()
        if path.startswith(start) and value not in (None, "") and kind in SPECS
    }
