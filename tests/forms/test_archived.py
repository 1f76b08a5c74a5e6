"""Statements of older documents: read, found and compared under the keys of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.duties.change_notices import drift
from app.duties.papers.claims import Whole
from app.duties.view import ContractView
from app.records import DeviceUse, Statement, Submission
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, LATER, Sample

Forms = Mapping[str, Form[Any]]
ARCHIVED = Path(__file__).parent / "archived" / "device-register.json"
"""As it was archived when registers called a device by ``device:6``: of PC-006 two uses, of PC-007 one."""
FIRST, SECOND, OTHER = 6, 13, 7
"""The ids of the uses: the two of PC-006, and that of PC-007."""


@pytest.fixture
def document(sample: Sample) -> Submission:
    sample.change(DeviceUse, FIRST, ends_on=date(2026, 5, 31))
    sample.add(DeviceUse(device=6, contract=KAWAGUCHI, person=2, location=1, starts_on=date(2026, 6, 1)))
    return sample.submitted(Statement.from_canonical(ARCHIVED.read_text(encoding="utf-8").strip()))


def view(sample: Sample, forms: Forms) -> ContractView:
    return ContractView(sample.facts, sample.catalogue, forms, sample.case(KAWAGUCHI).contract, LATER)


def differences(sample: Sample, forms: Forms) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    found = drift(sample.facts, sample.catalogue, forms, LATER, KAWAGUCHI)
    return [(d.kind, d.key, list(d.lines)) for one in found for d in one.differences]


def test_an_older_register_still_says_what_the_ledger_says(
    sample: Sample, forms: Forms, document: Submission
) -> None:
    held = view(sample, forms)
    told = held.told(document)
    assert told is not None
    assert set(told.stated) == {f"device_use:{number}" for number in (FIRST, SECOND, OTHER)}
    assert held.proof("equipment-register", f"device_use:{SECOND}", mode=Whole) == document
    assert differences(sample, forms) == []


def test_a_change_is_seen_in_the_use_that_changed(sample: Sample, forms: Forms, document: Submission) -> None:
    sample.change(DeviceUse, SECOND, person=3)
    assert differences(sample, forms) == [
        ("changed", f"device_use:{SECOND}", [("管理者", "髙橋　花子", "渡邉　由美子")])
    ]


def test_two_uses_that_change_places_are_no_longer_what_was_told(
    sample: Sample, forms: Forms, document: Submission
) -> None:
    first, second = (sample.facts.get(DeviceUse, number) for number in (FIRST, SECOND))
    sample.change(DeviceUse, FIRST, person=second.person)
    sample.change(DeviceUse, SECOND, person=first.person)
    assert [key for _kind, key, _lines in differences(sample, forms)] == ["device_use:6", "device_use:13"]


def test_a_use_that_came_later_was_not_told(sample: Sample, forms: Forms, document: Submission) -> None:
    new = sample.add(DeviceUse(device=7, contract=KAWAGUCHI, starts_on=date(2026, 8, 1)))
    assert view(sample, forms).proof("equipment-register", f"device_use:{new.id}") is None
    assert [(kind, key) for kind, key, _lines in differences(sample, forms)] == [
        ("added", f"device_use:{new.id}")
    ]


def test_a_use_that_was_taken_out_is_told_as_gone(sample: Sample, forms: Forms, document: Submission) -> None:
    sample.drop(DeviceUse, OTHER)
    ((kind, key, lines),) = differences(sample, forms)
    assert (kind, key) == ("removed", "device:7")
    assert ("管理番号", "PC-007", "") in lines


def test_a_single_use_whose_start_was_corrected_is_changed_not_new(
    sample: Sample, forms: Forms, document: Submission
) -> None:
    sample.change(DeviceUse, OTHER, starts_on=date(2026, 4, 2))
    assert differences(sample, forms) == [
        ("changed", "device_use:7", [("使用開始日", "令和8年4月1日", "令和8年4月2日")])
    ]


def test_documents_of_every_other_form_are_called_as_before(sample: Sample, forms: Forms) -> None:
    """The keys that stand in ledgers already: none of them may change without being read as it was."""
    known = {
        "device-register": {"device_use"},
        "disposal-certificate": {"disposal"},
        "location-notice": {"location_use"},
        "oath": {"person"},
        "personnel-report": {"person"},
        "status-report": set(),
        "training-report": {"training"},
        "transfer-record": {"event"},
    }
    keys = {
        name: {key.partition(":")[0] for key in forms[name].gather(sample.case(day=DAY)).stated}
        for name in known
    }
    assert keys == known
