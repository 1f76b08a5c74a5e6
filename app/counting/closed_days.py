"""The days on which the client's offices are closed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from app.records.days import LATEST

_ONE_DAY = timedelta(days=1)
_WEEKEND = {5: "土曜日", 6: "日曜日"}
_HOLIDAY_LAW = date(1948, 7, 20)
_SUBSTITUTES_SINCE = date(1973, 4, 12)
_BRIDGES_SINCE = date(1985, 12, 27)
"""昭和48年法律第10号 brought 振替休日, 昭和60年法律第103号 the 国民の休日 between two others.

The library applies both rules too early: without these days, past weekdays would count as holidays.
"""
_SUBSTITUTE = "振替休日"
_BRIDGE = "国民の休日"
_YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)})


@cache
def closed(day: date) -> str:
    """Why the client's offices are closed on ``day`` (土曜日, 元日, 年末年始の休日 …), empty where open.

    The days are those of 地方自治法第4条の2第2項, asked in its order: Saturdays and Sundays (第1号), holidays
    under 国民の祝日に関する法律 (第2号), and 29 December to 3 January as municipalities lay down in their
    ordinance on days of rest (休日を定める条例, 第3号). What a single municipality keeps beside them is
    not known here.

    春分の日 and 秋分の日 are certain to the end of next year only: the day is published in the gazette
    each February for the year after (暦要項). Later ones are computed, and all later years follow the law
    as it stands. Before the law (1948-07-20) and after 2199 no holiday is known.
    """
    return _WEEKEND.get(day.weekday(), "") or _holiday(day) or _year_end(day)


def _holiday(day: date) -> str:
    if not _HOLIDAY_LAW <= day <= LATEST:
        return ""
    # Imported at the first question: a start without deadlines does not pay for it.
    from jpholiday import is_holiday_name

    name = (is_holiday_name(day) or "").rpartition(" ")[2]
    if (name == _SUBSTITUTE and day < _SUBSTITUTES_SINCE) or (name == _BRIDGE and day < _BRIDGES_SINCE):
        return ""
    return name


def _year_end(day: date) -> str:
    return "年末年始の休日" if (day.month, day.day) in _YEAR_END else ""


def next_open(day: date) -> date:
    """The first day after ``day`` on which the client's offices are open."""
    day += _ONE_DAY
    while closed(day):
        day += _ONE_DAY
    return day


def previous_open(day: date) -> date:
    """The last day before ``day`` on which the client's offices are open."""
    day -= _ONE_DAY
    while closed(day):
        day -= _ONE_DAY
    return day
