"""A paper not handed in yet: what it prints and the ledger no longer says, told before it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import MissingFactsError
from app.duties.papers.drift import in_hand
from app.records import Incident, Submission
from forms.form import Form
from tests.forms.test_accident_reports import FIRST, FOUND, FULL, NEXT, at, told
from tests.support.sample import KIMITSU, Sample

Forms = Mapping[str, Form[Any]]


def issued(sample: Sample, forms: Forms, form: str, day: date = FOUND) -> Submission:
    statement = forms[form].gather(sample.case(KIMITSU, day))
    return sample.submitted(statement, submitted_on=None, how="")


def lines(sample: Sample, forms: Forms, paper: Submission, day: date = FOUND) -> list[str]:
    found = in_hand(sample.facts, sample.catalogue, forms, paper, day)
    assert found is not None
    return [" ".join(line) for one in found.differences for line in one.lines]


@pytest.fixture
def incident(sample: Sample) -> Incident:
    return sample.add(told())


@pytest.mark.parametrize("form", [FIRST, FULL])
@pytest.mark.parametrize("later", [0, 1])
def test_nothing_is_said_while_nothing_changed(
    sample: Sample, forms: Forms, incident: Incident, form: str, later: int
) -> None:
    del incident
    paper = issued(sample, forms, form, NEXT)
    assert lines(sample, forms, paper, NEXT + timedelta(days=later)) == []


@pytest.mark.parametrize("form", [FIRST, FULL])
def test_a_telephone_call_that_was_taken_back_is_not_reported_as_made(
    sample: Sample, forms: Forms, incident: Incident, form: str
) -> None:
    """The paper would tell the client that it was telephoned at an hour at which nobody did."""
    paper = issued(sample, forms, form, NEXT)
    sample.change(Incident, incident.id, notices=())
    found = lines(sample, forms, paper, NEXT)
    assert any("17時55分" in one and one.endswith("台帳の内容と相違") for one in found)
    sample.change(Incident, incident.id, notices=incident.notices)
    assert lines(sample, forms, paper, NEXT) == []


def test_what_is_known_later_makes_no_paper_of_before_wrong(
    sample: Sample, forms: Forms, incident: Incident
) -> None:
    paper = issued(sample, forms, FIRST)
    more = replace(incident.notices[0], notified_at=at(FOUND, 18, 30), to_whom="保険年金課　課長")
    sample.change(Incident, incident.id, notices=(*incident.notices, more), persons=500)
    assert lines(sample, forms, paper) == []


def test_what_is_said_otherwise_by_now_is_told(sample: Sample, forms: Forms, incident: Incident) -> None:
    paper = issued(sample, forms, FIRST)
    sample.change(Incident, incident.id, found_by="営業部　田中")
    found = lines(sample, forms, paper)
    assert found
    assert all(one.startswith("記載した内容 ") for one in found)
    assert any("𣘺本" in one for one in found)


def test_many_that_are_gone_are_counted(sample: Sample, forms: Forms, incident: Incident) -> None:
    rows = tuple(
        replace(incident.timeline[0], at=at(FOUND, 8, minute), what=f"捜索 {minute}") for minute in range(8)
    )
    sample.change(Incident, incident.id, timeline=rows)
    paper = issued(sample, forms, FIRST)
    sample.change(Incident, incident.id, timeline=())
    found = lines(sample, forms, paper)
    assert len(found) == 6
    assert "ほか3か所" in found[-1]


def test_what_was_handed_in_is_no_paper_in_hand(sample: Sample, forms: Forms, incident: Incident) -> None:
    paper = issued(sample, forms, FIRST)
    sample.change(Submission, paper.id, submitted_on=FOUND, how="持参")
    sample.change(Incident, incident.id, notices=())
    handed = sample.facts.get(Submission, paper.id)
    assert in_hand(sample.facts, sample.catalogue, forms, handed, FOUND) is None


def test_the_sample_says_of_itself_what_it_printed(sample: Sample, forms: Forms) -> None:
    """Whatever form tells of what has happened: printed and read again on the same day, it says the same."""
    for form in (one for one in forms.values() if one.past):
        case = sample.case(KIMITSU)
        try:
            statement = form.gather(case)
        except MissingFactsError:
            continue
        paper = sample.submitted(statement, submitted_on=None, how="")
        found = in_hand(sample.facts, sample.catalogue, forms, paper, case.day)
        assert found is not None, form.id
        assert not found.stale, (form.id, found)
