"""The day that is asked about, handed to one answer: it notes on which other days that answer is the same."""

from __future__ import annotations

from datetime import date, datetime
from types import ClassMethodDescriptorType
from typing import Any
from weakref import ref

ALWAYS = (date.min.toordinal(), date.max.toordinal())


class Holding:
    """On which days, from ``first`` to ``last`` (as ordinals), an answer is what it is.

    Each comparison with the day that it was handed narrows them to the days on which that comparison comes
    out as it did: whoever sees the same on another day answers the same. What is done with the day otherwise
    (reckoned with, written out, looked up, or left in the answer itself) holds on that day alone.
    """

    __slots__ = ("_today", "first", "last")

    def __init__(self) -> None:
        self.first, self.last = ALWAYS
        self._today: Today | None = None

    def today(self, day: date) -> date:
        """``day``, as it is handed to what is being worked out."""
        if self._today is None:
            self._today = Today.of(day, self)
        return self._today

    def close(self) -> None:
        """It has been worked out: where the day handed out is still about, it stands in the answer."""
        if self._today is not None:
            number, left = self._today.number, ref(self._today)
            self._today = None
            if left() is not None:
                self.only(number)

    def only(self, number: int) -> None:
        """It holds on this day alone."""
        self.first, self.last = max(self.first, number), min(self.last, number)

    def holds(self, number: int) -> bool:
        """Whether it is the same on that day."""
        return self.first <= number <= self.last


class Today(date):
    """A date in all it does, which tells what it was handed to (``Holding``) what was asked of it."""

    __slots__ = ("__weakref__", "_of", "number")

    number: int
    _of: Holding

    @classmethod
    def of(cls, day: date, holding: Holding) -> Today:
        """``day`` for what is noted in ``holding``."""
        made = cls(day.year, day.month, day.day)
        made.number = day.toordinal()
        made._of = holding
        return made

    def _before(self, other: date, days: int) -> bool:
        """Whether it is before the day so many days after ``other``: from that day on it is not.

        Held against itself, the other one counts as any fixed day: that narrows more than it need.
        """
        of = self._of
        own = isinstance(other, Today) and other._of is of
        turn = (self.number if own else other.toordinal()) + days
        if self.number < turn:
            if turn <= of.last:
                of.last = turn - 1
            return True
        if turn > of.first:
            of.first = turn
        return False

    # ``type`` first: nearly all that it is compared with, a hundred thousand times, are plain dates.

    def __lt__(self, other: date) -> bool:
        return self._before(other, 0) if type(other) is date or _is_day(other) else NotImplemented

    def __le__(self, other: date) -> bool:
        return self._before(other, 1) if type(other) is date or _is_day(other) else NotImplemented

    def __ge__(self, other: date) -> bool:
        return not self._before(other, 0) if type(other) is date or _is_day(other) else NotImplemented

    def __gt__(self, other: date) -> bool:
        return not self._before(other, 1) if type(other) is date or _is_day(other) else NotImplemented

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, date) or not _is_day(other):
            return NotImplemented
        return self._before(other, 1) and not self._before(other, 0)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._alone())

    def _alone(self) -> date:
        """The plain day, for whatever makes more of it than a comparison."""
        self._of.only(self.number)
        return date.fromordinal(self.number)


def _is_day(other: object) -> bool:
    """A moment is no day: as with plain dates, the two cannot be compared."""
    return isinstance(other, date) and not isinstance(other, datetime)


def _noting(name: str) -> Any:
    """What ``date`` knows by that name, of the plain day."""
    if callable(getattr(date, name)):

        def call(self: Today, *given: Any, **named: Any) -> Any:
            return getattr(self._alone(), name)(*given, **named)

        return call
    return property(lambda self: getattr(self._alone(), name))


_OF_DAYS_AS_SUCH = ("__new__", "__getattribute__", "__doc__", "min", "max", "resolution")

# Whatever else a date can do, in this and in later versions of Python.
for _name, _held in vars(date).items():
    _known = _name in vars(Today) or _name in _OF_DAYS_AS_SUCH
    if not _known and not isinstance(_held, ClassMethodDescriptorType):
        setattr(Today, _name, _noting(_name))
