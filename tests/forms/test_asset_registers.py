"""取扱台帳 and 返還・廃棄照合表: every act on every asset, what is left after it, and how all of it ended."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.duties.case import Case
from app.duties.holding.balance import balance
from app.duties.papers.drift import drift_of
from app.records import Asset, BackupRun, Contract, Disposal, Event, Statement
from app.records.for_contract import ForContract
from forms.form import Form
from tests.support.sample import DAY, KIMITSU, LATER, Sample
from tests.support.world import moment

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
LEDGER, CLOSING = "handling-ledger", "closing-statement"
END = date(2027, 3, 31)
SHREDDED = 3
"""An asset of 1,203 sheets, of which three were shredded."""
CARRIED = {
    LEDGER: {
        "asset and item": "A-0003口座振替の一覧（第1期）",
        "time": "令和8年4月3日9時03分",
        "receipt with quantity": "＋1,203枚",
        "disposal with quantity": "－3枚",
        "running quantity": "1,200枚",
        "return": "－1,206枚",
        "giver": "みなと北市保険年金課神谷主査",
        "who did it": "業務部渡邉由美子",
        "place": "本社保管庫",
        "way": "施錠ケースに収めて運搬",
        "number of the disposal": "D-0001",
        "how many acts": "31件（受領24件、返還4件、廃棄・消去3件）",
        "clause": "第6条第8項(4)関係",
    },
    CLOSING: {
        "midway": "契約終了時返還・廃棄照合表（途中）",
        "not complete": "契約の終了（令和9年3月31日）前の途中経過であり",
        "receipt": "受領令和8年4月3日1,203枚",
        "destruction": "裁断令和8年5月18日3枚",
        "return": "返還令和8年5月6日1,206枚",
        "balance": "1,200枚",
        "counts": "残数量のないもの5件残数量のあるもの19件",
        "open lines": "２残数量のある情報資産等",
        "place of what is open": "本社保管庫",
        "both sign": "次の１及び２のとおり照合しました。",
        "clauses": "第7条第2項",
    },
}
"""Form → item that it must carry → how that reads on its paper, without white space."""


def rows(sample: Sample, forms: Forms, form: str, asset: int, day: date = DAY) -> list[dict[str, str]]:
    number = sample.facts.get(Asset, asset).number
    found: list[dict[str, str]] = forms[form].gather(sample.case(day=day)).facts["rows"]
    return [row for row in found if row["資産番号"] == number]


def stale(sample: Sample, forms: Forms, statement: Statement, day: date) -> bool:
    case, document = sample.case(day=day), sample.submitted(statement)
    return drift_of(sample.facts, case.catalogue, forms[statement.form], case.contract, document, day).stale


# the ledger of handling


@pytest.mark.parametrize(("item", "part"), CARRIED[LEDGER].items())
def test_the_ledger_carries(sample: Sample, forms: Forms, text_of: TextOf, item: str, part: str) -> None:
    assert part in text_of(forms[LEDGER].gather(sample.case())), item


def test_every_act_stands_in_the_order_of_time_with_what_was_left(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Event, SHREDDED)
    for kind, on, quantity in (
        ("使用", date(2026, 5, 25), 5),
        ("複写", date(2026, 5, 26), 20),
        ("返還", date(2026, 6, 25), 1000),
    ):
        given: dict[str, Any] = {"to_party": "みなと北市　保険年金課"} if kind == "返還" else {}
        sample.add(replace(held, kind=kind, quantity=quantity, happened_at=moment(on, 10), **given))
    found = rows(sample, forms, LEDGER, SHREDDED, LATER)
    assert [(row["取扱い"], row["数量"], row["残数量"]) for row in found] == [
        ("受領", "＋1,203枚", "1,203枚"),
        ("廃棄・消去（完了）", "－3枚", "1,200枚"),
        ("使用", "5枚", "1,200枚"),
        ("複写", "＋20枚", "1,220枚"),
        ("返還", "－1,000枚", "220枚"),
    ]


def test_the_last_running_quantity_is_the_balance(sample: Sample, forms: Forms) -> None:
    asset = sample.facts.get(Asset, SHREDDED)
    sample.change(Asset, asset.id, unit="kg")
    sample.change(Event, SHREDDED, quantity=Decimal("12.75"))
    held = {one.asset.id: one.held for one in balance(sample.facts, KIMITSU, DAY)}
    assert held[SHREDDED] == Decimal("9.75")
    assert rows(sample, forms, LEDGER, SHREDDED)[-1]["残数量"] == "9.75kg"


def test_a_plan_and_what_is_to_come_stand_nowhere(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Event, SHREDDED)
    sample.add(replace(held, kind="返還", status="予定", happened_at=moment(date(2026, 5, 25), 10)))
    sample.add(replace(held, kind="使用", happened_at=moment(LATER, 10)))
    assert [row["取扱い"] for row in rows(sample, forms, LEDGER, SHREDDED)] == ["受領", "廃棄・消去（完了）"]
    assert len(rows(sample, forms, LEDGER, SHREDDED, LATER)) == 3


def test_a_failed_erasure_takes_nothing_away(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Disposal, 1)
    bad = tuple(replace(line, result="不良", followed="やり直す") for line in held.lines)
    sample.change(Disposal, 1, lines=bad)
    last = rows(sample, forms, LEDGER, SHREDDED)[-1]
    assert (last["取扱い"], last["数量"], last["残数量"]) == ("廃棄・消去（不良）", "3枚", "1,203枚")


def test_who_handled_it_is_said_not_to_be_recorded(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Event, SHREDDED)
    sample.add(replace(held, kind="使用", happened_at=moment(date(2026, 5, 25), 10)))
    assert rows(sample, forms, LEDGER, SHREDDED)[-1]["取り扱った者"] == "記録なし"


@pytest.mark.parametrize(
    ("until", "told"), [(date(2026, 5, 29), ("持帰り予定日", "令和8年5月29日")), (None, ())]
)
def test_what_was_taken_out_says_until_when_it_was_to_be_back(
    sample: Sample, forms: Forms, until: date | None, told: tuple[str, ...]
) -> None:
    held = sample.facts.get(Event, SHREDDED)
    out: dict[str, Any] = {"kind": "持出", "destination": "市役所", "location": None, "return_by": until}
    sample.add(replace(held, quantity=1, happened_at=moment(date(2026, 5, 25), 10), **out))
    where = rows(sample, forms, LEDGER, SHREDDED)[-1]["場所・行き先"]
    assert where.split("\n") == ["市役所", *told]


def test_an_asset_of_which_nothing_is_recorded_is_named(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.add(replace(sample.facts.get(Asset, 1), number="A-0999", item="控え"))
    text = text_of(forms[LEDGER].gather(sample.case()))
    assert "取扱いの記録がない情報資産：A-0999（控え）" in text


def test_without_events_the_ledger_says_what_to_record(sample: Sample, missing_of: MissingOf) -> None:
    sample.drop(Event)
    sample.drop(Disposal)
    assert missing_of(LEDGER, sample.case()) == {("event", 0, "")}


def test_the_ledger_is_stale_by_any_new_act_also_after_the_end(sample: Sample, forms: Forms) -> None:
    after = date(2027, 4, 5)
    held = sample.facts.get(Event, SHREDDED)
    sample.add(
        replace(held, kind="返還", quantity=1200, to_party="みなと北市", happened_at=moment(after, 10))
    )
    statement = forms[LEDGER].gather(sample.case(day=after))
    assert not stale(sample, forms, statement, after)
    sample.add(replace(held, kind="使用", happened_at=moment(date(2026, 5, 25), 10)))
    assert stale(sample, forms, statement, after)


def test_a_long_ledger_takes_memory_by_the_row(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Event, SHREDDED)
    many = [replace(held, id=1000 + at, kind="使用", quantity=1) for at in range(4000)]

    def peak(count: int) -> int:
        sample.facts = sample.facts.replaced(many[:count])
        tracemalloc.start()
        forms[LEDGER].draw(forms[LEDGER].gather(sample.case()))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    less, more = peak(1000), peak(4000)
    assert more < 4.6 * less, "four times the rows, not more than about four times the memory"
    assert more / 4000 < 8000, "bytes a row, texts and cells together"


# the closing statement


@pytest.mark.parametrize(("item", "part"), CARRIED[CLOSING].items())
def test_the_statement_carries(sample: Sample, forms: Forms, text_of: TextOf, item: str, part: str) -> None:
    assert part in text_of(forms[CLOSING].gather(sample.case())), item


@pytest.mark.parametrize(("day", "variant"), [(date(2027, 3, 30), "途中"), (END, ""), (date(2027, 4, 1), "")])
def test_until_the_last_day_it_is_marked_as_midway(
    sample: Sample, forms: Forms, day: date, variant: str
) -> None:
    assert forms[CLOSING].gather(sample.case(day=day)).variant == variant


def test_handed_in_once_more_it_is_no_less_midway(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.submitted(forms[CLOSING].gather(sample.case()))
    text = text_of(forms[CLOSING].gather(sample.case(again=True)))
    assert "契約終了時返還・廃棄照合表（途中）（再提出）" in text
    assert "完了を示すものではありません" in text


def test_a_contract_that_ended_early_is_closed_then(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KIMITSU, ended_on=DAY)
    assert forms[CLOSING].gather(sample.case()).variant == ""


def all_gone(sample: Sample) -> None:
    """Whatever is left of the sample goes back on the last day."""
    pattern = sample.facts.get(Event, 7)
    for one in balance(sample.facts, KIMITSU, END):
        if one.held:
            at = moment(END, 10)
            sample.add(replace(pattern, asset=one.asset.id, quantity=one.held, happened_at=at))


def test_with_nothing_left_it_says_so(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    all_gone(sample)
    text = text_of(forms[CLOSING].gather(sample.case(day=END)))
    assert "残数量のないもの24件残数量のあるもの0件" in text
    assert text.endswith("２残数量のある情報資産等ありません。")


def test_a_backup_that_nobody_erased_is_open(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    all_gone(sample)
    covers = (ForContract(contract=KIMITSU),)
    sample.add(BackupRun(what="宛名データ一式", contracts=covers, done_on=date(2026, 5, 1)))
    text = text_of(forms[CLOSING].gather(sample.case(day=END)))
    assert "消去の記録がないバックアップ：宛名データ一式（令和8年5月1日）" in text
    assert "ありません。" not in text.partition("２残数量")[2]


def test_what_was_never_recorded_is_open_and_unknown(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    all_gone(sample)
    sample.add(replace(sample.facts.get(Asset, 1), number="A-0999", item="控え"))
    facts = forms[CLOSING].gather(sample.case(day=END)).facts
    assert facts["open"] == [["A-0999", "控え", "不明", "取扱いの記録なし"]]


def test_what_may_be_readable_still_is_never_told_as_gone_well(sample: Sample, forms: Forms) -> None:
    sample.change(Disposal, 2, outcome="不合格", verification_result="残存あり")
    (row,) = rows(sample, forms, CLOSING, 2)
    assert row["残数量"] == "1件"
    assert "（終わっていない）" in row["返還・引渡・廃棄・消去"]
    assert "廃棄・消去が終わっていません" in row["摘要"]
    sample.change(Disposal, 1, method="物理的破壊")
    (shredded,) = rows(sample, forms, CLOSING, SHREDDED)
    assert "復元できるおそれ" in shredded["摘要"]


def test_what_is_with_others_is_said(sample: Sample, forms: Forms) -> None:
    sample.change(Event, 7, to_party="架空運輸株式会社", counterpart="")
    (row,) = rows(sample, forms, CLOSING, 6)
    assert row["残数量"] == "1,206枚"
    assert "架空運輸株式会社に渡した1,206枚" in row["摘要"]


def test_the_papers_by_which_it_ended_are_named(sample: Sample, forms: Forms) -> None:
    certificate = sample.submitted(forms["disposal-certificate"].gather(sample.case()))
    (row,) = rows(sample, forms, CLOSING, SHREDDED)
    assert f"提出書類　{certificate.number}" in row["摘要"]


def test_what_happens_later_leaves_it_true_and_a_correction_does_not(sample: Sample, forms: Forms) -> None:
    statement = forms[CLOSING].gather(sample.case())
    held = sample.facts.get(Event, 7)
    sample.add(replace(held, asset=SHREDDED, quantity=1200, happened_at=moment(date(2026, 7, 1), 9)))
    assert not stale(sample, forms, statement, LATER)
    sample.change(Event, SHREDDED, quantity=1204)
    assert stale(sample, forms, statement, LATER)
