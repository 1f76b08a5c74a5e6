"""A plan as plain data, as the command line prints it."""

from __future__ import annotations

import re
from typing import Any

from app.exchange.import_days import FIELD
from app.exchange.tables.planning import PlannedLine, TablePlan

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
        "header_row": head[0] if len(head) == 1 else list(head),
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
        "erased": planned.erased,
        "stops": list(planned.stops),
        "notes": list(planned.told),
        "doubts": [
            {"row": one.row, "field": one.field, "doubt": one.sentence} for one in planned.plan.doubts
        ],
    }


def _row(line: PlannedLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "status": str(line.status),
        "record": dict(line.entry),
        "changes": {name: list(both) for name, both in line.changes.items()},
        **({"erased": list(line.erased)} if line.erased else {}),
        "problems": [
            {
                "column": problem.column,
                "row": problem.row,
                "value": problem.value,
                "problem": problem.reason,
                "advice": problem.advice,
            }
            for problem in line.problems
        ]
        or (
            [{"column": "", "row": line.row, "value": "", "problem": line.why, "advice": ""}]
            if line.why
            else []
        ),
    }
