"""Rules on the order of days, worded once."""

from __future__ import annotations

from collections.abc import Iterator

from app.records.spec import Record


def not_before(record: Record, later: str, earlier: str) -> Iterator[tuple[str, str]]:
    """A problem on ``later`` if it holds a day before the one in ``earlier``; blanks are no problem."""
    last, first = getattr(record, later), getattr(record, earlier)
    if last is not None and first is not None and last < first:
        labels = {f.name: f.label for f in record.spec.fields}
        yield later, f"{labels[later]}は{labels[earlier]}以後の日にしてください。"
