"""A plan as plain data, as the command line prints it."""

from __future__ import annotations

import re
from typing import Any

from app.exchange.coming_in.days import FIELD
from app.exchange.tables.line import Problem
from app.exchange.tables.planned import PlannedLine, TablePlan

_BY_COMMAND = re.compile(rf"（(?:--|{FIELD})[^）]*）")


def without_commands(sentence: str) -> str:
    """A sentence without what it says in brackets to those who type commands."""
    return _BY_COMMAND.sub("", sentence)


def told(planned: TablePlan) -> dict[str, Any]:
    """The whole plan: its columns, and every filled row below the head with its status."""
    head = planned.head
    return {
        "kind": planned.spec.name,
        "sheet": planned.sheet,
        "header_row": head[0] if len(head) == 1 else list(head) or None,
        "columns": [
            {
                "column": column.letter,
                "title": column.title,
                "field": column.path,
                "filled": column.filled,
                "samples": list(column.samples),
                **({"why": column.left} if column.left else {}),
            }
            for column in planned.columns
        ],
        "rows": [_row(line) for line in planned.lines],
        "counts": dict(planned.counts),
        "beside": {one.kind: dict(one.plan.counts) for one in planned.besides},
        "offers": list(planned.offers),
        "erased": planned.erased,
        "stops": list(planned.stops),
        "notes": list(planned.told),
        "doubts": [
            {"row": one.row, "field": one.field, "doubt": one.sentence} for one in planned.plan.doubts
        ],
    }


def _row(line: PlannedLine) -> dict[str, Any]:
    others = [
        {"kind": one.kind, "status": str(one.outcome), "record": dict(one.entry)} for one in line.beside
    ]
    row = line.at.row if line.at else line.row
    return {
        **({"sheet": line.at.sheet} if line.at else {}),
        "row": row,
        "status": str(line.status),
        "record": dict(line.entry),
        **({"beside": others} if others else {}),
        "changes": {name: list(both) for name, both in line.changes.items()},
        **({"erased": list(line.erased)} if line.erased else {}),
        "problems": [
            {
                **_place(problem),
                "value": problem.value,
                "problem": problem.reason,
                "advice": problem.advice,
            }
            for problem in line.problems
        ]
        or (
            [
                {
                    "column": "",
                    "row": row,
                    "value": "",
                    "problem": line.why,
                    "advice": "",
                }
            ]
            if line.why
            else []
        ),
    }


def _place(problem: Problem) -> dict[str, Any]:
    if problem.at is None:
        return {"column": problem.column, "row": problem.row}
    column = problem.at.letter if problem.column else ""
    # By these an answer finds what stands in no table.
    key = {"row": problem.row, "column": problem.column}
    return {"sheet": problem.at.sheet, "column": column, "row": problem.at.row, "key": key}
