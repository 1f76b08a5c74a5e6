"""The year of a contract: each thing on its day, what is late never told as done."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.work.assessing import assess
from app.work.course.timeline import Mark, Point, Timeline, clusters, timeline
from forms import all_forms
from tests.support.world import DURING, END, EVE, START, World

FORMS = all_forms()
ONE_DAY = timedelta(days=1)


def seen(world: World, day: date = DURING) -> Timeline:
    return timeline(assess(world.facts(), world.catalogue, FORMS, day), world.contract)


def told(found: Timeline, mark: Mark) -> list[tuple[date, str, str]]:
    return [(one.day, one.record, one.kind) for one in found.points if one.mark is mark]


def test_what_was_handed_in_stands_on_the_day_of_handing_in(world: World) -> None:
    world.clause("work-location", "before-start", submit="beforehand")
    world.use(world.place())
    world.issue("location-notice", EVE - ONE_DAY, EVE)
    world.issue("location-notice", DURING, None)
    assert told(seen(world), Mark.HANDED_IN) == [(EVE, "submission", "")]


def test_a_voided_paper_is_not_told_as_handed_in(world: World) -> None:
    world.clause("work-location", "before-start", submit="beforehand")
    world.use(world.place())
    world.issue("location-notice", EVE, EVE, voided_on=EVE, voided_why="誤り")
    assert told(seen(world), Mark.HANDED_IN) == []


def test_events_trainings_and_incidents_stand_on_their_days(world: World) -> None:
    person = world.worker()
    world.training(person, held=EVE)
    world.received(3)
    world.incident("漏えい", found=START + ONE_DAY)
    found = [(day, record) for day, record, _kind in told(seen(world), Mark.HAPPENED)]
    assert found == [(EVE, "training"), (START, "event"), (START + ONE_DAY, "incident")]


@pytest.mark.parametrize(
    ("day", "mark"), [(DURING - ONE_DAY, Mark.COMING), (DURING, Mark.COMING), (DURING + ONE_DAY, Mark.LATE)]
)
def test_a_plan_is_told_as_one_and_as_late_once_its_day_is_over(world: World, day: date, mark: Mark) -> None:
    asset = world.received(3)
    world.event(asset, "返還", 3, DURING, status="予定")
    found = [one for one in seen(world, day).points if one.day == DURING]
    assert [(one.mark, one.record) for one in found] == [(mark, "event")]
    assert "予定" in found[0].text


@pytest.mark.parametrize(
    ("day", "mark"), [(EVE - ONE_DAY, Mark.COMING), (EVE, Mark.COMING), (START, Mark.LATE)]
)
def test_a_deadline_comes_until_its_day_and_is_late_after_it(world: World, day: date, mark: Mark) -> None:
    """Of what nobody has entered yet as well."""
    world.clause("work-location", "before-start", submit="beforehand")
    assert told(seen(world, day), mark) == [(EVE, "", "work-location")]


def test_both_ends_hold_every_point_and_the_whole_period(world: World) -> None:
    world.training(world.worker(), held=START - timedelta(days=100))
    found = seen(world)
    assert (found.first, found.last) == (START - timedelta(days=100), END)
    assert (found.share(found.first), found.share(found.last)) == (0, 1)
    assert found.months()[0] == date(2026, 1, 1)
    assert found.months()[-1] == date(2027, 3, 1)


def test_it_can_be_read_out(world: World) -> None:
    world.received(3)
    assert seen(world).said == "契約の1年。提出0件、できごと1件、これから0件、期限超過0件。"


DAYS = st.integers(0, 700).map(lambda at: START + timedelta(days=at))


@given(st.lists(DAYS, max_size=60), st.floats(0.5, 90))
def test_clusters_lose_nothing_and_never_stand_nearer_than_asked(days: list[date], apart: float) -> None:
    points = [Point(day, Mark.HAPPENED, str(at)) for at, day in enumerate(days)]
    found = clusters(points, lambda day: float((day - START).days), apart)
    assert sorted(one.text for cluster in found for one in cluster.points) == sorted(
        one.text for one in points
    )
    places = [one.at for one in found]
    assert all(later - earlier >= apart for earlier, later in pairwise(places))
