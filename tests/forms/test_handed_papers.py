"""授受票, 取決め書, 返還書: one hand-over for both to sign, what was agreed, and what went back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.common import PeopleError
from app.duties.case import Case, MissingFactsError
from app.duties.papers.drift import drift_of
from app.exchange.documents.composing import compose, print_document
from app.printing.blocks import Mark
from app.printing.pages import OpenPdf
from app.records import Asset, Event, PaperSetting, Statement, Submission, TransferAgreement
from app.records.days import DayOnly
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample
from tests.support.sample_transfers import extend
from tests.support.world import moment

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
SLIP, AGREEMENT, NOTE = "transfer-slip", "transfer-agreement", "return-note"
RETURNED = 7
CARRIED = {
    SLIP: {
        "title": "情報資産授受票",
        "date and time": "日時令和8年5月5日9時28分",
        "place": "場所緑川市企画課の窓口",
        "who gave": "渡した者緑川市企画課神谷主査",
        "who took": "受け取った者業務部𠮷田一郎",
        "item": "調査票",
        "medium": "USBメモリ",
        "quantity": "1個",
        "identifier": "封印00028",
        "method": "授受の方法手渡し",
        "protection": "施錠ケースに収めて運搬",
        "clause": "秘密保持契約書第9条の規定により",
        "both sign": "渡した者受け取った者年月日令和年月日令和年月日所属氏名（署名又は記名押印）",
        "a copy for the client": "（発注者控）",
        "a copy for the vendor": "（受注者控）",
    },
    AGREEMENT: {
        "persons of the client": "発注者（甲）の授受担当者保険年金課神谷主査",
        "persons of the vendor": "管理部情報管理課髙橋花子業務部𠮷田一郎",
        "media": "授受の媒体紙、USBメモリ、電子データ",
        "methods": "庁舎窓口での手渡しとし、施錠ケースに収めて運搬する。",
        "record": "授受票２通に双方が署名し",
        "day": "取り決めた日令和8年3月25日",
        "both sign": "発注者（甲）受注者（乙）年月日令和年月日令和年月日",
        "a copy for each": "（発注者保管用）",
    },
    NOTE: {
        "item": "納税通知書データ（第2期）",
        "medium": "紙",
        "quantity": "1,206枚",
        "day": "令和8年5月6日",
        "copies": "控えの写し：返還2枚、残数量1枚",
        "receipt": "受領欄上記の情報資産を、記載の数量のとおり受領しました。受領年月日令和年月日所属氏名",
    },
}
"""Form → item that it must carry → how that reads on its paper, without white space."""
"""The first event of the sample by which something went back: A-0006, 1,206 sheets."""


@pytest.fixture
def transfers(sample: Sample) -> Sample:
    extend(sample)
    return sample


def slip(sample: Sample, forms: Forms, *events: int, day: date = DAY, contract: int = KIMITSU) -> Statement:
    only = tuple(f"event:{one}" for one in events)
    return forms[SLIP].gather(sample.case(contract, day, only=only))


def stale(sample: Sample, forms: Forms, submission: Submission, day: date) -> bool:
    case = sample.case(submission.contract, day)
    return drift_of(
        sample.facts, case.catalogue, forms[submission.form], case.contract, submission, day
    ).stale


# the slip


@pytest.mark.parametrize(("item", "part"), CARRIED[SLIP].items())
def test_the_slip_carries(transfers: Sample, forms: Forms, text_of: TextOf, item: str, part: str) -> None:
    number = next(one.id for one in transfers.facts.all(Event) if one.asset == 28)
    assert part in text_of(slip(transfers, forms, number, contract=KAWAGUCHI)), item


def test_both_copies_are_the_same_paper_under_one_number(transfers: Sample, forms: Forms) -> None:
    first, second = forms[SLIP].draw(slip(transfers, forms, 1))
    assert (first.copy, second.copy) == ("発注者控", "受注者控")
    assert first.blocks == second.blocks


def test_both_copies_may_stand_on_one_sheet_to_be_cut_apart(transfers: Sample, forms: Forms) -> None:
    transfers.add(PaperSetting(contract=KIMITSU, form=SLIP, starts_on=date(2026, 4, 1), beside=True))
    statement = slip(transfers, forms, 1, 2)
    sheets = forms[SLIP].sheets(statement)
    assert [[half.copy for half in sheet.halves] for sheet in sheets] == [["発注者控", "受注者控"]] * 2
    mark = Mark("5f23feb08dc66f9e1997", "0" * 64, 7, "0" * 8)
    made = compose(forms[SLIP], statement, "", None, "2026-0042", mark)
    with OpenPdf(print_document(made)) as opened:
        assert opened.page_count == 2
        told = "".join(opened.text(0).split())
    for half in ("（発注者控）1／1", "（受注者控）1／1"):
        assert half in told
    for twice in (
        "文書番号2026-0042",
        "情報資産授受票",
        "照合コード5f23feb08dc66f9e1997",
        "署名又は記名押印",
    ):
        assert told.count(twice) == 2, twice
    assert told.startswith("切取線")
    with OpenPdf(print_document(compose(forms[SLIP], statement, "", None))) as opened:
        assert opened.text(0).count("下書き") == 2


@pytest.mark.parametrize(("lines", "fits"), [(1, True), (12, False)])
def test_a_copy_that_takes_more_than_half_a_sheet_is_refused_in_one_sentence(
    transfers: Sample, forms: Forms, lines: int, fits: bool
) -> None:
    transfers.add(PaperSetting(contract=KIMITSU, form=SLIP, starts_on=date(2026, 4, 1), beside=True))
    statement = slip(transfers, forms, 1)
    (act,) = statement.facts["handovers"]
    longer = {"handovers": [{**act, "items": act["items"] * lines}]}
    document = compose(forms[SLIP], replace(statement, facts={**statement.facts, **longer}), "", None)
    if fits:
        assert print_document(document)
        return
    with pytest.raises(PeopleError, match="1部がA4判の半分に収まらないため、1枚に2部を印刷できません"):
        print_document(document)


@pytest.mark.parametrize(
    ("form", "copies", "refused"),
    [
        (NOTE, (), True),
        (NOTE, ("正",), True),
        (NOTE, ("正", "控"), False),
        (NOTE, ("正", "副", "控"), True),
        (AGREEMENT, (), False),
    ],
)
def test_only_of_two_copies_can_both_stand_on_one_sheet(
    transfers: Sample, forms: Forms, form: str, copies: tuple[str, ...], refused: bool
) -> None:
    setting = transfers.add(
        PaperSetting(contract=KIMITSU, form=form, starts_on=date(2026, 4, 1), copies=copies, beside=True)
    )
    case = transfers.case(day=LATER)
    try:
        sheets = forms[form].sheets(forms[form].gather(case))
    except MissingFactsError as error:
        (told,) = error.missing
        assert (refused, told.record, told.id, told.field) == (True, "paper_setting", setting.id, "beside")
        return
    assert not refused
    assert all(sheet.second for sheet in sheets)


def test_each_hand_over_has_its_own_slip(transfers: Sample, forms: Forms) -> None:
    sheets = forms[SLIP].draw(slip(transfers, forms, 1, 2))
    assert [sheet.copy for sheet in sheets] == ["発注者控", "受注者控"] * 2


def test_what_was_handed_over_at_once_stands_on_one_slip_or_on_none(
    transfers: Sample, forms: Forms, text_of: TextOf
) -> None:
    transfers.change(Event, 1, handover="H-0001")
    transfers.change(Event, 2, handover="H-0001")
    statement = slip(transfers, forms, 2)
    assert statement.subjects == ("event:1", "event:2")
    assert len(forms[SLIP].draw(statement)) == 2, "one paper, a copy for each side"
    assert text_of(statement).count("授受番号H-0001") == 2
    document = transfers.submitted(statement)
    assert not stale(transfers, forms, document, LATER)
    transfers.change(Event, 3, handover="H-0001")
    assert stale(transfers, forms, document, LATER), "a third thing was handed over with them"


def test_two_ways_under_one_number_are_two_slips(transfers: Sample, forms: Forms) -> None:
    back = transfers.facts.get(Event, RETURNED)
    transfers.change(Event, 1, handover="H-0001")
    transfers.change(Event, back.id, handover="H-0001")
    assert slip(transfers, forms, 1).subjects == ("event:1",)


def test_without_a_number_the_same_people_moment_and_place_are_one(transfers: Sample, forms: Forms) -> None:
    held = transfers.facts.get(Event, 1)
    other = transfers.add(replace(held, asset=4))
    assert slip(transfers, forms, 1).subjects == ("event:1", f"event:{other.id}")
    transfers.change(Event, other.id, handover_place="本社")
    assert slip(transfers, forms, 1).subjects == ("event:1",)


def test_without_an_hour_the_slip_says_so(transfers: Sample, forms: Forms, text_of: TextOf) -> None:
    transfers.change(Event, 1, happened_at=DayOnly(date(2026, 4, 1)))
    assert "令和8年4月1日（時刻の記録なし）" in text_of(slip(transfers, forms, 1))


def test_a_weight_stands_exactly(transfers: Sample, forms: Forms) -> None:
    transfers.change(Asset, 3, unit="kg")
    transfers.change(Event, 3, quantity=Decimal("12.5"))
    (held,) = slip(transfers, forms, 3).facts["handovers"]
    assert held["items"][0][2] == "12.5kg"


def test_protection_that_nobody_recorded_is_no_blank(transfers: Sample, forms: Forms) -> None:
    transfers.change(Event, 1, protection="", safeguards=())
    (held,) = slip(transfers, forms, 1).facts["handovers"]
    assert held["items"][0][-1] == "記録なし"


def test_what_a_slip_lacks_is_named(transfers: Sample, missing_of: MissingOf) -> None:
    fields = ("from_party", "to_party", "method", "handover_place")
    transfers.change(Event, 1, **dict.fromkeys(fields, ""))
    assert missing_of(SLIP, transfers.case(only=("event:1",))) == {("event", 1, field) for field in fields}


def test_a_plan_is_no_hand_over(transfers: Sample, missing_of: MissingOf, forms: Forms) -> None:
    transfers.change(Event, 1, status="予定")
    assert missing_of(SLIP, transfers.case(only=("event:1",))) == {("event", 1, "status")}
    assert "event:1" not in forms[SLIP].gather(transfers.case()).subjects


def test_only_what_was_handed_over_by_the_day_is_told(
    transfers: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    on = date(2026, 4, 1)
    assert forms[SLIP].gather(transfers.case(day=on)).subjects == ("event:1",)
    assert missing_of(SLIP, transfers.case(day=on, only=("event:2",))) == {("event", 2, "happened_at")}


def test_a_slip_leaves_out_what_has_one_unless_it_is_void(
    transfers: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    on = date(2026, 4, 1)
    document = transfers.submitted(forms[SLIP].gather(transfers.case(day=on)), submitted_on=None, how="")
    assert missing_of(SLIP, transfers.case(day=on)) == {("", 0, "")}
    transfers.change(Submission, document.id, voided_on=on, voided_why="誤り")
    assert forms[SLIP].gather(transfers.case(day=on)).subjects == ("event:1",)


def test_a_slip_is_stale_once_its_hand_over_reads_otherwise_and_not_by_another(
    transfers: Sample, forms: Forms
) -> None:
    document = transfers.submitted(slip(transfers, forms, 1))
    held = transfers.facts.get(Event, 1)
    transfers.add(replace(held, happened_at=moment(date(2026, 7, 1), 9)))
    assert not stale(transfers, forms, document, LATER)
    transfers.change(Event, 1, quantity=2)
    assert stale(transfers, forms, document, LATER)


def test_a_further_copy_of_a_slip_says_so(transfers: Sample, forms: Forms, text_of: TextOf) -> None:
    transfers.submitted(slip(transfers, forms, 1))
    case = transfers.case(day=LATER, again=True)
    statement = forms[SLIP].gather(case)
    assert statement.subjects == ("event:1",)
    assert text_of(statement).count("情報資産授受票（再提出）") == 2


# the agreement


@pytest.mark.parametrize(("item", "part"), CARRIED[AGREEMENT].items())
def test_the_agreement_carries(
    transfers: Sample, forms: Forms, text_of: TextOf, item: str, part: str
) -> None:
    assert part in text_of(forms[AGREEMENT].gather(transfers.case())), item


def test_the_agreement_of_the_day_is_printed(transfers: Sample, forms: Forms, missing_of: MissingOf) -> None:
    old = transfers.facts.get(TransferAgreement, 1)
    new = transfers.add(replace(old, agreed_on=LATER, media="紙"))
    for day, wanted in (
        (old.agreed_on, f"transfer_agreement:{old.id}"),
        (date(2026, 8, 19), f"transfer_agreement:{old.id}"),
        (LATER, f"transfer_agreement:{new.id}"),
    ):
        assert list(forms[AGREEMENT].gather(transfers.case(day=day)).stated) == [wanted]
    before = transfers.case(day=date(2026, 3, 24))
    assert missing_of(AGREEMENT, before) == {("transfer_agreement", 0, "")}


def test_an_agreement_that_has_run_out_is_not_printed(transfers: Sample, missing_of: MissingOf) -> None:
    transfers.change(TransferAgreement, 1, ends_on=date(2026, 5, 31))
    assert missing_of(AGREEMENT, transfers.case(day=DAY)) == {("transfer_agreement", 0, "")}


def test_what_an_agreement_does_not_settle_is_named(transfers: Sample, missing_of: MissingOf) -> None:
    empty: dict[str, Any] = {
        "persons": (),
        "client_persons": "",
        "media": "",
        "methods": "",
        "record_kept": "",
    }
    transfers.change(TransferAgreement, 1, **empty)
    assert missing_of(AGREEMENT, transfers.case()) == {("transfer_agreement", 1, field) for field in empty}


# the note of a return


@pytest.mark.parametrize(("item", "part"), CARRIED[NOTE].items())
def test_the_return_note_carries(sample: Sample, forms: Forms, text_of: TextOf, item: str, part: str) -> None:
    source = sample.facts.get(Asset, 6)
    copy = sample.add(replace(source, number="A-0900", item="控えの写し", copy_of=6))
    back = sample.facts.get(Event, RETURNED)
    sample.add(replace(back, asset=copy.id, kind="複写", quantity=3, from_party="", to_party=""))
    sample.add(replace(back, asset=copy.id, quantity=2))
    assert part in text_of(forms[NOTE].gather(sample.case())), item


def test_what_went_to_somebody_else_is_no_return(sample: Sample, forms: Forms, missing_of: MissingOf) -> None:
    sample.change(Event, RETURNED, to_party="架空運輸株式会社")
    assert f"event:{RETURNED}" not in forms[NOTE].gather(sample.case()).subjects
    sample.change(Event, RETURNED, to_party="みなと北センター", counterpart="")
    assert missing_of(NOTE, sample.case()) == {("event", RETURNED, "to_party")}


def test_a_return_after_the_end_of_the_contract_stands(sample: Sample, forms: Forms) -> None:
    after = date(2027, 4, 2)
    sample.change(Event, RETURNED, happened_at=moment(after, 10))
    only = (f"event:{RETURNED}",)
    document = sample.submitted(forms[NOTE].gather(sample.case(day=after, only=only)))
    assert not stale(sample, forms, document, date(2027, 4, 9))


def test_the_note_is_in_the_past_once_the_day_is(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    only = (f"event:{RETURNED}",)
    on = date(2026, 5, 6)
    assert "次のとおり返還します。" in text_of(forms[NOTE].gather(sample.case(day=on, only=only)))
    assert "次のとおり返還しました。" in text_of(forms[NOTE].gather(sample.case(only=only)))


def test_what_has_a_note_is_not_told_again(sample: Sample, missing_of: MissingOf, forms: Forms) -> None:
    sample.submitted(forms[NOTE].gather(sample.case()))
    assert missing_of(NOTE, sample.case()) == {("", 0, "")}
