"""An old disposal register whose lines name what nobody registered: the assets are made with it, if asked."""

from __future__ import annotations

from datetime import date
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
from app.records.days import DayOnly
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
    planning.apply(ledger, planned(ledger, (*ROWS[0][:5], 5, "箱")), None)
    (asset,) = ledger.facts().all(Asset)
    came = DayOnly(date(2022, 5, 1))
    ledger.add(Event(asset=asset.id, kind="受領", status="実績", happened_at=came, quantity=1))
    found = planned(ledger, ("R5.7.1", "溶解", "OLD-1", "申請書", "紙", 1, "箱"))
    assert (found.offers, found.besides) == ((), ())


def test_one_number_for_two_things_is_asked(ledger: Ledger) -> None:
    found = planned(ledger, ROWS[0], ("R5.6.1", "溶解", "OLD-1", "別のもの", "紙", 2, "箱"))
    assert "内容が違います" in reasons(found)["C3"]


NUMBERED = ("廃棄番号", *HEAD)


def parts(ledger: Ledger, first: Any, rest: Any, head: Any = HEAD, said: Said = MADE) -> TablePlan:
    """The plan of the rest of a register, once its first rows were brought in."""
    planning.apply(ledger, planned(ledger, first, head=head, said=said), None)
    return planned(ledger, rest, head=head, said=said)


def test_the_rest_of_a_register_goes_in_as_it_would_have_with_the_others(ledger: Ledger) -> None:
    rest = parts(ledger, ROWS[0], ROWS[1])
    assert (statuses(rest), reasons(rest)) == ({2: "new"}, {})
    assert [(one.kind, one.plan.counts["new"]) for one in rest.besides] == [("event", 1)]
    planning.apply(ledger, rest, None)
    assert held(ledger) == {"申請書": (5, 5, 0)}
    again = planned(ledger, *ROWS[:2])
    assert (statuses(again), again.besides) == ({2: "same", 3: "same"}, ())


def test_more_than_was_ever_received_is_asked_where_nobody_says_how_it_came(ledger: Ledger) -> None:
    planning.apply(ledger, planned(ledger, ROWS[0]), None)
    asked = {
        "F2": "情報資産「OLD-1」は、台帳では手元に0箱しかありません（取り込む廃棄は合わせて2箱）。",
    }
    bare = Said(constants=ONCE)
    assert reasons(planned(ledger, ROWS[1], said=bare)) == asked
    other = Said(constants={**ONCE, **RECEIVED, "event.happened_at": "2022-04-02"}, making=MADE.making)
    found = planned(ledger, ROWS[1], said=other)
    assert (reasons(found), statuses(found), found.besides) == (asked, {2: "ask"}, ())


@pytest.mark.parametrize(("gone", "status"), [(1, "new"), (2, "new"), (3, "ask")])
def test_what_is_held_may_be_disposed_of_to_the_last(ledger: Ledger, gone: int, status: str) -> None:
    planning.apply(ledger, planned(ledger, ROWS[0]), None)
    (asset,) = ledger.facts().all(Asset)
    came = DayOnly(date(2022, 5, 1))
    ledger.add(Event(asset=asset.id, kind="受領", status="実績", happened_at=came, quantity=2))
    found = planned(ledger, (*ROWS[1][:5], gone, "箱"), said=Said(constants=ONCE))
    assert statuses(found) == {2: status}, reasons(found)
    assert found.besides == ()


def test_the_rest_of_one_disposal_is_added_to_its_lines_and_takes_none_away(ledger: Ledger) -> None:
    first, rest = ("D-0007", *ROWS[0]), ("D-0007", "R5.4.1", "溶解", "OLD-2", "名簿", "紙", 2, "箱")
    found = parts(ledger, first, rest, NUMBERED)
    assert "違う内容で登録されています" in reasons(found)["A2"]
    book = Book((sheet(NUMBERED, rest),))
    found = plan(ledger.facts(), SPECS["disposal"], book, MADE, today=TODAY, update=True)
    assert statuses(found) == {2: "changed"}, reasons(found)
    planning.apply(ledger, found, None)
    (one,) = ledger.facts().all(Disposal)
    assert [line.item for line in one.lines] == ["申請書", "名簿"]
    assert held(ledger) == {"申請書": (3, 3, 0), "名簿": (2, 2, 0)}


def test_a_line_of_the_same_thing_is_a_correction_and_no_further_line(ledger: Ledger) -> None:
    planning.apply(ledger, planned(ledger, ("D-0007", *ROWS[0]), head=NUMBERED), None)
    book = Book((sheet(NUMBERED, ("D-0007", *ROWS[0][:5], 2, "箱")),))
    found = plan(ledger.facts(), SPECS["disposal"], book, MADE, today=TODAY, update=True)
    planning.apply(ledger, found, None)
    (one,) = ledger.facts().all(Disposal)
    assert [(line.item, line.quantity) for line in one.lines] == [("申請書", 2)]
