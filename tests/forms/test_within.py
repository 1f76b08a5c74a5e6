"""A document that covers a period: which days it looks at, and that it is compared over the same days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.duties.case import Case
from app.duties.papers.drift import drift_of
from app.records import Event, Statement
from app.records.statement import Told, Within
from forms.parts.about import About
from tests.support.papers import paper
from tests.support.sample import DAY, KIMITSU, Sample

PERIOD = (date(2026, 4, 1), date(2026, 4, 30))


def _seen(case: Case) -> tuple[Event, ...]:
    assert case.within is not None
    first, last = case.within
    held = case.facts.all(Event)
    return tuple(one for one in held if first <= one.happened_at.date() <= last)


FORM = replace(paper("covered", "期間の記録", about=About(Event, _seen)), periodic=True)


def gathered(sample: Sample, day: date = DAY, within: Within | None = None) -> Statement:
    return FORM.gather(sample.case(KIMITSU, day, within=within))


def test_without_a_period_asked_for_it_covers_the_contract_up_to_the_day(sample: Sample) -> None:
    starts = sample.case(KIMITSU).contract.starts_on
    assert gathered(sample).within == (starts, DAY)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_period_never_goes_beyond_the_day_printed(sample: Sample, over: int) -> None:
    asked = (PERIOD[0], DAY + timedelta(days=over))
    assert gathered(sample, within=asked).within == (PERIOD[0], DAY + timedelta(days=min(over, 0)))


def test_a_form_that_covers_none_says_nothing_of_one(sample: Sample) -> None:
    plain = replace(FORM, periodic=False, about=None, entry=())
    statement = plain.gather(sample.case(KIMITSU, within=PERIOD))
    assert statement.within is None
    assert "within" not in statement.canonical()


def test_the_archive_keeps_the_period(sample: Sample) -> None:
    statement = gathered(sample, within=PERIOD)
    assert Statement.from_canonical(statement.canonical()) == statement
    told = Told.read(statement.canonical())
    assert told is not None
    assert told.within == PERIOD


def test_what_happens_after_the_period_does_not_make_the_document_stale(sample: Sample) -> None:
    last = max(one.happened_at.date() for one in sample.facts.all(Event))
    first = min(one.happened_at.date() for one in sample.facts.all(Event))
    day = last + timedelta(days=1)
    case = sample.case(KIMITSU, day)
    submission = sample.submitted(gathered(sample, day, (first, last - timedelta(days=1))))
    drift = drift_of(sample.facts, case.catalogue, FORM, case.contract, submission, day)
    assert not drift.stale
    whole = sample.submitted(gathered(sample, day, (first, last)))
    drift = drift_of(sample.facts, case.catalogue, FORM, case.contract, whole, day)
    assert not drift.stale
    assert len(gathered(sample, day, (first, last)).stated) > len(
        gathered(sample, day, (first, last - timedelta(days=1))).stated
    )
