"""An application asks for no more of an asset than is held on its day: said before it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import Case, MissingFactsError
from app.duties.holding.balance import balance
from app.records import Approval, Asset, Disposal, Event
from app.records.amounts import Amount
from app.records.approval import ApprovalSubject
from app.records.days import DayOnly
from forms import all_forms
from tests.support.sample import DAY, KIMITSU, Sample
from tests.support.sample_applications import COPY, DISPOSAL, TAKE_OUT, extend, id_of

ASSET = 4
FORMS = all_forms()


@pytest.fixture
def sample(catalogue: Catalogue) -> Sample:
    made = Sample(catalogue)
    extend(made)
    made.add(replace(received(made), quantity=5))
    return made


def received(sample: Sample) -> Event:
    return next(one for one in sample.facts.all(Event) if one.asset == ASSET and one.kind == "受領")


def held(sample: Sample) -> Amount:
    return next(one.held for one in balance(sample.facts, KIMITSU, DAY) if one.asset.id == ASSET)


def ask(sample: Sample, which: int, amount: Amount, unit: str = "") -> None:
    if which == DISPOSAL:
        plan = next(one for one in sample.facts.all(Disposal) if one.approval == id_of(KIMITSU, which))
        unit = unit or sample.facts.get(Asset, ASSET).unit
        lines = tuple(
            replace(line, quantity=amount, unit=unit) if line.asset == ASSET else line for line in plan.lines
        )
        sample.change(Disposal, plan.id, lines=lines)
        return
    row = ApprovalSubject(asset=ASSET, quantity=amount, unit=unit)
    sample.change(Approval, id_of(KIMITSU, which), subjects=(row,))


def said(sample: Sample, form: str, which: int) -> list[str]:
    case: Case = sample.case(only=(f"approval:{id_of(KIMITSU, which)}",))
    try:
        FORMS[form].gather(case)
    except MissingFactsError as error:
        return [one.sentence for one in error.missing]
    return []


@pytest.mark.parametrize(
    ("form", "which"),
    [("takeout-application", TAKE_OUT), ("copy-application", COPY), ("disposal-application", DISPOSAL)],
)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_more_than_is_held_is_named_before_it_is_printed(
    sample: Sample, form: str, which: int, more: int
) -> None:
    most = held(sample)
    assert most > 1
    ask(sample, which, most + more)
    found = said(sample, form, which)
    asset = sample.facts.get(Asset, ASSET)
    if more <= 0:
        assert found == []
    else:
        (sentence,) = found
        assert asset.number in sentence
        assert "保有する数量" in sentence
        assert sentence.endswith("ください。")


def test_rows_of_one_asset_count_together_and_what_is_to_come_counts(sample: Sample) -> None:
    most = held(sample)
    row = ApprovalSubject(asset=ASSET, quantity=most)
    one = replace(row, quantity=1)
    sample.change(Approval, id_of(KIMITSU, TAKE_OUT), subjects=(row, one))
    assert len(said(sample, "takeout-application", TAKE_OUT)) == 1
    came = received(sample)
    sample.add(replace(came, status="予定", happened_at=DayOnly(DAY + timedelta(days=9)), quantity=1))
    assert said(sample, "takeout-application", TAKE_OUT) == []


def test_another_unit_is_not_compared(sample: Sample) -> None:
    ask(sample, COPY, held(sample) + 1000, "頁")
    assert said(sample, "copy-application", COPY) == []
