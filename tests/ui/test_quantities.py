"""Quantities with decimals in the window: typed in any width, listed in their order, shown without zeros."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.records import Asset, Event
from app.records.days import DayOnly
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.targets import EditRecord

Show = Callable[..., Any]


@pytest.fixture
def papers(context: Context, sample: Any) -> Asset:
    """What is weighed."""
    return context.ledger.add(
        Asset(contract=sample.contract.id, item="旧帳票", classification="個人情報", medium="紙", unit="kg")
    )


def add(context: Context, shown: Show, asset: Asset, quantity: str) -> Any:
    preset = {
        "asset": asset.id,
        "kind": "受領",
        "status": "実績",
        "happened_at": DayOnly(date(2026, 4, 2)),
    }
    page: Any = shown(EditorPage(context, EditRecord("event", preset=preset)))
    page.form.boxes["quantity"].input.edit.setText(quantity)
    return page


def test_a_weight_is_typed_kept_and_shown_exactly(context: Context, papers: Asset, shown: Show) -> None:
    page = add(context, shown, papers, "１２．５０")
    assert page.save()
    (event,) = context.facts().all(Event)
    assert event.quantity == Decimal("12.5")
    assert page.form.boxes["quantity"].input.text() == "12.5"
    assert not page.form.dirty


def test_more_decimals_than_a_gram_are_refused_at_the_field(
    context: Context, papers: Asset, shown: Show
) -> None:
    page = add(context, shown, papers, "0.0001")
    assert not page.save()
    assert "小数は3桁まで" in page.form.boxes["quantity"].error.plain


def test_half_a_sheet_is_refused(context: Context, papers: Asset, sample: Any, shown: Show) -> None:
    del papers
    sheets = context.ledger.add(
        Asset(contract=sample.contract.id, item="申請書", classification="個人情報", medium="紙", unit="枚")
    )
    page = add(context, shown, sheets, "0.5")
    assert not page.save()
    said = f"{sheets.number}の数量「0.5」は小数です。単位「枚」のものは、整数で入力してください。"
    assert page.form.notice.text == said
    assert not context.facts().all(Event)


def test_a_list_is_ordered_by_how_much_it_is(context: Context, papers: Asset, shown: Show) -> None:
    for quantity in ("100", "12.5", "2", "0.75", "1,204"):
        assert add(context, shown, papers, quantity).save()
    ids = context.ledger.listing("event", "quantity")
    listed = [context.facts().get(Event, record_id).quantity for record_id in ids]
    assert listed == [Decimal("0.75"), 2, Decimal("12.5"), 100, 1204]
