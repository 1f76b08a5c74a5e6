"""Tables, bullets, groups, what goes on behind items, and what is around titles."""

from __future__ import annotations

import pytest

from app.annexes.reading.listing import entries
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.reader import read
from tests.annexes.reading.test_split_structures import TITLE, held
from tests.annexes.reading.test_split_styles import whole

JOINED = """安全管理基準
区分\t項目\t内容
組織\t体制\t受託者は、責任者を定め、書面で届け出ること。
\t\t受託者は、責任者を替えたときは、届け出ること。
人\t教育\t受託者は、研修を行うこと。
"""
DRAWN = """別表
安全管理基準
| No. | 項目 | 内容 |
|---|:-:|---|
| 1 | 保管 | 受託者は、名簿を施錠すること。 |
| 2 | 廃棄 | 受託者は、名簿を裁断すること。 |
"""
CELLS = """特記事項
条\t項\t内容
1\t1\t受託者は、秘密を守ること。
1\t2\t受託者は、従事者に守らせること。
2\t1\t受託者は、資料を返すこと。
"""


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            JOINED,
            [
                ("表の1行目", "組織　体制", "受託者は、責任者を定め、書面で届け出ること。"),
                ("表の2行目", "組織　体制", "受託者は、責任者を替えたときは、届け出ること。"),
                ("表の3行目", "人　教育", "受託者は、研修を行うこと。"),
            ],
        ),
        (
            DRAWN,
            [
                ("1", "保管", "受託者は、名簿を施錠すること。"),
                ("2", "廃棄", "受託者は、名簿を裁断すること。"),
            ],
        ),
        (
            CELLS,
            [
                ("1-1", "", "受託者は、秘密を守ること。"),
                ("1-2", "", "受託者は、従事者に守らせること。"),
                ("2-1", "", "受託者は、資料を返すこと。"),
            ],
        ),
    ],
    ids=["joined cells", "drawn with bars", "numbers in cells"],
)
def test_the_rows_of_a_table_are_paragraphs(text: str, tree: list[tuple[str, str, str]]) -> None:
    assert [(one.number, one.heading, one.text) for one in held(text).paragraphs] == tree
    assert read(text).paragraphs


def test_what_has_bullets_is_counted() -> None:
    text = "遵守事項\n・乙は、漏らしてはならない。\n・乙は、次を報告すること。\n　- 時刻\n　- 範囲\n"
    reading = held(text)
    assert [(one.number, one.text) for one in reading.paragraphs] == [
        ("項目1", "乙は、漏らしてはならない。"),
        ("項目2", "乙は、次を報告すること。- 時刻- 範囲"),
    ]
    assert "".join(one.text for one in reading.pieces if one.role is Role.NUMBER) == "・・"


def test_paragraphs_without_numbers_below_a_title_are_counted() -> None:
    text = (
        "個人情報の取扱いについて\n受託者は、個人情報を扱うときは、次のことを\n守らなければならない。\n"
        "場所を限ること。\n事故は直ちに報告すること。\n"
    )
    assert [(one.number, one.text) for one in held(text).paragraphs] == [
        ("段落1", "受託者は、個人情報を扱うときは、次のことを守らなければならない。"),
        ("段落2", "場所を限ること。"),
        ("段落3", "事故は直ちに報告すること。"),
    ]


def test_letters_that_are_spaced_for_looks_are_shown_without_their_spaces() -> None:
    lines = (
        "個人情報取扱特記事項\n（秘密の保持）\n"
        "第１０条　乙は、秘密を守らなければならない。\n第１１条　乙は、資料を返さなければならない。"
    )
    spaced = "\n".join(" ".join(line) for line in lines.split("\n"))
    reading = read(spaced)
    assert whole(reading)
    assert [(one.number, one.heading, one.text) for one in reading.paragraphs] == [
        ("第10条", "秘密の保持", "乙は、秘密を守らなければならない。"),
        ("第11条", "", "乙は、資料を返さなければならない。"),
    ]


def test_the_rows_of_a_form_keep_their_lines() -> None:
    text = "特記事項\n第１　乙は、名簿を出すこと。\n従事者名簿\n番号\t氏名\t所属\t始める日\n1\n2\n3\n以上\n"
    (form,) = held(text).forms
    assert form.text.split("\n")[1:] == ["番号\t氏名\t所属\t始める日", "1", "2", "3", "以上"]


