"""A section stands once beside a person on paper, also where a hand-over was recorded with it twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.duties.papers.drift import drift_of
from app.records import Event
from app.records.event import EventKind
from forms.form import Form
from forms.layout.handed import once
from tests.support.sample import LATER, Sample
from tests.support.sample_transfers import extend

Forms = Mapping[str, Form[Any]]
CITY, SECTION = "緑川市　市民生活部 保険年金課", "市民生活部 保険年金課"
OLDER = [
    f"{SECTION} 神谷 主査",
    "市民生活部保険年金課　神谷 主査",
    "保険年金課 神谷 主査",
]
PAPERS = ["transfer-slip", "transfer-record", "handling-ledger"]


@pytest.fixture
def transfers(sample: Sample) -> Sample:
    extend(sample)
    return sample


def told(sample: Sample, forms: Forms, form: str, event: int) -> str:
    """All that the paper prints of one hand-over, without white space."""
    only = (f"event:{event}",) if form == "transfer-slip" else ()
    facts = forms[form].gather(sample.case(day=LATER, only=only)).facts
    return "".join(json.dumps(facts, ensure_ascii=False).replace("\\n", "").split())


@pytest.mark.parametrize("form", PAPERS)
@pytest.mark.parametrize("person", OLDER)
def test_the_section_stands_once_of_whoever_gave_and_took(
    transfers: Sample, forms: Forms, form: str, person: str
) -> None:
    transfers.change(Event, 1, kind=EventKind.RECEIVED.value, from_party=CITY, counterpart=person)
    said = told(transfers, forms, form, 1)
    assert "市民生活部保険年金課神谷主査" in said
    assert "保険年金課保険年金課" not in said
    assert "保険年金課市民生活部" not in said


@pytest.mark.parametrize(
    ("party", "person", "kept"),
    [
        ("緑川市　保険年金課", "広聴課 神谷", "広聴課 神谷"),
        ("緑川市　服部", "服部 一郎", "服部 一郎"),
        ("緑川市　保険年金課", "保険年金課", "保険年金課"),
        ("緑川市　保険年金課", "神谷　主査", "神谷　主査"),
        ("緑川市　総務課", "総務課長 神谷", "総務課長 神谷"),
        ("", "保険年金課 神谷", "保険年金課 神谷"),
    ],
)
def test_a_name_is_never_shortened_by_what_is_no_section_said_beside_it(
    party: str, person: str, kept: str
) -> None:
    assert once(f"{party}\n{person}") == (f"{party}\n{kept}" if party else f"\n{kept}".strip())


def test_a_record_that_was_submitted_with_the_section_twice_is_not_stale_for_it(
    transfers: Sample, forms: Forms
) -> None:
    transfers.change(Event, 1, kind=EventKind.RECEIVED.value, from_party=CITY, counterpart=OLDER[0])
    form = forms["transfer-record"]
    statement = form.gather(transfers.case(day=LATER))
    entry = statement.stated["event:1"]
    older = {**statement.stated, "event:1": {**entry, "渡した者": f"{CITY}\n{OLDER[0]}"}}
    document = transfers.submitted(replace(statement, stated=older), submitted_on=LATER)
    case = transfers.case(document.contract, LATER)
    assert entry["渡した者"] == f"{CITY}\n神谷 主査"
    assert not drift_of(transfers.facts, case.catalogue, form, case.contract, document, LATER).stale
    transfers.change(Event, 1, counterpart="保険年金課 森下")
    case = transfers.case(document.contract, LATER)
    assert drift_of(transfers.facts, case.catalogue, form, case.contract, document, LATER).stale
