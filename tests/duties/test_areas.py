"""Whether a place lies outside, looked up for all events at once, is what each event's own day says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.annexes.catalogue import load
from app.annexes.choices import Within
from app.duties.evaluators.areas import moved_out, never_outside, outside
from app.duties.view import ContractView
from app.records import Asset, Contract, Event, Facts, Location, LocationUse
from app.records.location import Area, LocationKind
from tests.support.plain import plain

CATALOGUE = load()
START = date(2026, 4, 1)
DAY = START + timedelta(days=12)
DAYS = st.integers(-2, 14).map(lambda number: START + timedelta(days=number))
PLACES = st.builds(
    lambda number, kind, area: plain(Location, id=number, kind=kind, area=area),
    st.integers(1, 3),
    st.sampled_from([*map(str, LocationKind), "その他（車）"]),
    st.sampled_from(["", *map(str, Area)]),
)
USES = st.lists(st.tuples(st.integers(1, 3), DAYS, st.none() | DAYS), max_size=4)
EVENTS = st.lists(st.tuples(st.none() | st.integers(1, 4), DAYS), max_size=6)


@given(places=st.lists(PLACES, max_size=3), uses=USES, events=EVENTS)
def test_each_event_is_where_its_own_day_puts_it(
    places: list[Location],
    uses: list[tuple[int, date, date | None]],
    events: list[tuple[int | None, date]],
) -> None:
    records = [
        plain(Contract, id=1, signed_on=START, starts_on=START, ends_on=DAY),
        plain(Asset, id=1, contract=1),
        *places,
        *(
            plain(LocationUse, id=number, contract=1, location=place, starts_on=since, ends_on=until)
            for number, (place, since, until) in enumerate(uses, 1)
        ),
        *(
            plain(Event, id=number, asset=1, location=place, happened_at=datetime.combine(day, time(9)))
            for number, (place, day) in enumerate(events, 1)
        ),
    ]
    facts = Facts(records)
    view = ContractView(facts, CATALOGUE, {}, facts.get(Contract, 1), DAY)
    for event in (one for held in view.happened.values() for one in held):
        place = facts.find(Location, event.location)
        for within in Within:
            own = None if place is None else outside(view, place, within, event.happened_at.date())
            assert moved_out(view, event, within) is own
            assert not (event.location in never_outside(view, within) and own)
