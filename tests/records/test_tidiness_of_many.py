"""A quick look at many records leaves out none that has something to be mended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records import SPECS, Event, Facts, Person
from app.records.tidiness import doubtful, is_untidy, untidy
from tests.support.plain import plain
from tests.support.values import holders

ODD = ("", "架空", "架\u200b空", "\u3000架空", "髙\U000e0100橋", "葛\U000e0100城", "改\n行", "😀", "\x07")


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_untidy_is_passed_by(name: str, data: st.DataObject) -> None:
    cls: type[Any] = SPECS[name].cls
    number = st.integers(1, 2)
    records = data.draw(st.lists(holders(cls, number), max_size=4))
    texts = [f.name for f in cls.spec.fields if isinstance(getattr(plain(cls), f.name), str)]
    odd = [
        replace(one, **{field: data.draw(st.sampled_from(ODD)) for field in texts})
        for one in records
        if texts
    ]
    every = [replace(one, id=number) for number, one in enumerate((*records, *odd), 1)]
    found = {one.id for one in doubtful(every)}
    for one in every:
        assert bool(is_untidy(one)) is bool(untidy(one))
        assert one.id in found or not untidy(one)
    facts = Facts(every)
    assert facts.signed(cls, is_untidy, doubtful) == Facts(every).signed(cls, is_untidy)


@pytest.mark.parametrize("at", [0, 499, 500, 999, 1000])
def test_one_among_many_is_found_wherever_it_stands(at: int) -> None:
    events = [plain(Event, id=number, note="メモ") for number in range(1, 1002)]
    assert not list(doubtful(events))
    events[at] = replace(events[at], note="メ\u200bモ")
    assert events[at] in list(doubtful(events))
    assert Facts(events).signed(Event, is_untidy, doubtful) == {True: (events[at],)}


def test_a_record_changed_later_is_looked_at_by_itself() -> None:
    facts = Facts([plain(Person, id=1, name="髙橋花子")])
    assert not facts.signed(Person, is_untidy, doubtful)
    worse = facts.replaced([plain(Person, id=1, name="髙橋\u200b花子")])
    assert [one.id for one in worse.signed(Person, is_untidy, doubtful)[True]] == [1]
