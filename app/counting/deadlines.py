"""Deadlines: what a clause asks, counted from the day of an event, with the arithmetic in words.

Forward spans in days and months that end on a day on which the client's offices are closed end on the next
open day (民法第142条), unless the clause says otherwise. What must happen beforehand does not move, and
what must happen at once happens on the same day. After an incident all days count alike. Numbers that
neither the law nor the annex gives are the product's assumption, which a contract may replace by its own.

A day before 1900 or after 2199 counts as the first or last of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from types import MappingProxyType

from app.annexes.asks import Asks
from app.annexes.choices import Cycle, Roll, Urgency
from app.counting.closed_days import closed as closed
from app.counting.spans import Deadline as Deadline
from app.counting.spans import Start, business_days, days, months, rolled
from app.records.days import LATEST, wareki

_SPANS = ("within_days", "within_business_days", "within_months")
_EARLIEST = date(1900, 1, 1)
_ONE_DAY = timedelta(days=1)

_SPEEDILY = 3
_WITHOUT_DELAY = 7
ASSUMED: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.AT_ONCE: "当日中",
        Urgency.SPEEDILY: f"{_SPEEDILY}開庁日以内",
        Urgency.WITHOUT_DELAY: f"{_WITHOUT_DELAY}日以内",
        Urgency.BEFOREHAND: "前日まで",
    }
)
"""What the product assumes for the words of the annexes, which the law leaves without a number."""

_INCIDENT_SPEEDILY = 1
_INCIDENT_WITHOUT_DELAY = 3
INCIDENT_ASSUMED: Mapping[Urgency, str] = MappingProxyType(
    {
        **ASSUMED,
        Urgency.SPEEDILY: "翌日まで",
        Urgency.WITHOUT_DELAY: f"{_INCIDENT_WITHOUT_DELAY}日以内",
    }
)
"""The same for an incident, which does not wait for an office to open: calendar days."""

INCIDENT_KINDS = frozenset({"incident-notice", "incident-followup"})
"""The kinds of duty whose clock starts with an incident and runs in calendar days."""


PROMPT_KINDS = frozenset({"incident-notice", "data-subject-request"})
"""The kinds of duty that are done speedily where the clause sets no time: nobody may put them off."""


def promptly(asks: Asks) -> Asks:
    """``asks``, with 速やかに as the product's assumption where the clause sets no time at all."""
    if asks.urgency is not None or any(getattr(asks, span) is not None for span in _SPANS):
        return asks
    return replace(asks, urgency=Urgency.SPEEDILY, assumed=(*asks.assumed, "urgency"))


def assumption(what: str, amount: str) -> str:
    """The sentence that tells people that ``amount`` is assumed, because the annex does not set ``what``."""
    return f"特記事項に{what}の定めがないため、{amount}とするのが本ソフトの想定です。契約ごとに変えられます。"


def deadline_after(event: date, asks: Asks) -> Deadline | None:
    """The last day for what must follow ``event``; None where the clause sets no time at all.

    The first of days, business days and months that the clause sets, else its word (``urgency``) as
    assumed. The day of the event is not counted (民法第140条) unless ``first_day``.
    """
    start = Start(_within(event), asks.first_day)
    if asks.within_days is not None:
        counted = _forward(days(start, asks.within_days), asks, start)
        return _given(counted, asks, "within_days", f"{asks.within_days}日以内")
    if asks.within_business_days is not None:
        counted = business_days(start, asks.within_business_days)
        return _given(counted, asks, "within_business_days", f"{asks.within_business_days}開庁日以内")
    if asks.within_months is not None:
        counted = _forward(months(start, asks.within_months), asks, start)
        return _given(counted, asks, "within_months", f"{asks.within_months}か月以内")
    return _by_word(start, asks, asks.urgency, "urgency") if asks.urgency else None


def incident_deadline(found: date, asks: Asks) -> Deadline | None:
    """The last day for what must follow an incident discovered on ``found``; None where none is set.

    As ``deadline_after``, but in calendar days: the words stand for shorter spans, and no deadline moves
    off a closed day unless the clause says so. Harm does not wait for the next office day.
    """
    if asks.urgency is None or any(getattr(asks, span) is not None for span in _SPANS):
        return deadline_after(found, _unmoved(asks))
    return _incident_word(Start(_within(found), asks.first_day), asks, asks.urgency, "urgency")


