"""Which records a document of one day speaks of: those in force on it, and those that start later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Period(Protocol):
    """Something that begins on a day, and ends on another or not yet."""

    @property
    def id(self) -> int: ...

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


P = TypeVar("P", bound=Period)


def lasts(period: Period, day: date) -> bool:
    """Whether the period has not ended before ``day``; one that will begin later counts."""
    return period.ends_on is None or period.ends_on >= day


def planned(day: date | None, printed: date) -> str:
    """What is said beside a day that has not come on the day printed: until then nothing is a fact."""
    return "（予定）" if day is not None and day > printed else ""


def split(periods: Iterable[P], day: date) -> tuple[tuple[P, ...], tuple[P, ...]]:
    """Those that last and those that have ended, each by first day."""
    ordered = sorted(periods, key=lambda period: (period.starts_on, period.id))
    return (
        tuple(period for period in ordered if lasts(period, day)),
        tuple(period for period in ordered if not lasts(period, day)),
    )
