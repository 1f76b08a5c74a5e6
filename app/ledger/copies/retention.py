"""Which backups to keep: close ones all, older ones thinner, none past their time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

ALL_FOR = timedelta(hours=48)
LONGEST = timedelta(days=400)
DAILY, WEEKLY, MONTHLY = 14, 8, 12
ALWAYS = 3
"""The newest of all stay whatever their age: an office that was closed for a year still has them."""


def kept(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay: all of the last 48 hours, the last one of each of 14 days, 8 weeks
    and 12 months, none older than 400 days, and always the newest three."""
    newest_first = sorted(made, reverse=True)
    keep = set(newest_first[:ALWAYS])
    keep |= {moment for moment in newest_first if now - moment <= ALL_FOR}
    young = [moment for moment in newest_first if now - moment <= LONGEST]
    keep |= _last_of(young, lambda moment: (moment.year, moment.month, moment.day), DAILY)
    keep |= _last_of(young, lambda moment: tuple(moment.isocalendar()[:2]), WEEKLY)
    keep |= _last_of(young, lambda moment: (moment.year, moment.month), MONTHLY)
    return keep


def _last_of(
    newest_first: list[datetime], span: Callable[[datetime], tuple[int, ...]], count: int
) -> set[datetime]:
    last: dict[tuple[int, ...], datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:count])