def second_deadline(found: date, asks: Asks) -> Deadline:
    """The last day for the second stage of a report on an incident discovered on ``found``.

    ``then_days``, else the word ``then`` as assumed, else without delay (遅滞なく), assumed as well; in
    calendar days as ``incident_deadline``.
    """
    start = Start(_within(found), asks.first_day)
    if asks.then_days is not None:
        counted = _forward(days(start, asks.then_days), _unmoved(asks), start)
        return _given(counted, asks, "then_days", f"{asks.then_days}日以内")
    if asks.then is not None:
        return _incident_word(start, asks, asks.then, "then")
    counted = _incident_word(start, asks, Urgency.WITHOUT_DELAY, "then")
    return replace(counted, assumption=assumption("期限", INCIDENT_ASSUMED[Urgency.WITHOUT_DELAY]))


def _unmoved(asks: Asks) -> Asks:
    return asks if asks.roll is not None else replace(asks, roll=Roll.NONE)


def _incident_word(start: Start, asks: Asks, word: Urgency, name: str) -> Deadline:
    """The deadline that the product assumes after an incident for a word of the annex."""
    match word:
        case Urgency.SPEEDILY:
            counted = days(start, _INCIDENT_SPEEDILY)
        case Urgency.WITHOUT_DELAY:
            counted = days(start, _INCIDENT_WITHOUT_DELAY)
        case _:
            return _by_word(start, asks, word, name)
    what = "期限" if name in asks.assumed else f"「{word}」が何日か"
    counted = _forward(counted, _unmoved(asks), start)
    return replace(counted, assumption=assumption(what, INCIDENT_ASSUMED[word]))


def deadline_before(start: date, asks: Asks, signed: date | None = None) -> Deadline:
    """The last day for what must be done before ``start``: ``days_before``, else the day before (assumed).

    So many days before leaves as many whole days between, as backward terms are counted; the day before
    leaves none. It stays on a closed day unless the clause has a ``roll``, and always lies before ``start``.
    ``signed``: the day on which a contract was signed that had begun by then. Nobody could do beforehand
    what nobody had promised: what would have been due earlier is due on that day.
    """
    start = _within(start)
    early = asks.days_before or 1
    if early == 1:
        day = start - _ONE_DAY
        words, amount = f"{wareki(start)}の前日の{wareki(day)}", "前日まで"
    else:
        day = start - timedelta(days=early + 1)
        words, amount = f"{wareki(start)}との間に{early}日を置く{wareki(day)}", f"{early}日前まで"
    counted = Deadline(day, words)
    if asks.roll is not None:
        counted = rolled(counted, asks.roll, latest=start - _ONE_DAY)
    if asks.days_before is None:
        counted = replace(counted, assumption=assumption("何日前までか", ASSUMED[Urgency.BEFOREHAND]))
    else:
        counted = _given(counted, asks, "days_before", amount, "何日前までか")
    return not_before_signature(counted, signed)


def not_before_signature(deadline: Deadline, signed: date | None) -> Deadline:
    """The deadline, or the day on which the contract was signed where that is later."""
    if signed is None or deadline.day >= signed:
        return deadline
    words = f"{deadline.arithmetic}が契約の締結より前のため、契約締結日の{wareki(signed)}"
    return replace(deadline, day=signed, arithmetic=words)


def _by_word(start: Start, asks: Asks, word: Urgency, name: str) -> Deadline:
    """The deadline that the product assumes for a word of the annex."""
    match word:
        case Urgency.AT_ONCE:
            counted = Deadline(start.event, f"当日の{wareki(start.event)}")
        case Urgency.SPEEDILY:
            counted = business_days(start, _SPEEDILY)
        case Urgency.WITHOUT_DELAY:
            counted = _forward(days(start, _WITHOUT_DELAY), asks, start)
        case Urgency.BEFOREHAND:
            return deadline_before(start.event, asks)
    what = "期限" if name in asks.assumed else f"「{word}」が何日か"
    return replace(counted, assumption=assumption(what, ASSUMED[word]))


def _forward(counted: Deadline, asks: Asks, start: Start) -> Deadline:
    return rolled(counted, asks.roll or Roll.NEXT, earliest=start.event)


def _given(counted: Deadline, asks: Asks, name: str, amount: str, what: str = "期限") -> Deadline:
    """A deadline by a number of the annex, or by one that the product fills in for it."""
    return replace(counted, assumption=assumption(what, amount)) if name in asks.assumed else counted


def _within(day: date) -> date:
    return min(max(day, _EARLIEST), LATEST)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included, within which something is done at least once."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Periodic:
    """Where a periodic duty stands on the day asked.

    since, due: first day and deadline of the stretch that matters: the one that runs; or, while that one
        is still without, the earliest that ended without since it was done last.
    done: the last day on which it was done for that stretch (counting from the last time: the day of the
        last time), None where it was not.
    lapsed: the deadline passed without. Not lapsed and ``done``: satisfied until ``due``. Neither: to be
        done by ``due``; where that is after the contract's last day, nothing falls due any more.
    missed: every stretch that ended without, oldest first, also those that a later one has followed up;
        counting from the last time, only one that is still open.
    """

    since: date
    due: Deadline
    done: date | None
    lapsed: bool
    missed: tuple[Window, ...]


