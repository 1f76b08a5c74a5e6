"""What is possible and hardly meant: 2062 for 2026, or a sign that stands for a character that got lost.

It is asked about before it is written, never refused. How far a day may lie from today without a question
stands on its kind (``Day.back`` and ``Day.ahead``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.eras import EARLIEST, year_of_era
from app.records.days import LATEST
from app.records.kinds import Day, File, Moment, Row, Rows
from app.records.spec import Field, Problems, Record, fields_of

IN_PLACE = "〓"
"""Stands in files for a character that their encoding does not have."""


def replaced(record: Record, before: Record | None = None) -> Iterator[tuple[str, str]]:
    """Field path and one sentence for each text of ``record`` in which a character may have got lost.

    ``before``: the record as the ledger holds it; a text that stands there so already was meant. Taken
    without a question, a file that was written for cp932 would rename whoever has a rare character.
    """
    for field in record.spec.fields:
        held = getattr(record, field.name)
        if not held or (isinstance(held, str) and IN_PLACE not in held):
            continue
        known = getattr(before, field.name) if before is not None else None
        if isinstance(field.kind, Rows):
            for number, row in enumerate(held, 1):
                for inner in fields_of(type(row)):
                    there = [getattr(one, inner.name) for one in known or ()]
                    text = getattr(row, inner.name)
                    if _lost(inner, text) and text not in there:
                        yield f"{field.name}.{number}.{inner.name}", _asked()
        elif _lost(field, held) and held != known:
            yield field.name, _asked(str(known or ""))


def _lost(field: Field, held: object) -> bool:
    return isinstance(held, str) and IN_PLACE in held and not isinstance(field.kind, File)


def _asked(known: str = "") -> str:
    there = f"台帳の値「{known}」を確かめ、" if known else ""
    return f"「{IN_PLACE}」は、表せない文字を置き換えた記号かもしれません。{there}元の文字に直してください。"


def doubtful(record: Record, today: date, before: Record | None = None) -> Problems:
    """Field path → one sentence for each day of ``record`` far from ``today``.

    ``before``: the record as the ledger holds it; what it says already was asked about when it was written.
    """
    found: Problems = {}
    for field in record.spec.fields:
        held = getattr(record, field.name)
        known = getattr(before, field.name) if before is not None else None
        if isinstance(field.kind, Rows):
            for number, row in enumerate(held, 1):
                for inner in fields_of(type(row)):
                    days = {getattr(one, inner.name) for one in known or ()}
                    path = f"{field.name}.{number}.{inner.name}"
                    _add(found, path, inner, row, days, today)
        else:
            _add(found, field.name, field, record, {known}, today)
    return found


def far_off(field: Field, held: Any, today: date) -> str:
    """One sentence where ``held`` is a day or moment far from ``today``, else empty."""
    kind = field.kind
    if not isinstance(kind, Day | Moment) or held is None:
        return ""
    return _far(kind, held if isinstance(kind, Day) else held.date(), today)


def _add(
    found: Problems, path: str, field: Field, holder: Record | Row, known: set[object], today: date
) -> None:
    held = getattr(holder, field.name)
    if isinstance(field.kind, Day | Moment) and held not in known and (said := far_off(field, held, today)):
        found[path] = [said]


def _far(kind: Day | Moment, day: date, today: date) -> str:
    year = f"{kind.label}の{day.year}年（{year_of_era(day).text}年）"
    if day > _years_on(today, kind.ahead):
        return f"{year}は{_years(today, day)}年先です。"
    if day < _years_on(today, -kind.back):
        return f"{year}は{_years(day, today)}年前です。"
    return ""


def _years(first: date, last: date) -> int:
    """Whole years from ``first`` to ``last``."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _years_on(day: date, years: int) -> date:
    """The same day so many years on; of 29 February the 28th where there is none."""
    year = day.year + years
    if not EARLIEST.year <= year <= LATEST.year:
        return EARLIEST if years < 0 else LATEST
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
