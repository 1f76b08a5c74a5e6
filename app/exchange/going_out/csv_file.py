"""A table as CSV for Excel and other programs: UTF-8 with a mark, so that Excel reads Japanese right."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from app.records.days import DayOnly, moment_to_iso

_LIVE = ("=", "+", "-", "@")


def made(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """The file; no text of it comes alive as a formula when Excel opens it."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | DayOnly):
        return moment_to_iso(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    # An import takes the sign off again.
    return f"'{text}" if isinstance(value, str) and text.startswith(_LIVE) else text
