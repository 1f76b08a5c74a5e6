"""What papers print of an hour that nobody knows, of midnight, and of weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.records import Asset, Disposal, Event, Statement
from app.records.days import DayOnly, When
from forms.form import Form
from tests.support.sample import Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
DAY = date(2026, 4, 15)


def transfers(sample: Sample, forms: Forms, at: When) -> tuple[Statement, list[str]]:
    sample.change(Event, sample.facts.all(Event)[0].id, happened_at=at)
    statement = forms["transfer-record"].gather(sample.case())
    return statement, [row["日時"] for row in statement.facts["rows"]]


def test_a_hand_over_without_an_hour_is_printed_without_one(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    statement, cells = transfers(sample, forms, DayOnly(DAY))
    assert "令和8年4月15日" in cells
    assert "0時" not in text_of(statement)


def test_a_hand_over_at_midnight_is_printed_with_its_hour(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    statement, _cells = transfers(sample, forms, datetime.combine(DAY, time()))
    assert "令和8年4月15日0時00分" in text_of(statement)


def test_weights_are_printed_and_summed_exactly(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    disposal = sample.facts.get(Disposal, 1)
    line = next(one for one in disposal.lines if one.asset is not None)
    asset = sample.facts.get(Asset, line.asset or 0)
    sample.change(Asset, asset.id, unit="kg")
    for event in sample.facts.of(Event, "asset", asset.id):
        sample.change(Event, event.id, quantity=Decimal("25.25"))
    parts = tuple(replace(line, quantity=Decimal(part), unit="kg") for part in ("12.5", "12.75"))
    sample.change(Disposal, 1, lines=parts)
    case = sample.case(sample.facts.get(Disposal, 1).contract)
    text = text_of(forms["disposal-certificate"].gather(case))
    assert "25.25kg" in text
    balance = forms["transfer-record"].gather(case).facts["balance"]
    (row,) = (row for row in balance if row[0] == asset.number)
    assert row[4:][-2:] == ["25.25kg", "0kg"]
