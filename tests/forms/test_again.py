"""再提出: the same once more, under its own title and with the number of what it repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import MissingFactsError
from app.records import Disposal, Statement, Submission, Training
from forms import all_forms
from forms.form import Form
from tests.support.prepared import prepared
from tests.support.sample import DAY, KAWAGUCHI, LATER, Sample

FORMS = all_forms()
STATING = [name for name, form in FORMS.items() if form.about]
each_form = pytest.mark.parametrize("name", STATING)


def again(sample: Sample, name: str) -> Statement:
    return FORMS[name].gather(sample.case(day=LATER, again=True))


def refused(sample: Sample, name: str) -> str:
    with pytest.raises(MissingFactsError) as caught:
        again(sample, name)
    (told,) = caught.value.missing
    return told.sentence


@each_form
def test_what_was_submitted_may_be_said_once_more(
    catalogue: Catalogue, text_of: Callable[[Statement], str], name: str
) -> None:
    sample = prepared(catalogue, name)
    first = FORMS[name].gather(sample.case())
    number = sample.submitted(first).number
    made = again(sample, name)
    assert made.variant == "再提出"
    assert made.stated == first.stated
    assert made.subjects == first.subjects
    assert f"令和8年6月1日付け（文書番号{number}）の再提出" in text_of(made)


@each_form
def test_only_what_was_submitted_and_stands_can_be_repeated(catalogue: Catalogue, name: str) -> None:
    sample = prepared(catalogue, name)
    nothing = "もう一度提出できる書類がありません。「再提出」の選択を外して作成してください。"
    assert refused(sample, name) == nothing
    document = sample.submitted(FORMS[name].gather(sample.case()), submitted_on=None, how="")
    assert refused(sample, name) == nothing, "it lies in the house: its copy can be printed"
    sample.change(
        Submission, document.id, submitted_on=DAY, how="持参", sent_back_on=DAY, sent_back_why="誤り"
    )
    assert refused(sample, name) == nothing
    sample.change(Submission, document.id, sent_back_on=None, sent_back_why="")
    assert again(sample, name).variant == "再提出"


@pytest.mark.parametrize("name", ["location-notice", "personnel-report"])
def test_a_change_is_no_repetition(sample: Sample, name: str) -> None:
    sample.submitted(FORMS[name].gather(sample.case()))
    sample.moved()
    assert refused(sample, name) == (
        "前に提出した書類（文書番号2026-0001）の内容から変更があるため、再提出はできません。"
        "「再提出」の選択を外して作成してください。"
    )


def test_a_session_that_reads_otherwise_by_now_is_no_repetition(sample: Sample) -> None:
    sample.submitted(FORMS["training-report"].gather(sample.case()))
    sample.change(Training, 1, lecturer="別の講師")
    assert "内容から変更がある" in refused(sample, "training-report")


def test_only_the_records_that_were_submitted_are_repeated(sample: Sample) -> None:
    form = FORMS["disposal-certificate"]
    sample.submitted(form.gather(sample.case()))
    held = sample.facts.get(Disposal, 1)
    sample.add(replace(held, id=0))
    assert again(sample, form.id).subjects == ("disposal:1", "disposal:2")


def test_each_record_is_told_with_the_last_document_that_named_it(sample: Sample) -> None:
    form = FORMS["oath"]
    sample.submitted(form.gather(sample.case(only=("person:2", "person:3"))))
    sample.submitted(form.gather(sample.case(day=LATER, only=("person:3", "person:4"))))
    made = again(sample, "oath")
    assert set(made.subjects) == {"person:2", "person:3", "person:4"}
    assert [number for _, number in made.facts["again"]] == ["2026-0001", "2026-0002"]
    only = form.gather(sample.case(day=LATER, again=True, only=("person:4",)))
    assert [number for _, number in only.facts["again"]] == ["2026-0002"]


def test_another_contract_has_nothing_to_repeat(sample: Sample) -> None:
    form: Form[Any] = FORMS["location-notice"]
    sample.submitted(form.gather(sample.case()))
    with pytest.raises(MissingFactsError, match="もう一度提出できる書類"):
        form.gather(sample.case(KAWAGUCHI, day=LATER, again=True))


def test_a_report_of_one_day_is_made_anew_and_never_repeated(sample: Sample) -> None:
    sample.submitted(FORMS["status-report"].gather(sample.case()))
    assert "もう一度提出できる書類がありません。" in refused(sample, "status-report")


def test_comparing_never_asks_for_a_repetition(sample: Sample) -> None:
    forms: Mapping[str, Form[Any]] = FORMS
    for name in STATING:
        case = sample.case(again=True, comparing=True)
        assert forms[name].gather(case).stated == forms[name].gather(replace(case, again=False)).stated
