"""The table at the end of a trial."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Row:
    """What came of one room of tests, or of one step with the installed program."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    """What failed, and why what was skipped was."""


def table(rows: Sequence[Row]) -> str:
    """The rows with their sum, then every note under the name of its row."""
    whole = Row("all")
    for row in rows:
        whole.passed += row.passed
        whole.failed += row.failed
        whole.skipped += row.skipped
        whole.seconds += row.seconds
    width = max(_width(row.name) for row in [*rows, whole])
    lines = [f"{'':{width}}  passed  failed  skipped  seconds"]
    for row in [*rows, whole]:
        name = row.name + " " * (width - _width(row.name))
        lines.append(f"{name}  {row.passed:6}  {row.failed:6}  {row.skipped:7}  {row.seconds:7.0f}")
    for row in rows:
        lines += [f"{row.name}: {note}" for note in row.notes]
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
