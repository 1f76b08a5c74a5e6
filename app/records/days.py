"""Days as people write them: western or Japanese era in, Japanese era out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
"""Name, letter and first day of each era (元号法; 明治 counted from 1868)."""

EARLIEST = date(1873, 1, 1)
"""Japan took the Gregorian calendar on this day: an earlier 和暦 day would name another day."""
LATEST = date(2199, 12, 31)

_FIRST_DAYS = {sign: first for name, short, first in ERAS for sign in (name, name[0], short)}
_ERA_DAY = re.compile(
    r"(令和|平成|昭和|大正|明治|[令平昭大明RHSTM])(元|\d{1,3})[年./-](\d{1,2})[月./-](\d{1,2})日?"
)
_WESTERN_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分)?)")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Year(NamedTuple):
    """A year of an era: 令和, R and 8; the first is 1."""

    era: str
    letter: str
    number: int

    @property
    def text(self) -> str:
        """As written out: 令和8, 令和元."""
        return f"{self.era}{'元' if self.number == 1 else self.number}"


def year_of_era(day: date) -> Year:
    """The year in which ``day`` lies. Raises ``ValueError`` before 1873-01-01, where the calendars differ."""
    if day < EARLIEST:
        raise ValueError(day)
    name, letter, first = next(era for era in ERAS if day >= era[2])
    return Year(name, letter, day.year - first.year + 1)


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


def wareki_moment(moment: datetime) -> str:
    """Day and time of day, as 令和8年4月1日 9時05分. Raises ``ValueError`` before 1873-01-01."""
    return f"{wareki(moment.date())} {moment.hour}時{moment.minute:02}分"


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year (1 April to 31 March) in which ``day`` lies."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_of_era(year: int) -> str:
    """A fiscal year by its era, as 令和8, 令和元 or 平成30.

    By the era of its December: 2019年度 is 令和元年度 as a whole (改元に伴う元号による年表示の取扱いについて,
    1 April 2019), and 1988年度, whose last months were 平成, stays 昭和63年度.
    """
    return year_of_era(date(year, 12, 31)).text


def parse_day(text: str) -> date:
    """Read 令和8年4月1日, R8.4.1, 令8/4/1, 2026-04-01, 2026年4月1日 or 20260401, in any width.

    Raises ``ValueError`` (no text) for what is no day, is ambiguous, or lies outside its era.
    """
    bare = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if match := _ERA_DAY.fullmatch(bare):
        return _era_day(match)
    if match := _WESTERN_DAY.fullmatch(bare) or _EIGHT.fullmatch(bare):
        return _within(date(int(match[1]), int(match[2]), int(match[3])))
    raise ValueError


def _era_day(match: re.Match[str]) -> date:
    first = _FIRST_DAYS[match[1]]
    year = 1 if match[2] == "元" else int(match[2])
    if year == 0:
        raise ValueError
    day = _within(date(first.year + year - 1, int(match[3]), int(match[4])))
    later = [start for _, _, start in ERAS if start > first]
    # A day before its era began, or after the next one did, is a slip of the pen: refuse, never guess.
    if day < first or (later and day >= min(later)):
        raise ValueError
    return day


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError
    return day


def parse_moment(text: str) -> datetime:
    """Read a day followed by a time (2026-04-01 9:30, 令和8年4月1日 9時30分); without a time, midnight.

    Raises ``ValueError`` (no text) for anything else. The value is naive local time.
    """
    bare = unicodedata.normalize("NFKC", text).strip().replace("T", " ", 1)
    head, _, tail = bare.rpartition(" ")
    if not head or not (match := _TIME.fullmatch(tail)):
        return datetime.combine(parse_day(bare), time())
    return datetime.combine(parse_day(head), time(int(match[1]), int(match[2] or match[3] or 0)))
