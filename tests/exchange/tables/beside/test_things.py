"""An old disposal register whose lines name what nobody registered: the assets are made with it, if asked."""

from __future__ import annotations

from typing import Any

import pytest

from app.duties.holding.balance import balance
from app.exchange.coming_in.importing import ImportRefusedError
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import lacking, plan
from app.ledger.door import Ledger
from app.records import SPECS, Asset, Contract, Disposal, Event
from tests.support.registers import TODAY, reasons, sheet, statuses

HEAD = ("廃棄日", "廃棄方法", "情報資産番号", "情報項目", "媒体名", "数量", "単位")
ONCE = {"contract": "MK-1024", "status": "実績", "responsible": "髙橋 美咲", "lines.result": "完了"}
RECEIVED = {"asset.classification": "個人情報", "event.kind": "受領", "event.happened_at": "2022-04-01"}
MADE = Said(constants={**ONCE, **RECEIVED}, making=frozenset({"asset"}))
ROWS = (
    ("R5.4.1", "溶解", "OLD-1", "申請書", "紙", 3, "箱"),
    ("R5.6.1", "溶解", "OLD-1", "申請書", "紙", 2, "箱"),
    ("R5.6.2", "裁断", None, "名簿", "カセット", 4, "本"),
)


def planned(ledger: Ledger, *rows: tuple[Any, ...], head: Any = HEAD, said: Said = MADE) -> TablePlan:
    return plan(ledger.facts(), SPECS["disposal"], Book((sheet(head, *rows),)), said, today=TODAY)


def held(ledger: Ledger) -> dict[str, tuple[Any, Any, Any]]:
    """Item → received, disposed and held."""
    facts = ledger.facts()
    (contract,) = (one for one in facts.all(Contract) if one.number == "MK-1024")
    return {one.asset.item: (one.received, one.disposed, one.held) for one in balance(facts, contract.id)}


def test_they_are_offered_and_nothing_is_made_unasked(ledger: Ledger) -> None:
    found = planned(ledger, *ROWS, said=Said(constants=ONCE))
    assert found.offers == ("asset",)
    assert statuses(found) == {2: "ask", 3: "ask", 4: "ask"}
    assert reasons(found) == {
        "C2": "廃棄した情報資産「OLD-1」が台帳にありません。",
        "C3": "廃棄した情報資産「OLD-1」が台帳にありません。",
        "C4": "廃棄した情報資産「名簿」の番号がありません。",
    }
    with pytest.raises(ImportRefusedError):
        planning.apply(ledger, found, None)


def test_assets_come_with_the_disposal_as_one_change_and_the_balance_is_right(ledger: Ledger) -> None:
    found = planned(ledger, *ROWS)
    assert (found.stops, statuses(found)) == ((), {2: "new", 3: "new", 4: "new"})
    assert [(one.kind, one.plan.counts["new"]) for one in found.besides] == [("asset", 2), ("event", 2)]
    planning.apply(ledger, found, None)
    assert held(ledger) == {"申請書": (5, 5, 0), "名簿": (4, 4, 0)}
    facts = ledger.facts()
    assert {one.medium for one in facts.all(Asset)} == {"紙", "その他：カセット"}
    assert len(facts.all(Disposal)) == 3
    ledger.undo()
    gone = ledger.facts()
    assert [gone.all(cls) for cls in (Asset, Event, Disposal)] == [(), (), ()]


def test_what_the_register_does_not_say_of_them_is_asked_once(ledger: Ledger) -> None:
    said = Said(constants=ONCE, making=frozenset({"asset"}))
    assert lacking(planned(ledger, *ROWS, said=said)) == (
        "asset.classification",
        "event.kind",
        "event.happened_at",
    )


def test_what_a_done_disposal_needs_is_asked_once_as_well(ledger: Ledger) -> None:
    bare = {name: value for name, value in ONCE.items() if name != "lines.result"}
    assert lacking(planned(ledger, *ROWS, said=Said(constants=bare))) == ("lines.result",)


def test_a_column_may_say_when_each_was_received(ledger: Ledger) -> None:
    head = (*HEAD, "受領日", "情報区分")
    rows = [(*row, "R4.4.1", "特定個人情報") for row in ROWS[1:]]
    said = Said(constants={**ONCE, "event.kind": "受領"}, making=frozenset({"asset"}))
    found = planned(ledger, *rows, head=head, said=said)
    assert statuses(found) == {2: "new", 3: "new"}, reasons(found)
    late = planned(ledger, (*ROWS[0], "R5.4.2", "個人情報"), head=head, said=said)
    assert "廃棄した日より後" in reasons(late)["H2"]
    same = planned(ledger, (*ROWS[0], "R5.4.1", "個人情報"), head=head, said=said)
    assert statuses(same) == {2: "new"}


def test_what_is_registered_is_not_made_again(ledger: Ledger) -> None:
    planning.apply(ledger, planned(ledger, *ROWS), None)
    found = planned(ledger, ("R5.7.1", "溶解", "OLD-1", "申請書", "紙", 1, "箱"))
    assert (found.offers, found.besides) == ((), ())


def test_one_number_for_two_things_is_asked(ledger: Ledger) -> None:
    found = planned(ledger, ROWS[0], ("R5.6.1", "溶解", "OLD-1", "別のもの", "紙", 2, "箱"))
    assert "内容が違います" in reasons(found)["C3"]
