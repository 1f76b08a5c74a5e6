"""Answers worked out from facts, each once; of watched facts they outlive changes that they never asked for.

An answer notes what it asked, on which days it is the same, and which other answers it rests on. When the
facts or the day move on, those that this meets are set aside, with all that rests on them. One set aside
counts again as soon as what it rests on turns out to be what it was; else it is worked out anew. Nobody
declares what he looks at, and none can be forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast, overload

from app.records.facts import Asked, Facts
from app.records.spec import Record
from app.records.today import Holding
from app.records.watched import Part, Watched

T = TypeVar("T")
_Key = tuple[Any, ...]

_GROWN = 4
"""So many times what is kept, the index may hold of what is no longer of use before it is made anew."""


class _Answer(NamedTuple):
    value: Any
    part: Part


class Answers:
    """Keeps what was worked out from ``facts`` on a day.

    An answer must not hold facts that it took from elsewhere, nor what looks into the facts only later and
    keeps what it saw: what is seen then is noted for whoever asks first.
    """

    def __init__(self, facts: Facts, day: date) -> None:
        self.facts = facts
        self._day = day
        self._watched = facts if isinstance(facts, Watched) else None
        self._kept: dict[_Key, _Answer] = {}
        self._aside: dict[_Key, _Answer] = {}
        self._index = _Index()
        self._fresh: list[Part] = []
        self._met: set[Part] = set()
        self._open: set[Part] = set()
        """Parts that the last change met, in themselves or in what they rest on, and of which nothing is
        known yet."""

    @property
    def day(self) -> date:
        """The day that is asked about; of watched facts one that notes what is done with it."""
        # Asked in loops: what notes it is one for each answer, and never outlives it.
        return self._day if self._watched is None else self._watched.part.today(self._day)

    def once(self, work_out: Callable[..., T], *args: Hashable) -> T:
        """What ``work_out(self, *args)`` answers; all who ask the same share one answer.

        Nothing but ``args``, by value, may tell two questions apart: not the clause, not the kind of duty.
        """
        key = (work_out, *args)
        held = self._kept.get(key)
        if held is None:
            held = self._again(key, steady=False)
        # Asked a quarter of a million times over a large ledger: without another call.
        if self._watched is not None:
            self._watched.part.parts[held.part] = None
        return held.value  # type: ignore[no-any-return]  # as work_out made it

    def steady(self, work_out: Callable[..., T], *args: Hashable) -> T:
        """As ``once``, of an answer that is all said by its value: one that is equal changes nothing.

        Not for what holds records (two may be equal and yet be told apart: 1.0 and 1), and not for work that
        raises: it may be asked again only to see whether the answer is still the same.
        """
        key = (work_out, *args)
        held = self._kept.get(key)
        if held is None:
            held = self._again(key, steady=True)
        if self._watched is not None:
            self._watched.part.parts[held.part] = None
        return held.value  # type: ignore[no-any-return]  # as work_out made it

    def _again(self, key: _Key, *, steady: bool) -> _Answer:
        former = self._aside.pop(key, None)
        if former is not None and former.part not in self._met and all(map(self._stands, former.part.parts)):
            held = former
        else:
            held = self._worked_out(key, former, steady=steady)
        self._open.discard(held.part)
        self._kept[key] = held
        return held

    def _worked_out(self, key: _Key, former: _Answer | None, *, steady: bool) -> _Answer:
        work_out, *args = key
        part = Part(key, steady=steady)
        if self._watched is None:
            return _Answer(work_out(self, *args), part)
        value = self._watched.apart(part, work_out, self, *args)
        if former is None or not steady or value != former.value:
            self._fresh.append(part)
            return _Answer(value, part)
        former.part.take(part)
        self._met.discard(former.part)
        self._fresh.append(former.part)
        return former

    def _stands(self, part: Part) -> bool:
        """Whether the answer that noted ``part`` is what it was; worked out anew where only that tells."""
        if part not in self._open:
            return True
        key: Any = part.key
        former = self._aside.get(key)
        own = former is not None and former.part is part
        if own and part.steady:
            return self._again(key, steady=True).part is part
        if part in self._met or not all(map(self._stands, part.parts)):
            return False
        self._open.discard(part)
        if own:
            self._kept[key] = self._aside.pop(key)
        return True

    def move_on(self, newer: Facts, since: Callable[[Watched], Asked], day: date) -> None:
        """Answer from ``newer`` facts on ``day``; ``since`` tells what was touched on the way there.

        Raises ``TypeError`` where the facts are not watched.
        """
        if self._watched is None:
            raise TypeError("answers from facts that note nothing cannot outlive them")
        changed = since(self._watched)
        self._watched.move_on(newer)
        self._aside.clear()
        self.settle()
        self._met = self._index.met(changed)
        if day != self._day:
            self._day = day
            self._met |= self._index.over_by(day)
        self._open = self._index.resting_on(self._met)
        if self._open:
            self._aside = {key: one for key, one in self._kept.items() if one.part in self._open}
            for key in self._aside:
                del self._kept[key]

    def at(self, facts: Facts, day: date) -> bool:
        """Whether it is from these facts and on this day that it answers."""
        return self._watched is not None and self._watched.shows(facts) and self._day == day

    def holds(self, work_out: Callable[..., Any]) -> tuple[int, int]:
        """The first and the last day, as ordinals, on which its answer is all that it is, of the same facts.

        Raises ``KeyError`` where that was not asked.
        """
        left = [self._kept[work_out,].part]
        seen, holds = set(left), Holding()
        while left:
            part = left.pop()
            holds.first, holds.last = max(holds.first, part.first), min(holds.last, part.last)
            left += (new := part.parts.keys() - seen)
            seen |= new
        return holds.first, holds.last

    def settle(self) -> None:
        """Be ready to move on: worth its time once nothing more is asked."""
        if len(self._index) > _GROWN * (len(self._kept) + len(self._fresh)):
            self._index = _Index()
            self._fresh = [one.part for one in self._kept.values()]
        self._index.add(self._fresh)
        self._fresh = []


class _Index:
    """Which parts asked what, and which parts rest on a part; also of parts that are no longer of use."""

    def __init__(self) -> None:
        self._asking: dict[tuple[type[Record] | str, str], list[Part]] = defaultdict(list)
        self._above: dict[Part, list[Part]] = defaultdict(list)
        self._seen: set[Part] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, parts: list[Part]) -> None:
        """Take in what these parts note, and all that they rest on."""
        left = list(parts)
        self._seen.update(left)
        while left:
            part = left.pop()
            for key in part.asked:
                self._asking[key].append(part)
            for one in part.parts:
                self._above[one].append(part)
                if one not in self._seen:
                    self._seen.add(one)
                    left.append(one)

    def met(self, changed: Asked) -> set[Part]:
        """The parts that asked for anything of ``changed``."""
        return {
            part
            for key, ids in changed.items()
            for part in self._asking.get(key, ())
            if not ids.isdisjoint(part.asked.get(key, ()))
        }

    def over_by(self, day: date) -> set[Part]:
        """The parts that may be otherwise on ``day``, in what they did themselves."""
        number = day.toordinal()
        return {part for part in self._seen if not part.holds(number)}

    def resting_on(self, met: Iterable[Part]) -> set[Part]:
        """These parts, and all that rest on one of them."""
        found = set(met)
        left = list(found)
        while left:
            new = [one for one in self._above.get(left.pop(), ()) if one not in found]
            found.update(new)
            left.extend(new)
        return found


class Shared(Generic[T]):
    """A property of what keeps answers (``shared``): worked out once, and noted for each who asks for it."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        update_wrapper(cast(Any, self), work_out)

    @overload
    def __get__(self, answers: None, owner: type[Any]) -> Self: ...

    @overload
    def __get__(self, answers: Answers, owner: type[Any]) -> T: ...

    def __get__(self, answers: Answers | None, owner: type[Any]) -> T | Self:
        return self if answers is None else answers.once(self._work_out)


def shared(work_out: Callable[[Any], T]) -> Shared[T]:
    """Make a method without arguments a property that is worked out once."""
    return Shared(work_out)
