"""Records that hold for a time, when something about them changes from a day on: the past stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar, cast

from app.records import Record
from app.work.acts.plan import Write, with_values


class Lasting(Protocol):
    """A record with a first and a last day; no last day: it goes on."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


R = TypeVar("R", bound=Record)


def goes_on(record: Lasting, day: date) -> bool:
    """Whether the record holds, or will hold, on some day after ``day``."""
    return record.ends_on is None or record.ends_on > day


def ended(record: R, day: date, why: str, **values: Any) -> Write:
    """What makes ``record`` hold until ``day``; one that begins later is taken out, for ``why``."""
    held = cast(Lasting, record)
    if held.starts_on > day:
        return Write(record, record, why)
    return Write(with_values(record, ends_on=day, **values), record)


def otherwise(record: R, since: date, **values: Any) -> Iterator[Write]:
    """The writes after which ``record`` says ``values`` from ``since`` on, and until then what it said.

    One that begins on ``since`` or later says them from its beginning: it has not held otherwise yet.
    """
    held = cast(Lasting, record)
    if held.starts_on >= since:
        yield Write(with_values(record, **values), record)
        return
    yield Write(with_values(record, ends_on=since - timedelta(days=1)), record)
    yield Write(with_values(record, id=0, revision=0, starts_on=since, **values))
