"""Which backups to keep: close ones all, older ones thinner, none past their time.

The only clock there is, the computer's, may be wrong: by years after its battery died. All that it writes
(days of manifests, entries, files) is wrong with it, so no comparison of one moment with it helps. What
helps is the order in which backups were made, which the journal knows without a clock:

- A day counts only once a later day was worked on: how old anything is, is reckoned from the last day that
  counts, never from today. After a leap of more than ``LEAP`` it takes ``PROBATION`` days.
- Days that do not ascend with the order contradict each other. The longest ascending series is believed; as
  long as today is not clearly of it, nothing goes at all.
- What is dated outside every such series fills no place of another, and is as old as what was made next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

ALL_FOR = timedelta(hours=48)
LONGEST = timedelta(days=400)
DAILY, WEEKLY, MONTHLY = 14, 8, 12
ALWAYS = 3
"""The newest of all stay whatever their age: an office that was closed for a year still has them."""
LEAP = timedelta(days=31)
PROBATION = 14
"""Days of work after a leap until it is believed. An office that was closed longer thins a little later."""


def surplus(made: Sequence[datetime]) -> tuple[set[int], datetime | None]:
    """Which of the backups, given in the order in which they were made with today's last, may go.

    The places in ``made``, and the moment from which ages are reckoned, None if none can be trusted.
    """
    series, doubtful = _series([moment.date() for moment in made])
    sure = _sure(made, series, doubtful)
    if not sure:
        return set(), None
    fixed = [made[at] for at in sure]
    reference = max(fixed)
    keep = kept(fixed, reference)
    go = {at for at in sure if made[at] not in keep}
    odd = sorted(set(range(sure[-1])) - set(sure))
    last = set(_last_of(sorted((made[at] for at in odd), reverse=True), datetime.date, len(odd)))
    for at in odd:
        said = {made[at]} if at in doubtful or (made[at] in last and made[at] <= reference) else set()
        # In whichever way its date is understood: what would be kept so fills no place of another.
        if not any(one in kept([*fixed, one], reference) for one in said | {_meant(made, sure, at)}):
            go.add(at)
    return go, reference


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


def _sure(made: Sequence[datetime], series: list[int], doubtful: set[int]) -> list[int]:
    """Those of the series whose day was confirmed by enough later ones."""
    days = sorted({made[at].date() for at in (*series, *doubtful)})
    last = len(days) - 1
    for at in range(max(1, len(days) - PROBATION + 1), len(days)):
        if days[at] - days[at - 1] > LEAP:
            last = at
            break
    believed = set(days[:last])
    return [at for at in series if made[at].date() in believed]


def _series(days: Sequence[date]) -> tuple[list[int], set[int]]:
    """The places in the longest run of ascending days, those in every such run and those in some.

    Both are empty while another run as long contradicts the last day.
    """
    to = _lengths(days)
    if any(to[at] >= to[-1] and day > days[-1] for at, day in enumerate(days)):
        return [], set()
    onward = _lengths([date.max - (day - date.min) for day in reversed(days)])[::-1]
    some = {at for at in range(len(days)) if to[at] + onward[at] - 1 == to[-1]}
    rivals: dict[int, set[date]] = {}
    for at in some:
        rivals.setdefault(to[at], set()).add(days[at])
    every = [at for at in sorted(some) if len(rivals[to[at]]) == 1]
    return every, some - set(every)


def _lengths(days: Sequence[date]) -> list[int]:
    """For each place, how many different days the longest ascending run has that ends there."""
    length: list[int] = []
    for at, day in enumerate(days):
        before = [length[earlier] + (days[earlier] < day) for earlier in range(at) if days[earlier] <= day]
        length.append(max(before, default=1))
    return length


def _meant(made: Sequence[datetime], sure: list[int], at: int) -> datetime:
    """When a backup with a wrong date was made: just before the next one, the next of its date or later if
    there is one, so that it is never taken for older than it may be."""
    later = [made[following] for following in sure if following > at]
    return next((moment for moment in later if moment >= made[at]), later[0]) - timedelta.resolution


def _last_of(newest_first: list[datetime], span: Callable[[datetime], object], count: int) -> set[datetime]:
    last: dict[object, datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:count])
