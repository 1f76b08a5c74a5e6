"""Days and times of day as people type or paste them: either calendar, any width, with what offices add.

With ``near``, a day that the officer knows about, what is left out is filled in as nearly as can be:

- ``12/1``, ``12月1日``, ``1201``: the year in which that day lies nearest to ``near``;
- ``8.12.1``: the year of the era in which ``near`` lies, until five years after it. Beyond that it could as
  well be a year of the former era, or the last two digits of a western one, and is refused.

``past``: what can only have happened lies on ``near`` at the latest. Whoever fills in shows the whole day at
once; without ``near`` (files, the command line) nothing is filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time

from app.eras import EARLIEST, ERAS, WEEKDAYS, year_of_era
from app.records.days import LATEST, DayOnly, When, wareki

_FIRST_DAYS = {sign: first for name, short, first in ERAS for sign in (name, name[0], short)}
_AHEAD = 5
"""Years of the era after ``near`` that a year without its era may still mean: the longest contracts."""
_LEAP = 8
"""Years between two 29 February at most: 1896 and 1904."""

_MARKS = str.maketrans(
    {
        **dict.fromkeys("−‐‑‒–—―ー─", "-"),
        "・": "/",
        "。": ".",
        "、": ".",
        "壱": "一",
        "弐": "二",
        "参": "三",
        "拾": "十",
    }
)
"""What the keys for - / . give while the input method is on; and the numerals of deeds."""
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_NUMERAL = re.compile(rf"[{''.join(_DIGITS)}十]+")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")

_WEEKDAY = rf"([{WEEKDAYS}])(?:曜日?)?(?:[/,]?[祝休])?"
_ADDED = rf"(?:付け?)?(?:\({_WEEKDAY}\)|{_WEEKDAY})?(?:付け?)?"
_MONTH_DAY = r"(\d{1,2})[月./-](\d{1,2})日?"
_ERA_DAY = re.compile(
    rf"(令和|平成|昭和|大正|明治|[令平昭大明RHSTM])(元|\d{{1,3}})[年./-]{_MONTH_DAY}{_ADDED}"
)
_WESTERN_DAY = re.compile(rf"(?:西暦)?(\d{{4}})[年./-]{_MONTH_DAY}{_ADDED}")
_EIGHT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_ADDED}")
_ERALESS = re.compile(rf"(元|\d{{1,2}})[年./-]{_MONTH_DAY}{_ADDED}")
_YEARLESS = re.compile(rf"{_MONTH_DAY}{_ADDED}")
_FOUR = re.compile(rf"(\d{{2}})(\d{{2}}){_ADDED}")

_TIME = re.compile(
    r"(?:(午前|午後)\s*)?(\d{1,2})\s*(?::(\d{2})(?::00)?|時(?:\s*(\d{1,2})分|(半))?)|(正午)|(\d{1,2})(\d{2})"
)


class WeekdayError(ValueError):
    """A day with a day of the week that is not its own: ``day``. The text is Japanese, for people."""

    def __init__(self, day: date) -> None:
        weekday = WEEKDAYS[day.weekday()]
        super().__init__(f"{wareki(day)}は{weekday}曜日です。日付か曜日を確かめてください。")
        self.day = day


class TimeOfDayError(ValueError):
    """A day with something behind it that is no time of day."""


def parse_day(text: str, near: date | None = None, *, past: bool = False) -> date:
    """Read a day in any width: 令和8年4月1日（水）, 令和八年四月一日付け, R8.4.1, 2026-04-01, 20260401.

    ``near`` and ``past``: see above. Raises ``WeekdayError``, or another ``ValueError`` (no text) for what
    is no day, is ambiguous, or lies outside its era.
    """
    return _day(_plain(text), near, past)


def parse_moment(text: str, near: date | None = None, *, past: bool = False) -> When:
    """Read a day as ``parse_day`` does, then a time: 9:30, 1530, 15時, 9時30分, 午後3時半, 正午.

    Without a time it is a ``DayOnly``: the hour is not known. 午前12時 and 午後12時 mean two things and are
    refused. Raises as ``parse_day``, ``TimeOfDayError`` where the day can be read and the time cannot. A
    time is naive local time.
    """
    bare = _plain(text)
    try:
        return DayOnly(_day(bare, near, past))
    except WeekdayError:
        raise
    except ValueError:
        head, at = _with_time(bare)
    day = _day(head, near, past)
    if at is None:
        raise TimeOfDayError
    return datetime.combine(day, at)


def _plain(text: str) -> str:
    """``text`` in half width, Chinese numerals as digits, other marks for the same mark as that one."""
    narrow = unicodedata.normalize("NFKC", text).translate(_MARKS).strip()
    return _NUMERAL.sub(_numeral, narrow)


def _numeral(match: re.Match[str]) -> str:
    run = match[0]
    if "十" not in run:
        return "".join(_DIGITS[sign] for sign in run)
    tens = _TENS.fullmatch(run)
    return f"{_DIGITS.get(tens[1], '1')}{_DIGITS.get(tens[2], '0')}" if tens else run


def _day(bare: str, near: date | None, past: bool) -> date:
    bare = "".join(bare.split()).upper()
    if match := _ERA_DAY.fullmatch(bare):
        return _checked(_era_day(match), match)
    if match := _WESTERN_DAY.fullmatch(bare) or _EIGHT.fullmatch(bare):
        return _checked(_within(date(int(match[1]), int(match[2]), int(match[3]))), match)
    if near is not None:
        if match := _ERALESS.fullmatch(bare):
            return _checked(_in_era_of(near, match), match)
        if match := _YEARLESS.fullmatch(bare) or _FOUR.fullmatch(bare):
            return _checked(_nearest(near, int(match[1]), int(match[2]), past), match)
    raise ValueError


def _checked(day: date, match: re.Match[str]) -> date:
    """``day``, if the day of the week that was written with it is its own."""
    said = match[match.re.groups - 1] or match[match.re.groups]
    if said and WEEKDAYS[day.weekday()] != said:
        raise WeekdayError(day)
    return day


def _era_day(match: re.Match[str]) -> date:
    return _of_era(_FIRST_DAYS[match[1]], match[2], int(match[3]), int(match[4]))


def _of_era(first: date, number: str, month: int, day: int) -> date:
    year = 1 if number == "元" else int(number)
    if year == 0:
        raise ValueError
    found = _within(date(first.year + year - 1, month, day))
    later = [start for _, _, start in ERAS if start > first]
    # A day before its era began, or after the next one did, is a slip of the pen: refuse, never guess.
    if found < first or (later and found >= min(later)):
        raise ValueError
    return found


def _in_era_of(near: date, match: re.Match[str]) -> date:
    era = year_of_era(near)
    if match[1] != "元" and int(match[1]) > era.number + _AHEAD:
        raise ValueError
    return _of_era(_FIRST_DAYS[era.era], match[1], int(match[2]), int(match[3]))


def _nearest(near: date, month: int, day: int, past: bool) -> date:
    """The day of that name nearest to ``near``, the earlier of two; with ``past`` none after ``near``."""
    found = [one for one in _days_around(near, month, day) if not past or one <= near]
    if not found:
        raise ValueError
    return min(found, key=lambda one: (abs(one - near), one))


def _days_around(near: date, month: int, day: int) -> Iterator[date]:
    for year in range(near.year - _LEAP, near.year + _LEAP + 1):
        try:
            yield _within(date(year, month, day))
        except ValueError:
            continue


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError
    return day


def _with_time(bare: str) -> tuple[str, time | None]:
    """What stands before a time of day, and the time; None where what stands last is none."""
    for at in range(1, len(bare)):
        match = _TIME.fullmatch(bare[at:])
        if match is None:
            continue
        head = bare[:at]
        named = match[1] or match[6]
        # 1530 alone is a time only apart from the day, and no time is cut out of the digits of one.
        if head[-1].isspace() or named or not (head[-1].isdigit() or match[8]):
            return head.removesuffix("T"), _time(match)
    return "".join(bare.rsplit(maxsplit=1)[:-1]), None


def _time(match: re.Match[str]) -> time | None:
    half, hour = match[1], int(match[2] or match[7] or 12)
    minute = 30 if match[5] else int(match[3] or match[4] or match[8] or 0)
    if (half and hour > 11) or hour > 23 or minute > 59:
        return None
    return time(hour + (12 if half == "午後" else 0), minute)
