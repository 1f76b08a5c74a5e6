"""The day before, the day itself and the day after; the number below, at and above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import MissingFactsError
from app.records import Assignment, DeviceUse, Disposal, LocationUse, Oath, Person, Statement, Training
from app.records.assignment import AssignmentRole
from app.records.disposal import DisposalLine
from forms.form import Form
from forms.parts.lasting import lasts, split
from forms.parts.people import on_contract, responsible
from tests.support.sample import DAY, KIMITSU, Sample

Forms = Mapping[str, Form[Any]]
PAPER = 3
"""An asset of the sample that is paper: shredding it leaves nothing to restore."""
ONE = timedelta(days=1)
AROUND = pytest.mark.parametrize("shift", [-1, 0, 1], ids=["the day before", "the day", "the day after"])


@AROUND
def test_what_ends_on_the_printed_day_is_still_in_force_on_it(sample: Sample, shift: int) -> None:
    use = replace(sample.facts.get(LocationUse, 1), ends_on=DAY + shift * ONE)
    assert lasts(use, DAY) is (shift >= 0)
    assert split((use,), DAY) == (((use,), ()) if shift >= 0 else ((), (use,)))


@AROUND
def test_a_place_given_up_on_the_printed_day_stands_in_the_notice(
    sample: Sample, forms: Forms, shift: int
) -> None:
    sample.change(LocationUse, 3, ends_on=DAY + shift * ONE)
    stated = forms["location-notice"].gather(sample.case()).stated
    assert ("location_use:3" in stated) is (shift >= 0)


@AROUND
def test_a_worker_who_leaves_on_the_printed_day_stands_in_the_report(
    sample: Sample, forms: Forms, shift: int
) -> None:
    sample.change(Assignment, 41, ends_on=DAY + shift * ONE)
    person = sample.facts.get(Assignment, 41).person
    assert (f"person:{person}" in forms["personnel-report"].gather(sample.case()).stated) is (shift >= 0)


@AROUND
def test_a_device_given_up_may_keep_its_gaps_from_the_day_after(
    sample: Sample, forms: Forms, shift: int
) -> None:
    sample.change(DeviceUse, 12, person=None, ends_on=DAY + shift * ONE)
    if shift < 0:
        assert forms["device-register"].gather(sample.case()).facts["counts"][-1] == ["計", "7", "1", "2"]
        return
    with pytest.raises(MissingFactsError) as caught:
        forms["device-register"].gather(sample.case())
    assert [(fact.record, fact.id, fact.field) for fact in caught.value.missing] == [
        ("device_use", 12, "person")
    ]


@AROUND
def test_a_device_is_planned_until_the_day_before_its_start(sample: Sample, forms: Forms, shift: int) -> None:
    sample.change(DeviceUse, 1, starts_on=DAY + shift * ONE, status="実績")
    rows = forms["device-register"].gather(sample.case()).facts["rows"]
    (start,) = [row["使用開始日"] for row in rows if row["管理番号"] == "PC-001"]
    assert ("（予定）" in start) is (shift > 0)


@AROUND
def test_a_device_that_moves_later_is_in_use_until_then_and_counted_once(
    sample: Sample, forms: Forms, shift: int
) -> None:
    use = sample.facts.get(DeviceUse, 1)
    before = {row[0]: row[1:] for row in forms["device-register"].gather(sample.case()).facts["counts"]}
    count = forms["device-report"].gather(sample.case()).facts["count"]
    moved = DAY + shift * ONE
    sample.change(DeviceUse, 1, ends_on=moved - ONE)
    sample.add(replace(use, id=0, revision=0, location=2, starts_on=moved))
    after = {row[0]: row[1:] for row in forms["device-register"].gather(sample.case()).facts["counts"]}
    assert after == before
    told = forms["device-report"].gather(sample.case()).facts["count"]
    assert told.splitlines()[0] == count
    assert ("それぞれの行に記載" in told) is (shift > 0)


@AROUND
def test_a_device_that_is_only_planned_is_not_counted_in_use(
    sample: Sample, forms: Forms, shift: int
) -> None:
    before = forms["device-register"].gather(sample.case()).facts["counts"][-1]
    sample.change(DeviceUse, 1, starts_on=DAY + shift * ONE, status="実績")
    after = forms["device-register"].gather(sample.case()).facts["counts"][-1]
    assert int(before[1]) - int(after[1]) == (shift > 0)
    assert int(after[2]) - int(before[2]) == (shift > 0)


@AROUND
def test_who_starts_on_the_day_is_in_charge_from_that_day(sample: Sample, shift: int) -> None:
    roles = (AssignmentRole(role="総括責任者"),)
    made = sample.add(Person(name="新任", employment="社員"))
    sample.add(Assignment(person=made.id, contract=KIMITSU, roles=roles, starts_on=DAY + shift * ONE))
    people = responsible(on_contract(sample.case())[0], ("総括責任者",), DAY)
    assert (made in [one.person for one in people]) is (shift <= 0)


@AROUND
def test_an_oath_signed_on_the_day_counts_on_it(sample: Sample, forms: Forms, shift: int) -> None:
    sample.change(Oath, 1, signed_on=DAY + shift * ONE)
    assert ("person:1" in forms["oath"].gather(sample.case()).subjects) is (shift > 0)


@AROUND
def test_a_session_held_on_the_day_can_be_reported_on_it(sample: Sample, forms: Forms, shift: int) -> None:
    held = sample.facts.get(Training, 1).held_on
    if shift < 0:
        with pytest.raises(MissingFactsError):
            forms["training-report"].gather(sample.case(day=held + shift * ONE))
        return
    assert forms["training-report"].gather(sample.case(day=held + shift * ONE)).subjects == ("training:1",)


@AROUND
def test_a_disposal_done_on_the_day_can_be_certified_on_it(sample: Sample, forms: Forms, shift: int) -> None:
    done = sample.facts.get(Disposal, 2).done_on
    subjects = forms["disposal-certificate"].gather(sample.case(day=done + shift * ONE)).subjects
    assert ("disposal:2" in subjects) is (shift >= 0)


@pytest.mark.parametrize(
    ("media", "rows", "more"), [(7, 7, 0), (8, 8, 0), (9, 7, 2)], ids=["seven", "eight", "nine"]
)
def test_a_certificate_has_at_most_eight_rows(
    sample: Sample,
    forms: Forms,
    text_of: Callable[[Statement], str],
    media: int,
    rows: int,
    more: int,
) -> None:
    sample.drop(Disposal, 2)
    made = tuple(
        DisposalLine(asset=PAPER, item="原票", medium=f"媒体{number}", quantity=1, unit="個", result="完了")
        for number in range(1, media + 1)
    )
    sample.change(Disposal, 1, lines=made)
    statement = forms["disposal-certificate"].gather(sample.case())
    assert (len(statement.facts["rows"]), statement.facts["more"]) == (rows, more)
    assert (f"ほか{more}件は" in text_of(statement)) is bool(more)
    assert len(statement.facts["items"]) == media


@pytest.mark.parametrize(("items", "rows"), [(7, 7), (8, 8), (9, 1)], ids=["seven", "eight", "nine"])
def test_items_are_summed_only_where_there_are_more_than_eight(
    sample: Sample, forms: Forms, items: int, rows: int
) -> None:
    sample.drop(Disposal, 2)
    made = tuple(
        DisposalLine(asset=PAPER, item=f"項目{number}", medium="紙", quantity=1, unit="枚", result="完了")
        for number in range(1, items + 1)
    )
    sample.change(Disposal, 1, lines=made)
    assert len(forms["disposal-certificate"].gather(sample.case()).facts["rows"]) == rows


def test_the_words_of_the_officer_stand_beside_those_of_the_annex(sample: Sample, forms: Forms) -> None:
    """What was typed as explained is added to the acts and articles that the clause names, never instead."""
    before = forms["oath"].gather(sample.case(2, only=("person:3",))).facts["sheets"][0]["explained"]
    number = next(oath.id for oath in sample.facts.of(Oath, "person", 3) if oath.signed_on is None)
    sample.change(Oath, number, explained="個人情報保護規程の要点", explained_on=date(2026, 4, 22))
    after = forms["oath"].gather(sample.case(2, only=("person:3",))).facts["sheets"][0]["explained"]
    assert after == ["個人情報保護規程の要点", *before]
    assert any("第66条" in text for text in after)
