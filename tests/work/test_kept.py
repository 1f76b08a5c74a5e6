"""What an earlier session judged is taken over where it holds, and only what would be judged the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.duties.case import FormFace
from app.records import SPECS, Contract, Facts, Location
from app.work import kept
from app.work.assessing import assess, days_of
from app.work.assessment import NOTHING, Assessment, Kept
from tests.support.sample import KIMITSU
from tests.work.test_assessing import CATALOGUE, DAY, DAYS, FORMS, OFFICE, answers, changed, made_anew

ONE = timedelta(days=1)
STAMP = kept.stamp(CATALOGUE, FORMS, "1 abc")


def carried(made: Assessment, day: date = DAY, facts: Facts | None = None, stamp: str = STAMP) -> Kept:
    """What a later session takes over of ``made``, on ``day``."""
    return kept.unpack(kept.pack(made, STAMP), stamp, facts or made.facts, CATALOGUE, day)


def alike(one: Any, other: Any) -> bool:
    """Whether both are equal and of the same types, all through."""
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, tuple):
        return all(map(alike, one, other))
    if is_dataclass(one):
        return all(alike(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return True


@pytest.fixture(scope="module")
def made() -> Assessment:
    """Nobody may go on from it."""
    return assess(OFFICE, CATALOGUE, FORMS, DAY)


def test_all_that_was_judged_comes_back_as_it_was(made: Assessment) -> None:
    held = carried(made)
    assert held.contracts.keys() == made.contracts.keys()
    assert all(alike(one, made.contracts[number]) for number, one in held.contracts.items())
    assert dict(held.own) == dict(made.own)
    assert all(alike(found, made.own[name]) for name, found in held.own.items())


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_start_with_what_was_kept_is_as_if_judged_anew(data: st.DataObject) -> None:
    facts = OFFICE
    for _step in range(data.draw(st.integers(0, 2))):
        facts = changed(facts, data.draw(st.sampled_from(sorted(SPECS))), data)
    then, now = data.draw(DAYS), data.draw(DAYS)
    first = assess(facts, CATALOGUE, FORMS, then)
    if data.draw(st.booleans()):
        # The session goes on into another day: what is kept then was partly judged on the first.
        then = data.draw(DAYS)
        first = assess(facts, CATALOGUE, FORMS, then, first)
    held = carried(first, now)
    started = assess(facts, CATALOGUE, FORMS, now, today=now, kept=held)
    anew = made_anew(facts, now, now)
    assert answers(started) == answers(anew)
    judged = assess(facts, CATALOGUE, FORMS, now, started, today=now)
    assert answers(judged) == answers(anew)
    assert judged.kept is NOTHING
    assert judged.views.keys() == judged.contracts.keys()


def test_it_holds_to_its_last_day_and_from_its_first(made: Assessment) -> None:
    for number in made.contracts:
        days = days_of(made, number)
        assert days is not None
        first, last = map(date.fromordinal, days)
        assert first <= DAY <= last
        for day in (first - ONE, first, first + ONE, last - ONE, last, last + ONE):
            assert (number in carried(made, day).contracts) is (first <= day <= last)
            held = carried(made, day).contracts.get(number)
            anew = made_anew(OFFICE, day=day).contracts[number]
            assert held is None or held == anew


def test_what_turns_overnight_is_not_taken_over() -> None:
    last = OFFICE.get(Contract, KIMITSU).last_day
    ending = assess(OFFICE, CATALOGUE, FORMS, last)
    assert KIMITSU in carried(ending, last).contracts
    assert KIMITSU not in carried(ending, last + ONE).contracts


OTHERWISE: Mapping[str, Callable[[pytest.MonkeyPatch], tuple[Catalogue, Mapping[str, FormFace], str]]] = {
    "another entry": lambda _patch: (CATALOGUE, FORMS, "2 abc"),
    "another past": lambda _patch: (CATALOGUE, FORMS, "1 abd"),
    "another annex": lambda _patch: (
        replace(CATALOGUE, annexes=(replace(CATALOGUE.annexes[0], title="改"), *CATALOGUE.annexes[1:])),
        FORMS,
        "1 abc",
    ),
    "a form less": lambda _patch: (CATALOGUE, dict(list(FORMS.items())[1:]), "1 abc"),
    "another program": lambda patch: (
        patch.setattr(kept, "program", lambda: "other"),
        (CATALOGUE, FORMS, "1 abc"),
    )[1],
    "another time zone": lambda patch: (
        patch.setattr("time.tzname", ("XST", "XST")),
        (CATALOGUE, FORMS, "1 abc"),
    )[1],
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_judged_under_anything_else_nothing_is_taken_over(
    what: str, made: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert carried(made, stamp=kept.stamp(load(), dict(FORMS), "1 abc")).contracts, "the same is the same"
    other = kept.stamp(*OTHERWISE[what](monkeypatch))
    assert carried(made, stamp=other) is NOTHING


def test_every_source_of_what_judges_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(path: Path) -> bytes:
        read.append(path.as_posix())
        return b""

    monkeypatch.setattr(Path, "read_bytes", noted)
    kept.program.__wrapped__()
    for name in ("app/duties/verdict.py", "app/counting/spans.py", "app/records/today.py", "forms/oath.py"):
        assert any(one.endswith(name) for one in read)


def test_a_contract_from_which_somebody_went_on_is_not_kept(made: Assessment) -> None:
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    place = replace(OFFICE.get(Location, 1), lock="", entry_control="", store="")
    after = assess(OFFICE.replaced([place]), CATALOGUE, FORMS, DAY, before)
    assert not carried(before).contracts
    assert carried(after).contracts.keys() == made.contracts.keys()
    next_day = assess(after.facts, CATALOGUE, FORMS, DAY + ONE, after)
    assert not carried(after).contracts
    assert carried(next_day, DAY + ONE).contracts


def test_what_was_taken_over_is_not_kept_again_unjudged(made: Assessment) -> None:
    started = assess(OFFICE, CATALOGUE, FORMS, DAY, kept=carried(made))
    assert started.kept is not NOTHING
    assert not carried(started).contracts


def test_what_judgements_are_not_made_of_is_not_written(made: Assessment) -> None:
    first, *rest = made.contracts[KIMITSU].duties
    odd = replace(first, next=first.next._replace(given=(("quantity", 1.5),)))
    strange = replace(made.contracts[KIMITSU], duties=(odd, *rest))
    (name, (one, *more)), *_others = [held for held in made.own.items() if held[1]]
    own = {**made.own, name: (one._replace(next=odd.next), *more)}
    held = carried(replace(made, contracts={**made.contracts, KIMITSU: strange}, own=own))
    assert held.contracts.keys() == made.contracts.keys() - {KIMITSU}
    assert held.own.keys() == made.own.keys() - {name}


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_else_stands_there_ends_in_nothing_or_in_judgements(data: st.DataObject) -> None:
    whole = json.loads(PACKED)
    table = whole["table"]
    at = data.draw(st.integers(0, len(table) - 1))
    odd = st.one_of(
        st.none(), st.integers(-3, 60), st.text(max_size=3), st.lists(st.integers(-3, 60), max_size=4)
    )
    table[at] = data.draw(odd)
    text = json.dumps(whole)
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(text))))
    held = kept.unpack(text[:cut].encode(), STAMP, OFFICE, CATALOGUE, DAY)
    assert isinstance(held, Kept)


PACKED = kept.pack(assess(OFFICE, CATALOGUE, FORMS, DAY), STAMP)


def test_a_contract_that_is_gone_is_not_brought_back(made: Assessment) -> None:
    facts = OFFICE.replaced([], [(Contract, KIMITSU)])
    started = assess(facts, CATALOGUE, FORMS, DAY, kept=carried(made))
    assert KIMITSU not in started.contracts
    assert not [duty for duty in started.duties if duty.contract == KIMITSU]
