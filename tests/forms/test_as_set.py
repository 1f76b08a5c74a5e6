"""書類の設定: a paper as the client wants it, and an old one as it was printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.exchange.documents.composing import compose, title_of
from app.printing.blocks import Submitter, Table, Text, Title
from app.records import Contract, Location, PaperSetting, Statement
from app.records.paper_setting import PaperColumn, PaperWording
from forms.form import Form
from forms.layout.as_set import boxes
from tests.support.prepared import prepared
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Any], set[tuple[str, int, str]]]
ONE = timedelta(days=1)
STARTS = date(2026, 4, 1)


def set_for(sample: Sample, form: str, contract: int = KIMITSU, **more: Any) -> PaperSetting:
    more.setdefault("starts_on", STARTS)
    return sample.add(PaperSetting(contract=contract, form=form, **more))


def table_of(form: Form[Any], statement: Statement, title: str) -> Table:
    blocks = (block for sheet in form.sheets(statement) for block in sheet.blocks)
    return next(
        block
        for block in blocks
        if isinstance(block, Table) and any(title in column.titles for column in block.columns)
    )


def test_title_number_and_addressee_are_the_clients_own(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    form = forms["location-notice"]
    set_for(
        sample,
        form.id,
        title="作業場所の届出について",
        style_number="様式第3号（第6条関係）",
        addressee="みなと北市保険年金課長　様",
    )
    statement = form.gather(sample.case())
    text = text_of(statement)
    for part in (
        "様式第3号（第6条関係）文書番号2026-0042",
        "みなと北市保険年金課長様",
        "作業場所の届出について（新規）",
    ):
        assert part in text
    assert form.title not in text
    assert title_of(form, statement) == "作業場所の届出について（新規）"


@pytest.mark.parametrize("length", [1, 30, 60, 200])
def test_the_number_of_a_form_is_never_clipped(
    sample: Sample, forms: Forms, text_of: TextOf, length: int
) -> None:
    set_for(sample, "oath", style_number="様" * length)
    assert "様" * length in text_of(forms["oath"].gather(sample.case(only=("person:3",))))


def test_an_old_document_is_drawn_as_it_was(sample: Sample, forms: Forms) -> None:
    form = forms["location-notice"]
    plain = form.gather(sample.case())
    setting = set_for(sample, form.id, title="旧い題名", starts_on=DAY)
    old = Statement.from_canonical(form.gather(sample.case()).canonical())
    sample.change(PaperSetting, setting.id, title="新しい題名")
    assert form.sheets(old)[0].title == "旧い題名（新規）"
    assert form.sheets(form.gather(sample.case()))[0].title == "新しい題名（新規）"
    assert "setting" not in plain.facts
    assert form.sheets(plain) == form.draw(plain)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (DAY + ONE, None, False),
        (DAY, None, True),
        (STARTS, DAY - ONE, False),
        (STARTS, DAY, True),
    ],
)
def test_a_setting_holds_for_papers_of_its_days(
    sample: Sample, forms: Forms, starts: date, ends: date | None, holds: bool
) -> None:
    form = forms["device-register"]
    set_for(sample, form.id, title="別の題名", starts_on=starts, ends_on=ends)
    assert (form.called_in(form.gather(sample.case())) == "別の題名") is holds
    assert form.called_in(form.gather(sample.case(KAWAGUCHI))) == form.title, "another contract"
    assert forms["oath"].called_in(forms["oath"].gather(sample.case())) == "誓約書", "another form"


def test_of_several_settings_the_latest_holds(sample: Sample, forms: Forms) -> None:
    form = forms["device-register"]
    set_for(sample, form.id, title="後の題名", starts_on=STARTS + ONE)
    set_for(sample, form.id, title="先の題名")
    assert form.called_in(form.gather(sample.case())) == "後の題名"


@pytest.mark.parametrize(
    ("unsealed", "seal", "place"),
    [
        (None, "押印欄を印刷しない", False),
        (True, "押印欄を印刷する", True),
        (True, "", False),
        (None, "", True),
    ],
)
def test_the_seal_of_one_form_may_differ_from_the_contracts(
    sample: Sample, forms: Forms, unsealed: bool | None, seal: str, place: bool
) -> None:
    sample.change(Contract, KIMITSU, unsealed=unsealed)
    form = forms["location-notice"]
    set_for(sample, form.id, seal=seal)
    (block,) = (
        one for one in form.sheets(form.gather(sample.case()))[0].blocks if isinstance(one, Submitter)
    )
    assert (block.seal_row is not None) is place


def test_copies_say_which_they_are(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    form = forms["personnel-report"]
    set_for(sample, form.id, copies=("正", "控"))
    statement = form.gather(sample.case())
    sheets = form.sheets(statement)
    assert [sheet.copy for sheet in sheets] == ["正", "控"]
    assert text_of(statement).count("責任者・従事者報告書（新規）") == 2
    assert compose(form, statement, "", None).sheets[1].title.endswith("（控）")


def test_columns_are_left_out_called_otherwise_moved_and_added(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    form = forms["personnel-report"]
    set_for(
        sample,
        form.id,
        columns=(
            PaperColumn(column="担当する業務"),
            PaperColumn(column="雇用区分", shown=False),
            PaperColumn(column="氏名", heading="従事者氏名"),
            PaperColumn(column="備考", shown=True),
        ),
    )
    statement = form.gather(sample.case())
    table = table_of(form, statement, "担当する業務")
    assert [column.title for column in table.columns] == [
        "№",
        "担当する業務",
        "従事者氏名",
        "備考",
        "所属・役職",
        "従事する期間",
    ]
    assert table.rows[0][0] == "1"
    assert {row[3] for row in table.rows} == {""}
    text = text_of(statement)
    assert "従事者氏名" in text
    assert "雇用区分" not in text
    assert form.gather(sample.case()).stated["person:3"]["雇用区分"] == "社員", "what it states is unchanged"


@pytest.mark.parametrize(
    ("name", "column"),
    [("status-report", "状況"), ("status-report", "備考"), ("transfer-record", "残数量")],
)
def test_what_was_found_is_not_left_out_of_a_paper(
    sample: Sample, forms: Forms, missing_of: MissingOf, name: str, column: str
) -> None:
    setting = set_for(sample, name, columns=(PaperColumn(column=column, shown=False),))
    assert ("paper_setting", setting.id, "columns") in missing_of(name, sample.case())


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("transfer-record", {"columns": (PaperColumn(column="残数量", heading="返還済"),)}),
        ("status-report", {"columns": (PaperColumn(column="状況", heading="摘要"),)}),
        ("personnel-report", {"columns": (PaperColumn(column="氏名", heading="研修済の者"),)}),
        ("personnel-report", {"columns": (PaperColumn(column="開始予定日", heading="開始日"),)}),
        ("incident-first", {"title": "事故発生報告書"}),
        ("incident-full", {"title": "事故処理完了報告書"}),
        ("disposal-application", {"title": "廃棄済申請書"}),
        ("disposal-application", {"title": "記録媒体廃棄報告書"}),
        ("subcontract-application", {"title": "再委託承諾書"}),
        ("device-register", {"title": "機器返却報告書"}),
        ("device-register", {"title": "異常なし報告書"}),
        ("return-note", {"title": "返還証明書"}),
    ],
)
def test_no_name_says_more_than_the_form_does(
    catalogue: Catalogue, missing_of: MissingOf, name: str, more: Any
) -> None:
    sample = prepared(catalogue, name)
    held = PaperSetting(contract=KIMITSU, form=name, starts_on=STARTS, **more)
    ((path, sentence),) = held.problems()
    assert path.partition(".")[0] in more
    assert sentence.endswith("ください。")
    setting = set_for(sample, name, **more)
    case = sample.case()
    assert {name.partition(".")[0] for kind, at, name in missing_of(name, case) if at == setting.id} == {
        *more
    }


def test_names_that_say_the_same_are_taken(forms: Forms) -> None:
    for form in forms.values():
        own = PaperSetting(contract=KIMITSU, form=form.id, starts_on=STARTS, title=form.title)
        assert not [*own.problems()], form.id
        assert ("申請" in form.title) is form.id.endswith("-application"), form.id
    for name, title in (
        ("subcontract-application", "再委託承諾願"),
        ("takeout-application", "情報資産持出届"),
        ("disposal-certificate", "データ消去証明書"),
        ("closing-statement", "個人情報返却・廃棄報告書"),
        ("request-notice", "消去請求受付通知書"),
        ("incident-full", "誤廃棄事故報告書"),
    ):
        own = PaperSetting(contract=KIMITSU, form=name, starts_on=STARTS, title=title)
        assert not [*own.problems()], title
    told = PaperSetting(
        contract=KIMITSU,
        form="incident-first",
        starts_on=STARTS,
        title="経済部個人情報事故報告（第一報）",
        columns=(
            PaperColumn(column="残数量", heading="残数量"),
            PaperColumn(column="予定年月日", heading="実施予定日"),
            PaperColumn(column="提出済", heading="提出済の日"),
        ),
    )
    assert not [*told.problems()]


def test_one_of_two_texts_in_a_column_may_be_left_out(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    form = forms["worker-list"]
    set_for(sample, form.id, columns=(PaperColumn(column="フリガナ", shown=False),))
    statement = form.gather(sample.case())
    table = table_of(form, statement, "氏名")
    assert table.columns[1].titles == ("氏名",)
    assert "フリガナ" not in text_of(statement)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"columns": (PaperColumn(column="ない列"),)}, "columns"),
        ({"columns": (PaperColumn(column="ない列", shown=False),)}, "columns"),
        ({"wording": (PaperWording(paragraph="ない段落", text="文"),)}, "wording"),
        (
            {
                "columns": tuple(
                    PaperColumn(column=name, shown=False)
                    for name in ("役割", "氏名", "所属", "役職", "就任日")
                )
            },
            "columns",
        ),
    ],
)
def test_what_the_paper_does_not_have_is_refused_with_the_setting_to_open(
    sample: Sample, forms: Forms, missing_of: MissingOf, more: Any, field: str
) -> None:
    setting = set_for(sample, "personnel-report", **more)
    assert missing_of("personnel-report", sample.case()) == {("paper_setting", setting.id, field)}


def test_a_prescribed_oath_is_printed_as_it_was_pasted(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    words = "　私は、市の定める文を読みました。\n　　一　守ること。\n　誓います。"
    set_for(sample, "oath", KAWAGUCHI, wording=(PaperWording(paragraph="誓約文", text=words),))
    sample.change(Contract, KAWAGUCHI, oath_wording="")
    form = forms["oath"]
    statement = form.gather(sample.case(KAWAGUCHI, only=("person:3",)))
    (sheet,) = form.sheets(statement)
    title, body = sheet.blocks[:2]
    assert isinstance(title, Title)
    assert body == Text(words, align="justify", after=6)
    assert "私は、市の定める文を読みました。一守ること。誓います。" in text_of(statement)


def test_what_is_enclosed_and_no_document_of_the_ledger_is_listed_by_the_cover(
    catalogue: Catalogue, forms: Forms, text_of: TextOf
) -> None:
    sample = prepared(catalogue, "submission-cover")
    words = PaperWording(paragraph="ほかの同封書類", text="返信用封筒　１枚\n\n見積書")
    set_for(sample, "submission-cover", wording=(words,))
    text = text_of(forms["submission-cover"].gather(sample.case()))
    assert "3返信用封筒１枚－－－4見積書－－－" in text
    assert "計4件（発行した書類2部）" in text


def test_a_cover_counts_the_copies_that_were_printed(catalogue: Catalogue, forms: Forms) -> None:
    sample = prepared(catalogue, "submission-cover")
    set_for(sample, "location-notice", copies=("正", "副", "控"))
    held = sample.submitted(forms["location-notice"].gather(sample.case()), submitted_on=None, how="")
    rows = forms["submission-cover"].gather(sample.case(only=(f"submission:{held.id}",))).facts["rows"]
    assert [row[-1] for row in rows] == [3]


def test_the_words_of_a_letter_are_the_clients_where_they_are_set(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    set_for(
        sample, "device-register", wording=(PaperWording(paragraph="本文", text="　別紙のとおり提出する。"),)
    )
    text = text_of(forms["device-register"].gather(sample.case()))
    assert "別紙のとおり提出する。記" in text
    assert "管理しています" not in text


def test_what_is_chosen_from_a_list_is_ticked_among_all_that_can_be(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    form = forms["location-notice"]
    sample.change(Location, 1, entry_control="その他：守衛による確認")
    plain = form.gather(sample.case())
    setting = set_for(sample, form.id, ticks=True)
    boxed = form.gather(sample.case())
    text = text_of(boxed)
    for wanted in (
        "☐シリンダー錠☑電子錠☐暗証番号錠☐なし☐その他",
        "☐入退室記録簿☐なし☑その他（守衛による確認）",
        "☑作業を行う場所☐保管を行う場所",
        "用途宛名データの編集",
    ):
        assert wanted in text
    assert boxed.stated == plain.stated, "how it is printed changes nothing of what it says"
    old = Statement.from_canonical(boxed.canonical())
    sample.change(PaperSetting, setting.id, ticks=None)
    assert form.sheets(old) == form.sheets(boxed), "an old paper is printed as it was"
    assert "☑" not in text_of(form.gather(sample.case()))


@pytest.mark.parametrize(
    ("text", "boxed"),
    [
        ("電子錠", "☑電子錠　☐なし　☐その他"),
        ("電子錠、なし", "☑電子錠　☑なし　☐その他"),
        ("その他：南京錠", "☐電子錠　☐なし　☑その他（南京錠）"),
        ("－", "－"),
        ("引き戸", "引き戸"),
        ("電子錠：二重", "電子錠：二重"),
        ("", ""),
    ],
)
def test_nothing_that_was_said_gets_lost_in_boxes(text: str, boxed: str) -> None:
    assert boxes(text, ("電子錠", "なし", "その他")) == boxed


def test_boxes_for_a_paper_without_a_list_are_refused(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    setting = set_for(sample, "personnel-report", ticks=True)
    assert missing_of("personnel-report", sample.case()) == {("paper_setting", setting.id, "ticks")}
