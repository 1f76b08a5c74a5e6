"""Spans of days, business days and months, counted as 民法第138条 to 第143条 count them.

Each function names the last day of a span and says how it was counted, in words that a person can
follow with a calendar. Days are those that a ledger can hold, amounts whole numbers from 1.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.annexes.choices import Roll
from app.counting.closed_days import closed, next_open, previous_open
from app.records.days import wareki

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which something is done in time.

    ``arithmetic`` says how the day was counted and names it, as a phrase without 。
    ``assumption`` says in one sentence which number this product assumes, empty where the clause sets it.
    """

    day: date
    arithmetic: str
    assumption: str = ""

    @property
    def assumed(self) -> bool:
        """Whether the number is the product's and not the annex's."""
        return bool(self.assumption)


@dataclass(frozen=True, slots=True)
class Start:
    """The day from which a span is counted (起算日), and how that is said.

    The day of the event is left out (初日不算入, 民法第140条), unless it counts as a whole day itself:
    where the clause says so, and where the span starts at midnight as the term of a contract does.
    """

    event: date
    whole: bool = False
    words: str = ""

    @property
    def first(self) -> date:
        return self.event if self.whole else self.event + _ONE_DAY

    @property
    def text(self) -> str:
        return f"{self.words}{wareki(self.event)}{'' if self.whole else 'の翌日'}から起算して"


def days(start: Start, count: int) -> Deadline:
    """The ``count``-th day from the start."""
    last = start.first + timedelta(days=count - 1)
    return Deadline(last, f"{start.text}{count}日目の{wareki(last)}")


def business_days(start: Start, count: int) -> Deadline:
    """The ``count``-th day from the start on which the client's offices are open."""
    last = start.first - _ONE_DAY
    for _ in range(count):
        last = next_open(last)
    return Deadline(last, f"{start.text}開庁日で数えて{count}日目の{wareki(last)}")


def months(start: Start, count: int) -> Deadline:
    """The last day of ``count`` months by the calendar (民法第143条).

    That is the day before the one of the same number (応当日) as the start: one month after an event on
    1 April starts on 2 April and ends on 1 May. Where the last month has no day of that number, its last
    day: one month from 31 January ends on 28 February.
    """
    first = start.first
    years, month = divmod(first.month - 1 + count, 12)
    year, month = first.year + years, month + 1
    length = monthrange(year, month)[1]
    if first.day > length:
        last = date(year, month, length)
        return Deadline(
            last, f"{start.text}{count}か月で、{first.day}日の応当日がない月の末日の{wareki(last)}"
        )
    match = date(year, month, first.day)
    last = match - _ONE_DAY
    return Deadline(last, f"{start.text}{count}か月の応当日（{wareki(match)}）の前日の{wareki(last)}")


def rolled(counted: Deadline, roll: Roll, *, earliest: date = date.min, latest: date = date.max) -> Deadline:
    """Move a deadline off a day on which the client's offices are closed (for ``NEXT`` 民法第142条).

    Within ``earliest`` and ``latest``: where the open day on the side asked for lies outside, the one
    on the other side. A deadline before its event, or on the day of the use it must precede, would be none.
    """
    reason = closed(counted.day)
    if not reason or roll is Roll.NONE:
        return counted
    later, sooner = next_open(counted.day), previous_open(counted.day)
    forward = sooner < earliest if roll is Roll.PREVIOUS else later <= latest
    day, words = (later, "次") if forward else (sooner, "前")
    return Deadline(day, f"{counted.arithmetic}が{reason}のため、{words}の開庁日の{wareki(day)}")