def periods(asks: Asks, start: date, last: date, done: Iterable[date], day: date) -> Periodic | None:
    """Where a duty of once in ``period_months`` stands on ``day``; None where the clause sets no period.

    ``start`` and ``last`` are the first and last day of the contract, ``done`` the days on which it was done,
    in any order; those after ``day`` do not count yet. ``Cycle.ROLLING`` (also where none is set) counts
    from the last time, or from the start of the contract where that was never or had lapsed before it;
    the other cycles cut the contract into windows of the period from its first day, or from the 1 April
    before it. The last window ends with the contract, but takes what was done later too: nothing else is
    left that could make up for it. These deadlines do not move off closed days: the act is the vendor's
    own, and one act must not serve two windows.
    """
    if asks.period_months is None:
        return None
    start = _within(start)
    last = max(start, _within(last))
    day = _within(day)
    held = sorted(_within(one) for one in done if one <= day)
    if asks.cycle in (None, Cycle.ROLLING):
        return _rolling(asks, asks.period_months, start, last, held, day)
    return _windowed(asks, asks.period_months, start, last, held, day)


def next_time(asks: Asks, start: date, last: date, newest: date, day: date) -> Deadline | None:
    """By when what nobody owes on ``day`` has to be done once more; ``newest``: when it was done last.

    ``start`` and ``last`` as for ``periods``. None where the clause sets no period, or where the contract
    ends before: a window that ends with the contract is still one, a span from the last time is not.
    """
    if asks.period_months is None:
        return None
    every, start, day = asks.period_months, _within(start), _within(day)
    last = max(start, _within(last))
    if asks.cycle in (None, Cycle.ROLLING):
        due = months(Start(_within(newest), asks.first_day, "前回の"), every)
        return _periodic(due, asks, every) if start <= due.day <= last else None
    windows = _windows(_origin(asks, start), every, start, last, last)
    return next((_periodic(due, asks, every) for first, due in windows if first > day), None)


def _rolling(asks: Asks, every: int, start: date, last: date, held: list[date], day: date) -> Periodic:
    due = months(Start(start, whole=True, words="業務の初日の"), every)
    since, done = start, None
    if held:
        again = months(Start(held[-1], asks.first_day, "前回の"), every)
        if again.day >= start:
            since, done, due = held[-1], held[-1], again
    lapsed = due.day < day and due.day <= last
    missed = (Window(since, due.day),) if lapsed else ()
    return Periodic(since, _periodic(due, asks, every), done, lapsed, missed)


def _windowed(asks: Asks, every: int, start: date, last: date, held: list[date], day: date) -> Periodic:
    windows = list(_windows(_origin(asks, start), every, start, last, day))
    done = [_done(held, first, due.day if due.day < last else day) for first, due in windows]
    missed = [at for at, (_first, due) in enumerate(windows) if done[at] is None and due.day < day]
    here = len(windows) - 1
    if done[here] is None:
        # The oldest one left open since it was done last is the one that presses.
        while here and done[here - 1] is None:
            here -= 1
    since, due = windows[here]
    return Periodic(
        since=since,
        due=_periodic(due, asks, every),
        done=done[here],
        lapsed=here in missed,
        missed=tuple(Window(windows[at][0], windows[at][1].day) for at in missed),
    )


def _origin(asks: Asks, start: date) -> Start:
    """From where the windows of a clause are cut."""
    if asks.cycle is Cycle.FISCAL_YEAR:
        begun = date(start.year - (start.month < 4), 4, 1)
        return Start(begun, whole=True, words="年度の初日の")
    return Start(start, whole=True, words="業務の初日の")


def _done(held: list[date], first: date, until: date) -> date | None:
    return max((one for one in held if first <= one <= until), default=None)


def _windows(
    origin: Start, every: int, start: date, last: date, day: date
) -> Iterator[tuple[date, Deadline]]:
    """First day and deadline of the windows of the contract that have begun by ``day``, one at least."""
    first = start
    for number in count(1):
        due = months(origin, every * number)
        if due.day < start:
            continue
        if due.day >= last:
            yield first, Deadline(last, f"業務の最終日の{wareki(last)}")
            return
        yield first, due
        first = due.day + _ONE_DAY
        if first > day:
            return


def _periodic(due: Deadline, asks: Asks, every: int) -> Deadline:
    return _given(due, asks, "period_months", f"{every}か月に1回", "頻度")
