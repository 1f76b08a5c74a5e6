"""Days as offices write them: in their Japanese era, with or without an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

from app.eras import WEEKDAYS, year_of_era

LATEST = date(2199, 12, 31)

_DAY_ALONE = len("2026-04-01")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


_Day = date
"""``date`` by another name, for a class that has a method of that name."""


@dataclass(frozen=True, slots=True)
class DayOnly:
    """A moment whose day is known and whose hour is not: no hour may ever be made up for it.

    Beside moments with an hour it stands first of its day, before 0:00 even. That is an order for lists and
    never a statement: whether something was before or after is asked with ``certainly_after``.
    """

    day: date

    def date(self) -> _Day:
        """The day, as a ``datetime`` gives it."""
        return self.day

    def __lt__(self, other: datetime | DayOnly) -> bool:
        return self.day < other.day if isinstance(other, DayOnly) else self.day <= other.date()

    def __le__(self, other: datetime | DayOnly) -> bool:
        return self.day <= other.date()

    def __gt__(self, other: datetime | DayOnly) -> bool:
        return self.day > other.date()

    def __ge__(self, other: datetime | DayOnly) -> bool:
        return self.day >= other.day if isinstance(other, DayOnly) else self.day > other.date()


When: TypeAlias = datetime | DayOnly
"""When something happened, as far as it is known."""


def certainly_after(one: When, other: When) -> bool:
    """Whether ``one`` was later than ``other`` whatever their hours were, where one is not known."""
    if isinstance(one, DayOnly) or isinstance(other, DayOnly):
        return one.date() > other.date()
    return one > other


def ahead_of(moment: When, now: datetime) -> str:
    """What ``moment`` lies after, in words: きょう, or of the same day いま with its hour; else empty.

    A day without an hour is not ahead while it lasts: nobody can say that it has not come yet.
    """
    if not certainly_after(moment, now):
        return ""
    return "きょう" if moment.date() > now.date() else f"いま（{_hour(now)}）"


def wareki(day: date, *, full_width: bool = False) -> str:
    """Write ``day`` in its era, as 令和8年11月21日; the first year is 元年.

    Raises ``ValueError`` before 1873-01-01, where the calendars differ.
    """
    text = _in_era(day)
    return text.translate(_FULL_WIDTH) if full_width else text


@lru_cache(maxsize=4096)
def _in_era(day: date) -> str:
    """The days of a ledger are few, and each is written thousands of times."""
    return f"{year_of_era(day).text}年{day.month}月{day.day}日"


def short_wareki(day: date) -> str:
    """``day`` for a narrow column: R8.4.1. Raises ``ValueError`` before 1873-01-01."""
    year = year_of_era(day)
    return f"{year.letter}{year.number}.{day.month}.{day.day}"


def wareki_weekday(day: date) -> str:
    """``day`` with the day of the week: 令和8年4月1日（水）. Raises ``ValueError`` before 1873-01-01."""
    return f"{wareki(day)}（{WEEKDAYS[day.weekday()]}）"


def wareki_moment(moment: When) -> str:
    """Day and time of day, as 令和8年4月1日 9時05分; the day alone where no hour is known.

    Raises ``ValueError`` before 1873-01-01.
    """
    day = wareki(moment.date())
    return day if isinstance(moment, DayOnly) else f"{day} {_hour(moment)}"


def _hour(moment: datetime) -> str:
    return f"{moment.hour}時{moment.minute:02}分"


def end_of(day: date) -> datetime:
    """The last moment of ``day``."""
    return datetime.combine(date(day.year, day.month, day.day), time.max)


def moment_to_iso(moment: When) -> str:
    """2026-04-01 09:05, or 2026-04-01 where no hour is known: as text in their order."""
    return (
        moment.day.isoformat()
        if isinstance(moment, DayOnly)
        else moment.isoformat(sep=" ", timespec="minutes")
    )


def moment_from_iso(text: str) -> When:
    """What ``moment_to_iso`` wrote. Raises ``ValueError`` for anything else."""
    return DayOnly(date.fromisoformat(text)) if len(text) == _DAY_ALONE else datetime.fromisoformat(text)


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year (1 April to 31 March) in which ``day`` lies."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_of_era(year: int) -> str:
    """A fiscal year by its era, as 令和8, 令和元 or 平成30.

    By the era of its December: 2019年度 is 令和元年度 as a whole (改元に伴う元号による年表示の取扱いについて,
    1 April 2019), and 1988年度, whose last months were 平成, stays 昭和63年度.
    """
    return year_of_era(date(year, 12, 31)).text