def test_what_stands_behind_the_items_of_a_sentence_belongs_to_the_sentence() -> None:
    text = (
        "特記事項\n第１条　受託者は、再委託をしてはならない。ただし次の全てを満たすときは、除くものとする。\n"
        "一　委託者の承諾を得たとき\n二　再委託先が約したとき\n"
        "この場合において、受託者は、再委託先の行いに責任を負うものとする。\n"
        "第２条　受託者は、これを変えるときは、\n一　変える訳\n二　変える日\n"
        "を記載した書面を出さなければならない。\n"
    )
    held_ = {one.number: (one.heading, one.text) for one in held(text).paragraphs}
    assert held_["第1条"][1].endswith("この場合において、受託者は、再委託先の行いに責任を負うものとする。")
    assert held_["第2条"][1] == "受託者は、これを変えるときは、を記載した書面を出さなければならない。"
    assert [held_[f"第{at}条二"] for at in (1, 2)] == [("", "再委託先が約したとき"), ("", "変える日")]


def test_or_at_the_beginning_of_a_line_ends_no_item() -> None:
    text = (
        "特記事項\n第１条　乙は、次を出すこと。\n一　名簿\n二　写し\nまたは控え\n第２条　乙は、返すこと。\n"
    )
    assert [one.text for one in held(text).paragraphs][1:3] == ["名簿", "写しまたは控え"]


def test_a_second_list_in_one_clause_has_its_own_items() -> None:
    text = (
        "特記事項\n１　受注者は、次の各号を守ること。\n(1) 施錠\n(2) 台帳\n"
        "また、発注者は、次の各号を行うことができる。\n(1) 検査\n(2) 立入り\n２　受注者は、報告すること。\n"
    )
    assert [(one.number, one.text[-6:]) for one in held(text).paragraphs] == [
        ("1", "とができる。"),
        *(("1(1)", "施錠"), ("1(2)", "台帳"), ("1(1)（2つ目）", "検査"), ("1(2)（2つ目）", "立入り")),
        ("2", "告すること。"),
    ]


@pytest.mark.parametrize("sign", ["．", ".", "：", "　－　", " - "])
def test_what_parts_a_number_from_its_text_is_no_text(sign: str) -> None:
    text = (
        f"特記事項\n第１条{sign}乙は、次を行うこと。\n（１）{sign}施錠\n（２）{sign}記録\n"
        f"第２条{sign}乙は、返すこと。\n"
    )
    assert [(one.number, one.text) for one in held(text).paragraphs] == [
        ("第1条", "乙は、次を行うこと。"),
        ("第1条(1)", "施錠"),
        ("第1条(2)", "記録"),
        ("第2条", "乙は、返すこと。"),
    ]


def test_the_rows_of_a_table_within_a_clause_stay_apart() -> None:
    text = (
        "特記事項\n第１　乙は、次の書類を出すこと。\n書類\t時期\n名簿\t着手前\n報告書\t完了後\n"
        "第２　乙は、返すこと。\n"
    )
    assert held(text).paragraphs[0].text.split("　")[1:] == ["書類\t時期", "名簿\t着手前", "報告書\t完了後"]


def test_the_last_item_goes_on_over_a_full_line() -> None:
    text = (
        "特記事項\n第１条　受託者は、次に掲げる書類を、業務を始める日の前の日までに委託者に出すものとする。\n"
        "一　名簿\n二　受託者の代表者、責任者及び従事者の氏名並びにそれらの者の連絡先\n"
        "を記した一覧\n"
    )
    assert [one.text[-6:] for one in held(text).paragraphs[1:]] == ["名簿", "を記した一覧"]


def test_words_below_a_headline_are_a_paragraph_of_their_own() -> None:
    text = (
        "特記仕様書\n■ 体制\n(1) 受注者は、責任者を置くこと。\n■ 事故\n受注者は、事故をすぐに知らせること。\n"
        "■ 廃棄\n(1) 受注者は、媒体を砕くこと。\n"
    )
    assert [(one.number, one.text) for one in held(text).paragraphs] == [
        ("体制(1)", "受注者は、責任者を置くこと。"),
        ("事故", "受注者は、事故をすぐに知らせること。"),
        ("廃棄(1)", "受注者は、媒体を砕くこと。"),
    ]


def test_a_heading_above_headings_is_shown_in_its_place() -> None:
    text = (
        "大切なきまり\n第１　体制\n１　責任者\n乙は、責任者を置かなければならない。責任者は乙の者に限る。\n"
        "２　名簿\n乙は、名簿を出さなければならない。名簿は毎月改める。\n"
    )
    told = [(one.role, one.text) for one in entries(held(text)) if one.paragraph < 0]
    assert told == [(Role.PREAMBLE, "大切なきまり"), (Role.HEADING, "体制")]
    assert [one.heading for one in held(text).paragraphs] == ["責任者", "名簿"]


def test_the_head_of_a_table_is_no_heading_of_its_first_row() -> None:
    text = (
        "番号 項目 内容\n1 保管 受注者は、名簿を施錠できる書庫に置かなければならない。\n"
        "2 廃棄 受注者は、名簿を裁断すること。\n"
    )
    assert [(one.number, one.heading) for one in held(text).paragraphs] == [("1", "保管"), ("2", "廃棄")]


