"""The vendor's own report to the 個人情報保護委員会: by when, once it is known that one is owed.

個人情報保護法第26条第1項, 同施行規則第8条: at once in outline (速報), then within 30 days (確報), or 60 where
a wrongful purpose (規則第7条第3号) is to be feared. Whether one is owed is no question of days.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from app.annexes.choices import Roll
from app.counting.spans import Deadline, Start, days, rolled
from app.records.days import wareki

_EARLY, _LATE = 3, 5
"""The guideline of the 委員会 reads 速やかに as about the third to the fifth day."""
FULL, FULL_WRONGFUL = 30, 60
"""Days of the full report by 規則第8条第2項."""


class Soon(NamedTuple):
    """About when the outline is expected: no deadline of the law, which says 速やかに.

    ``early`` and ``late``: the first and the last day meant. ``arithmetic``: how they were counted.
    """

    early: date
    late: date
    arithmetic: str


def outline(known: date) -> Soon:
    """About when 速報 is expected of what was known on ``known``; that day is the first."""
    early, late = (known + timedelta(days=count - 1) for count in (_EARLY, _LATE))
    return Soon(
        early,
        late,
        f"{wareki(known)}を1日目として、{_EARLY}日目の{wareki(early)}から{_LATE}日目の{wareki(late)}が目安",
    )


def full_report(known: date, *, wrongful: bool) -> Deadline:
    """The last day for 確報 of what was known on ``known``.

    That day is the first, and closed days count; only a last day that is closed moves to the next open one
    (行政機関の休日に関する法律第2条). ``wrongful``: 60 days instead of 30.
    """
    counted = days(Start(known, whole=True), FULL_WRONGFUL if wrongful else FULL)
    return rolled(counted, Roll.NEXT)
