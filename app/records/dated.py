"""Values that hold from a day: what a record said before, kept with it and read for any past day.

A record type keeps them in rows ``former``, each with the field (``what``), the text it had (``was``) and
the last day on which that held (``until``); a person keeps former names apart. The present value holds from
the day after the last of them, or from the beginning: a correction leaves no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from app.records.kinds import Choice, Row, Rows
from app.records.spec import Field, Record, fields_of

R = TypeVar("R", bound=Record)

_BETWEEN = "／"
"""Stands between the values of a nested row, of which each has a line."""
_NAME = "name"
"""Of a person: its reading goes with it, and alone is a correction."""


def dated(record: Record) -> tuple[str, ...]:
    """The fields whose values hold from a day, a name first."""
    own = (_NAME,) if _has(record, "former_names") else ()
    return (*own, *_whats(record))


def as_of(record: R, day: date) -> R:
    """``record`` as it was on ``day``. A row without a day says nothing: nobody knows when it held.

    Nor does one that the field cannot hold: the door refuses it, and what cannot be read proves nothing.
    """
    then: dict[str, Any] = {}
    for name, text in _held(record, day).items():
        with suppress(ValueError):
            then[name] = value_of(record.spec.field(name), text)
    if (called := _name_on(record, day)) is not None:
        then |= {"name": called.name, "kana": called.kana or getattr(record, "kana", "")}
    return replace(record, **then) if then else record


def spans(record: R, last: date, wanted: Callable[[R], bool]) -> tuple[tuple[date, date], ...]:
    """The times until ``last`` at which the record, as it then was, is ``wanted``: first and last day each.

    What holds from the beginning begins on ``date.min``. A value given up later does not undo that time.
    """
    ends = sorted({row.until for row in _held_in(record, "former") if row.until < last})
    found: list[tuple[date, date]] = []
    since = date.min
    for until in (*ends, last):
        if wanted(as_of(record, until)):
            joined = found and found[-1][1] + timedelta(days=1) == since
            found.append((found.pop()[0], until) if joined else (since, until))
        since = until + timedelta(days=1)
    return tuple(found)


def ever(record: Record, name: str) -> tuple[Any, ...]:
    """Every value that a field had, the present one first: what was written of it then still means it."""
    field, found = record.spec.field(name), [getattr(record, name)]
    for row in _rows(record, name):
        with suppress(ValueError):
            found.append(value_of(field, row.was))
    return tuple(found)


def changed(before: Record, after: Record) -> tuple[str, ...]:
    """The dated fields in which ``after`` differs, and of which it does not itself keep what was before.

    Rows that are only taken away keep nothing: a file with none would otherwise rewrite the past unasked.
    """
    return tuple(
        name
        for name in dated(before)
        if getattr(before, name) != getattr(after, name)
        and not set(_rows(after, name)) - set(_rows(before, name))
    )


def kept_until(record: Record, name: str) -> date | None:
    """The last day on which an earlier value of the field held; None where none is kept."""
    return max((row.until for row in _rows(record, name) if row.until is not None), default=None)


def began(record: Record, name: str) -> tuple[tuple[str, date], ...]:
    """Earlier text of the field → the day after it, from which the next one held; in the order of the days.

    None where none is kept: what holds from the beginning, or was corrected, began on no day that is known.
    """
    rows = (row for row in _rows(record, name) if row.until is not None)
    said = ((row.name if name == _NAME else row.was, row.until + timedelta(days=1)) for row in rows)
    return tuple(sorted(said, key=lambda one: one[1]))


def begins_ahead(record: Record, after: date, last: date) -> tuple[date, ...]:
    """The days after ``after`` and until ``last`` from which the record says something else, in order."""
    rows = (*_held_in(record, "former"), *_held_in(record, "former_names"))
    begun = {row.until + timedelta(days=1) for row in rows if row.until is not None}
    return tuple(sorted(day for day in begun if after < day <= last))


def with_former(before: Record, after: R, day: date) -> R:
    """``after``, with what ``before`` said of the changed fields kept until the day before ``day``.

    Raises ``ValueError`` with one sentence where an earlier value is already kept for that day or later.
    """
    until = day - timedelta(days=1)
    names = changed(before, after)
    for name in names:
        last = kept_until(before, name)
        if last is not None and until <= last:
            label = before.spec.field(name).label
            raise ValueError(
                f"{label}は、それより後の日まで以前の内容が登録されています。"
                "日付を確かめるか、以前の内容の行を直接直してください。"
            )
    given: dict[str, Any] = {}
    if _NAME in names and _has(before, "former_names"):
        names = tuple(name for name in names if name != _NAME)
        said = {name: getattr(before, name) for name in (_NAME, "kana")}
        given["former_names"] = (
            *_held_in(after, "former_names"),
            _row_class(before, "former_names")(**said, until=until),
        )
    if names:
        of, whats = _row_class(before, "former"), _whats(before)
        rows = (
            of(what=whats[name], was=text_of(before.spec.field(name), getattr(before, name)), until=until)
            for name in names
        )
        given["former"] = (*_held_in(after, "former"), *rows)
    return replace(after, **given)


def former_problems(record: Record) -> Iterator[tuple[str, str]]:
    """What a record type with ``former`` asks of its rows: texts that can be read, no day twice."""
    fields = {what: name for name, what in _whats(record).items()}
    seen: set[tuple[str, date]] = set()
    for number, row in enumerate(_held_in(record, "former"), 1):
        try:
            value_of(record.spec.field(fields[row.what]), row.was)
        except ValueError as error:
            yield f"former.{number}.was", str(error)
        if (row.what, row.until) in seen:
            yield (
                f"former.{number}.until",
                f"{row.what}の以前の内容が同じ日までで2行あります。1行にしてください。",
            )
        seen.add((row.what, row.until))


def text_of(field: Field, value: Any) -> str:
    """The text in which a former value is kept: as people read it, a nested row on a line of its own."""
    if not isinstance(field.kind, Rows):
        return str(field.kind.to_text(value))
    return "\n".join(
        _BETWEEN.join(
            inner.kind.to_text(getattr(row, inner.name)).replace(_BETWEEN, "/")
            for inner in fields_of(type(row))
        ).rstrip(_BETWEEN)
        for row in value
    )


def value_of(field: Field, text: str) -> Any:
    """What ``text_of`` wrote. Raises ``ValueError`` with one sentence."""
    if isinstance(field.kind, Rows):
        return tuple(_row_of(field.kind.of, line) for line in text.splitlines() if line.strip())
    # What is needed is never empty: an earlier day that says nothing would be no day at all.
    return field.kind.from_text(text) if text.strip() or field.required else field.default


def _row_of(of: type[Row], line: str) -> Row:
    inner = fields_of(of)
    order = _BETWEEN.join(one.label for one in inner)
    parts = [part.strip() for part in line.split(_BETWEEN)]
    if len(parts) > len(inner):
        raise ValueError(
            f"「{line}」は、{_BETWEEN.join(one.label for one in inner)} の順に入力してください。"
        )
    texts = dict(zip((one.name for one in inner), parts, strict=False))
    lacking = next((one.label for one in inner if one.required and not texts.get(one.name)), "")
    if lacking:
        raise ValueError(f"「{line}」に{lacking}がありません。{order} の順に入力してください。")
    return of(**{one.name: one.kind.from_text(texts[one.name]) for one in inner if texts.get(one.name)})


def _row_class(record: Record, name: str) -> type[Any]:
    kind = record.spec.field(name).kind
    if not isinstance(kind, Rows):
        raise TypeError(f"{record.spec.name}.{name} holds no rows")
    return kind.of


def _has(record: Record, name: str) -> bool:
    return any(one.name == name for one in record.spec.fields)


def _whats(record: Record) -> dict[str, str]:
    """Field → how its rows call it. The choice of the rows says which fields are dated."""
    return _whats_of(type(record))


def _declared_whats(cls: Any) -> dict[str, str]:
    former = next((one.kind for one in cls.spec.fields if one.name == "former"), None)
    if not isinstance(former, Rows):
        return {}
    kind = next(one.kind for one in fields_of(former.of) if one.name == "what")
    return {one.name.lower(): str(one) for one in kind.of} if isinstance(kind, Choice) else {}


_whats_of: Callable[[Any], dict[str, str]] = cache(_declared_whats)


def _rows(record: Record, name: str) -> tuple[Any, ...]:
    if name == _NAME and _has(record, "former_names"):
        return _held_in(record, "former_names")
    what = _whats(record)[name]
    return tuple(row for row in _held_in(record, "former") if row.what == what)


def _held_in(record: Record, name: str) -> tuple[Any, ...]:
    return tuple(getattr(record, name, ()))


def _held(record: Record, day: date) -> dict[str, str]:
    """Field → the text that it had on ``day``, where that is not the present one."""
    found: dict[str, tuple[date, str]] = {}
    for row in _held_in(record, "former"):
        if day <= row.until and (row.what not in found or row.until < found[row.what][0]):
            found[row.what] = row.until, row.was
    if not found:
        return {}
    return {name: found[what][1] for name, what in _whats(record).items() if what in found}


def _name_on(record: Record, day: date) -> Any:
    """The former name that was borne on ``day``; None where it is the present one."""
    rows = [row for row in _held_in(record, "former_names") if row.until is not None and day <= row.until]
    return min(rows, key=lambda row: row.until, default=None)