def test_a_supplementary_provision_without_number_is_in_no_clause() -> None:
    reading = held("特記事項\n第１条　乙は、守ること。\n（附則）\nこの特記事項は、４月１日から用いる。\n")
    assert [one.text for one in reading.paragraphs] == ["乙は、守ること。"]
    after = "".join(one.text for one in reading.pieces if one.role is Role.AFTER)
    assert after == "（附則）この特記事項は、４月１日から用いる。"


def test_a_title_in_two_lines_is_one() -> None:
    text = "令和８年度\n見本業務委託に係る\n個人情報の取扱いに関する\n特記事項\n１　乙は、守ること。\n"
    assert [one.title for one in held(text).documents] == ["個人情報の取扱いに関する特記事項"]


@pytest.mark.parametrize("version", ["Ver.3.2", "第2版", "（令和８年４月改正）", "案", "　令和８年度版"])
def test_the_version_behind_a_title_is_no_part_of_it(version: str) -> None:
    assert held(f"個人情報取扱特記事項{version}\n１　乙は、守ること。").documents[0].title == TITLE.strip()


@pytest.mark.parametrize("mark", ["様式第12号（第5条関係）\n", "様式第12号　", "別記様式\n"])
def test_an_annex_that_is_attached_as_a_form_is_an_annex(mark: str) -> None:
    reading = read(f"{mark}個人情報取扱特記事項\n第１　乙は、個人情報を守らなければならない。\n")
    assert [one.kind for one in reading.documents] == [DocumentKind.ANNEX]


def test_what_is_written_in_a_form_begins_no_document() -> None:
    text = (
        "特記事項\n第１　乙は、申請書を出さなければならない。\n様式第１号\n再委託承諾申請書\n"
        "契約件名　封筒印刷業務委託契約\n１　再委託の仕様書\n２　再委託先の保護規程\n"
    )
    reading = held(text)
    assert [one.kind for one in reading.documents] == [DocumentKind.ANNEX, DocumentKind.FORM]
    assert "再委託先の保護規程" in reading.forms[0].text


def test_a_contract_that_is_attached_behind_a_form_is_one() -> None:
    text = (
        "特記事項\n第１　乙は、誓約書を出さなければならない。\n様式第１号\n誓約書\n私は、守ります。\n\n"
        "再委託契約書\n１　乙は、守るものとする。\n２　乙は、返すものとする。\n"
    )
    assert [one.kind for one in held(text).documents][-1] is DocumentKind.CONTRACT


def test_an_alternative_with_the_same_number_is_a_clause_of_its_own() -> None:
    text = (
        "特記事項\n第１条　乙は、守ること。\n（再委託の禁止）（再委託を認めない場合に限る）\n"
        "第２条　乙は、再委託をしてはならない。\n（再委託の制限）（再委託を認める場合に限る）\n"
        "第２条　乙は、承諾を得ること。\n２　乙は、監督すること。\n（返還）\n第３条　乙は、返すこと。\n"
    )
    allowed = ("（再委託を認める場合に限る）",)
    assert [(one.number, one.heading, one.options) for one in held(text).paragraphs] == [
        ("第1条", "", ()),
        ("第2条", "再委託の禁止", ("（再委託を認めない場合に限る）",)),
        ("第2条第1項", "再委託の制限", allowed),
        ("第2条第2項", "再委託の制限", allowed),
        ("第3条", "返還", ()),
    ]


def test_lists_below_headings_within_a_clause_are_groups_of_it() -> None:
    text = (
        "特記事項\n１　乙は、次の措置をとること。\n（人）\n(1) 責任者\n(2) 名簿\n"
        "（物）\n(1) 鍵\n(2) 記録\n２　乙は、返すこと。\n"
    )
    assert [(one.number, one.heading) for one in held(text).paragraphs] == [
        ("1", ""),
        *(("1（人）(1)", "人"), ("1（人）(2)", "人"), ("1（物）(1)", "物"), ("1（物）(2)", "物")),
        ("2", ""),
    ]


@pytest.mark.parametrize("sign", ["★", "◎", "■", "#"])
def test_signs_around_titles_and_numbers_say_nothing(sign: str) -> None:
    reading = held(
        f"{sign} 個人情報取扱特記事項 {sign}\n{sign}第１条　乙は、守ること。\n"
        f"{sign}第２条　乙は、返すこと。\n"
    )
    assert [one.title for one in reading.documents] == ["個人情報取扱特記事項"]
    assert [one.number for one in reading.paragraphs] == ["第1条", "第2条"]
