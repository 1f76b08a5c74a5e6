"""A paper of a past day describes people, places, devices and both parties as they were on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.records import Client, Device, Location, Person, Record, Statement, Vendor
from app.records.dated import with_former
from app.records.device import Storage
from forms.form import Form
from tests.support.around import around
from tests.support.sample import DAY, Sample

Forms = Mapping[str, Form[Any]]
CHANGES: tuple[tuple[str, type[Record], dict[str, Any], str], ...] = (
    ("location-notice", Location, {"room": "別館９階"}, "別館９階"),
    ("personnel-report", Person, {"post": "特命参事"}, "特命参事"),
    ("personnel-report", Person, {"department": "新設管理室"}, "新設管理室"),
    ("location-notice", Vendor, {"representative_name": "新任　太郎"}, "新任太郎"),
    ("location-notice", Vendor, {"address": "新町九丁目9番9号"}, "新町九丁目9番9号"),
    ("location-notice", Client, {"department": "新設の課"}, "新設の課"),
    ("device-register", Device, {"os": "Windows 99"}, "Windows99"),
    (
        "device-register",
        Device,
        {"storages": (Storage(name="内蔵SSD", encryption="全体", tool="新暗号ソフト"),)},
        "新暗号ソフト",
    ),
)


def on_paper(sample: Sample, forms: Forms, form: str, text_of: Callable[[Statement], str]) -> str:
    """What it says of its own day: a register tells below its lines what is to come."""
    return text_of(forms[form].gather(sample.case())).partition("今後の変更の予定変更の対象")[0]


def one(sample: Sample, cls: type[Record]) -> Record:
    number = 2 if cls is Person else 1
    return sample.facts.get(cls, number)


@pytest.mark.parametrize(("form", "cls", "values", "told"), CHANGES)
@pytest.mark.parametrize(("since", "new"), around(DAY, True, True, False))
def test_what_changed_is_printed_from_its_day_on(
    sample: Sample,
    forms: Forms,
    text_of: Callable[[Statement], str],
    form: str,
    cls: type[Record],
    values: dict[str, Any],
    told: str,
    since: date,
    new: bool,
) -> None:
    before = one(sample, cls)
    after = with_former(before, replace(before, **values), since)
    sample.facts = sample.facts.replaced([after])
    assert (told in on_paper(sample, forms, form, text_of)) is new


@pytest.mark.parametrize(("form", "cls", "values", "told"), CHANGES)
def test_a_correction_is_printed_everywhere(
    sample: Sample,
    forms: Forms,
    text_of: Callable[[Statement], str],
    form: str,
    cls: type[Record],
    values: dict[str, Any],
    told: str,
) -> None:
    sample.change(cls, one(sample, cls).id, **values)
    assert told in on_paper(sample, forms, form, text_of)


def test_of_two_changes_to_come_the_second_is_not_told_as_a_change_of_what_holds_now(
    sample: Sample, forms: Forms, text_of: Callable[[Statement], str]
) -> None:
    held = sample.facts.get(Person, 2)
    first = with_former(held, replace(held, department="新設第一課"), DAY + timedelta(days=5))
    assert isinstance(first, Person)
    second = with_former(first, replace(first, department="新設第二課"), DAY + timedelta(days=9))
    sample.change(Person, 2, department=second.department, former=second.former)
    statement = forms["worker-list"].gather(sample.case())
    rows = [(row["before"], row["after"]) for row in statement.facts["ahead"]]
    assert rows == [(held.department, "新設第一課"), ("新設第一課", "新設第二課")]
    assert "現在" not in text_of(statement).partition("今後の変更の予定")[2]
