"""The day handed to an answer: whatever is done with it, the answer holds on the days that are noted."""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.today import ALWAYS, Holding

DAY = date(2026, 8, 20)
NUMBER = DAY.toordinal()
ONE = timedelta(days=1)
ORDERS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
NEAR = st.integers(-6, 6).map(lambda days: DAY + days * ONE)


def noted(work_out: Callable[[date], object], day: date = DAY) -> Holding:
    """What was noted while that was worked out; the answer is kept as long as it takes."""
    holding = Holding()
    answer = work_out(holding.today(day))
    holding.close()
    del answer
    return holding


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("behind", [False, True], ids=["today first", "today second"])
@pytest.mark.parametrize("other", [DAY - ONE, DAY, DAY + ONE])
def test_a_comparison_comes_out_as_with_a_plain_day_and_holds_as_long_as_it_does(
    order: Callable[[date, date], bool], behind: bool, other: date
) -> None:
    def ask(day: date) -> bool:
        return order(other, day) if behind else order(day, other)

    answers: list[bool] = []
    holding = noted(lambda day: answers.append(ask(day)))
    assert answers == [ask(DAY)]
    days = [DAY + number * ONE for number in range(-4, 5)]
    alike = [day for day in days if ask(day) is ask(DAY)]
    kept = [day for day in days if holding.holds(day.toordinal())]
    assert DAY in kept
    if order in (operator.eq, operator.ne) and other != DAY:
        # Of the days on both sides of the other one those on this side are kept.
        assert kept == [day for day in alike if (day < other) is (other > DAY)]
    else:
        assert kept == alike


QUESTIONS = st.lists(st.tuples(st.sampled_from(ORDERS), st.booleans(), NEAR), max_size=6)


@given(questions=QUESTIONS, day=NEAR, other=NEAR)
def test_whatever_is_asked_in_turn_it_comes_out_the_same_on_every_day_noted(
    questions: list[tuple[Callable[[date, date], bool], bool, date]], day: date, other: date
) -> None:
    def ask(today: date) -> list[bool]:
        """Each question is put, or not, by how the one before came out, as where one judges."""
        found = [today <= DAY]
        for order, asked, held in questions:
            if asked is found[-1]:
                found.append(order(min(today, held), held) if asked else order(held, max(held, today)))
        return found

    answers: list[list[bool]] = []
    holding = noted(lambda today: answers.append(ask(today)), day)
    assert answers == [ask(day)]
    assert holding.holds(day.toordinal())
    if holding.holds(other.toordinal()):
        assert ask(other) == answers[0]


def test_of_what_was_not_asked_every_day_is_the_same() -> None:
    holding = noted(lambda _day: "昨日も今日も")
    assert (holding.first, holding.last) == ALWAYS


KNOWN = [name for name in dir(date) if name not in dir(object) and name not in ("min", "max", "resolution")]
GIVEN: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("strftime", "__format__"), ("%Y",)),
    **dict.fromkeys(("__add__", "__radd__"), (ONE,)),
    **dict.fromkeys(("__sub__", "__rsub__"), (DAY,)),
}
OF_DAYS = [name for name in KNOWN if not isinstance(getattr(date, name), type(date.today))]


@lru_cache
def looked_up(day: date) -> str:
    return f"{day}"


OTHERWISE: dict[str, Callable[[date], Any]] = {
    "written": str,
    "shown": repr,
    "formatted": lambda day: f"{day:%Y}",
    "added to": lambda day: day + ONE,
    "added": lambda day: ONE + day,
    "taken from": lambda day: day - DAY,
    "taken away": lambda day: DAY - day,
    "looked up": lambda day: {DAY: 1}[day],
    "one of several": lambda day: day in {DAY},
    "asked of a cache": looked_up,
    "copied": copy.copy,
    "copied with all it holds": copy.deepcopy,
    "replaced": lambda day: day.replace(year=2025),
    "handed on": lambda day: (1, day),
    "the later of two": lambda day: max(day, DAY - ONE),
    "left for later": lambda day: (other < day for other in (DAY,)),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_what_is_more_than_a_comparison_holds_on_that_day_alone(what: str) -> None:
    plain, answers = OTHERWISE[what](DAY), []
    holding = noted(lambda day: answers.append(OTHERWISE[what](day)))
    assert (holding.first, holding.last) == (NUMBER, NUMBER)
    if what != "left for later":
        assert answers == [plain]


@pytest.mark.parametrize("name", OF_DAYS)
def test_nothing_that_a_date_can_do_goes_unnoticed(name: str) -> None:
    given = GIVEN.get(name, ())
    held = getattr(date, name)

    def use(day: date) -> Any:
        value = getattr(day, name)
        return value(*given) if callable(held) else value

    answers: list[Any] = []
    holding = noted(lambda day: answers.append(use(day)))
    assert answers == [use(DAY)]
    assert (holding.first, holding.last) == (NUMBER, NUMBER)


@pytest.mark.parametrize("order", ORDERS[:4])
def test_a_moment_is_no_day_it_could_be_held_against(order: Callable[[Any, Any], bool]) -> None:
    moment = datetime.combine(DAY, time(9, 5))
    for one, other in ((Holding().today(DAY), moment), (moment, Holding().today(DAY))):
        with pytest.raises(TypeError):
            order(one, other)
    assert Holding().today(DAY) != moment


def test_the_day_of_another_answer_holds_for_that_one_on_its_day_alone() -> None:
    outer, inner = Holding(), Holding()
    assert inner.today(DAY) <= outer.today(DAY)
    assert (outer.first, outer.last) == (NUMBER, NUMBER)
