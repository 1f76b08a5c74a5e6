"""The Japanese eras and the days of the week: all that a foreign file's reader has to know of days.

It stands outside ``records``, so that the process which reads a file loads none of them.
"""

from __future__ import annotations

from datetime import date
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

WEEKDAYS = "月火水木金土日"
"""By ``date.weekday()``."""


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
