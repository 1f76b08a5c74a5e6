"""What annexes are made of beside numbers: options over several clauses, tables, bullets, sides by name."""

from __future__ import annotations

import pytest

from app.annexes.reading.model import DocumentKind, Parties, Reading
from app.annexes.reading.reader import split
from tests.annexes.reading.test_split_styles import whole

BODY = """（目的）
第１条　乙は、次のことを守らなければならない。
(1) 施錠すること。
２　乙は、結果を報告しなければならない。
（研修）
第２条　乙は、研修を行わなければならない。
（再委託）
第３条　乙は、再委託先を監督しなければならない。
（返還）
第４条　乙は、資料を返さなければならない。
"""
TITLE = "個人情報取扱特記事項\n"
ALL = {"第1条第1項", "第1条第1項(1)", "第1条第2項", "第2条", "第3条", "第4条"}


def held(text: str) -> Reading:
    reading = split(text)
    assert whole(reading)
    return reading


def with_option(text: str, words: str) -> set[str]:
    return {one.number for one in held(text).paragraphs if any(words in option for option in one.options)}


@pytest.mark.parametrize(
    ("option", "before", "binds"),
    [
        ("（第２条から第３条までの条文は、該当する契約のみ）", "（研修）", {"第2条", "第3条"}),
        ("（第２条及び第４条は、該当する契約のみ）", "（研修）", {"第2条", "第4条"}),
        ("（以下の条文は、該当する契約のみ）", "（再委託）", {"第3条", "第4条"}),
        ("（該当する契約のみ）", "（再委託）", {"第3条"}),
        ("〔該当する契約に限る。〕", "（再委託）", {"第3条"}),
        ("（第 ３ 条から第 ４ 条 までは、該当する 契約のみ）", "（再委託）", {"第3条", "第4条"}),
        ("（第４条は、該当する契約のみ）", "（研修）", {"第4条"}),
        ("（該当する契約のみ添付する。）", "（目的）", ALL),
        ("（第３条に掲げる、該当する契約のみ）", "（研修）", {"第2条"}),
    ],
)
def test_an_option_above_a_heading_binds_the_clauses_of_which_it_speaks(
    option: str, before: str, binds: set[str]
) -> None:
    text = TITLE + BODY.replace(before, f"{option}\n{before}")
    assert with_option(text, "該当する") == binds
    assert [one.heading for one in held(text).paragraphs] == [
        *("目的", "目的", "目的", "研修", "再委託", "返還"),
    ]
    assert all("該当する" not in one.text for one in held(text).paragraphs)


def test_an_option_of_a_clause_is_one_of_its_paragraphs_and_items() -> None:
    text = TITLE + BODY.replace("第１条　", "第１条（該当する契約のみ）　")
    assert with_option(text, "該当する") == {"第1条第1項", "第1条第1項(1)", "第1条第2項"}


def test_words_in_brackets_that_end_a_sentence_on_a_line_of_their_own_are_no_option() -> None:
    text = "特記事項\n第１条　乙は、名簿\n（住所に限る。）\n第２条　乙は、報告しなければならない。"
    assert [one.options for one in held(text).paragraphs] == [(), ()]


@pytest.mark.parametrize("heading", ["個人番号の取扱い", "番号の変更", "個人番号"])
def test_a_heading_may_speak_of_a_number(heading: str) -> None:
    text = f"特記事項\n（{heading}）\n第１条　乙は、報告しなければならない。"
    assert [one.heading for one in held(text).paragraphs] == [heading]


def test_a_heading_keeps_the_bracket_at_its_end() -> None:
    text = (
        "特記事項\n第１　再委託（例外を含む）\n"
        "　乙は、甲の承諾なく業務の一部でも他の者に行わせてはならず、これに反したときは責めを負う。\n"
    )
    assert [one.heading for one in held(text).paragraphs] == ["再委託（例外を含む）"]


SIDES: dict[str, tuple[str, Parties]] = {
    "two offices and a firm": (
        "若葉連合（以下「甲」という。）及び若葉町（以下「乙」という。）と株式会社見本（以下「丙」という。）は、"
        "次のとおり定める。\n第１条　丙は、秘密を守らなければならない。\n第２条　甲及び乙は、丙に指示する。",
        Parties(("甲", "乙"), ("丙",)),
    ),
    "the firm is called first": (
        "株式会社見本（以下「甲」という。）と若葉市（以下「乙」という。）は、次のとおり定める。\n"
        "第１条　甲は、秘密を守らなければならない。\n第２条　乙は、資料を渡すものとする。",
        Parties(("乙",), ("甲",)),
    ),
    "called in a sentence": (
        "若葉市を「甲」、株式会社見本を「乙」とし、次のとおり定める。\n"
        "第１条　乙は、秘密を守らなければならない。\n第２条　甲は、乙を調べることができる。",
        Parties(("甲",), ("乙",)),
    ),
    "the city by its name": (
        "第１条　株式会社見本（以下「受託業者」という。）は、若葉市の名簿を守らなければならない。\n"
        "第２条　若葉市は、受託業者を調べることができる。",
        Parties(("若葉市",), ("受託業者",)),
    ),
    "a sub-contractor is no side": (
        "第１条　乙は、業務を行う者（以下「再受託者」という。）に甲への義務を守らせなければならない。\n"
        "第２条　甲は、乙に指示できる。再受託者は、これを守るものとする。",
        Parties(("甲",), ("乙",)),
    ),
}


@pytest.mark.parametrize(("text", "sides"), SIDES.values(), ids=SIDES)
def test_sides_are_called_as_the_text_defines_them(text: str, sides: Parties) -> None:
    assert held(f"個人情報の取扱いに関する覚書\n{text}").documents[0].parties == sides


def test_an_annex_that_names_one_side_has_the_other_of_its_contract() -> None:
    contract = (
        "業務委託契約書\n第１条　乙は、業務を行わなければならない。\n第２条　甲は、代金を払うものとする。\n"
    )
    annex = "別記\n個人情報取扱特記事項\n第１　乙は、秘密を守らなければならない。\n"
    assert [one.parties for one in held(contract + annex).documents] == [Parties(("甲",), ("乙",))] * 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("個人情報の取扱いについて\n１　乙は、守らなければならない。", "個人情報の取扱いについて"),
        ("別紙２　個人情報の取扱いについて\n１　乙は、守らなければならない。", "個人情報の取扱いについて"),
        ("別紙２\n個人情報の取扱いについて\n１　乙は、守らなければならない。", "個人情報の取扱いについて"),
        (
            "個人情報の保護に関する委託基準\n第１　乙は、守らなければならない。",
            "個人情報の保護に関する委託基準",
        ),
        ("個人情報取扱特記事項　第１条　乙は、守らなければならない。", "個人情報取扱特記事項"),
    ],
)
def test_titles_are_found(text: str, title: str) -> None:
    reading = held(text)
    assert [(one.kind, one.title) for one in reading.documents] == [(DocumentKind.ANNEX, title)]
    assert [one.heading for one in reading.paragraphs] == [""]


def test_a_form_has_its_title_below_its_date_and_whom_it_is_for() -> None:
    text = (
        "特記事項\n第１　乙は、申請書を出さなければならない。\n"
        "様式第１号（第１関係）\n　年　月　日\n（あて先）甲\n"
        "　再委託承認申請書\n次のとおり申請します。\n１　再委託先\n２　範囲\n"
    )
    assert [one.title for one in held(text).forms] == ["再委託承認申請書"]


def test_what_is_attached_without_a_title_is_called_as_it_is_attached() -> None:
    text = TITLE + BODY + "別紙２（第１条関係）\n１　乙は、鍵をかけること。\n２　乙は、記録すること。\n"
    assert [one.part for one in held(text).documents] == ["特記事項", "別紙2"]


def test_a_heading_below_a_number_that_stands_alone_is_no_title() -> None:
    text = (
        "個人情報取扱特記事項\n1\n情報の管理に関する事項\n"
        "(1) 乙は、施錠すること。\n(2) 乙は、記録すること。\n"
        "2\n再委託に関する契約\n(1) 乙は、承諾を得ること。\n"
    )
    reading = held(text)
    assert len(reading.documents) == 1
    assert [(one.number, one.heading) for one in reading.paragraphs] == [
        ("1(1)", "情報の管理に関する事項"),
        ("1(2)", "情報の管理に関する事項"),
        ("2(1)", "再委託に関する契約"),
    ]


def test_the_first_numbers_of_a_clause_are_not_read_as_its_own() -> None:
    text = "特記事項\n" + "".join(
        f"第{at}　乙は、次を行うものとする。\n1 記録\n2 点検\n" for at in range(1, 12)
    )
    numbers = [one.number for one in held(text).paragraphs]
    assert len({*numbers}) == len(numbers)
    assert numbers[:3] == ["第1", "第1の1", "第1の2"]


@pytest.mark.parametrize("counted", ["１か所", "１カ所", "1通", "１割", "１社", "１か国"])
def test_a_line_that_begins_with_a_count_opens_nothing(counted: str) -> None:
    text = f"特記事項\n第１条　乙は、次の定めにより、\n{counted}の控えを残さなければならない。\n"
    assert [one.number for one in held(text).paragraphs] == ["第1条"]


@pytest.mark.parametrize(
    "said",
    [
        "個人情報保護条例\n第12条（委託の措置）の規定に基づき",
        "個人情報の保護に関する法律\n第66条（安全管理）第2項に定める",
        "財務規則\n第100条　第1項により",
        "町の契約約款\n第30条　に定める",
    ],
)
def test_a_clause_of_something_else_opens_no_gap(said: str) -> None:
    text = f"特記事項\n第１条　乙は、{said}ところを守ること。\n第２条　乙は、報告すること。\n"
    assert [one.number for one in held(text).paragraphs] == ["第1条", "第2条"]


def test_what_is_counted_on_one_line_is_no_number() -> None:
    text = (
        "個人情報取扱特記事項 第１条 乙は、正本 1 部及び副本 2 部を別紙 1 のとおり出すこと。 "
        "第２条 乙は、甲が第 3 条に定める 2 名の者を置くこと。"
    )
    assert [one.number for one in held(text).paragraphs] == ["第1条", "第2条"]


PAGES = """個人情報取扱特記事項
第１条　受注者は、業務で知った個人情報を漏らしてはならず、業務の目的の外に使用し
1
個人情報取扱特記事項（改正版）
てはならない。この契約が終わった後も同様とする。
第２条　受注者は、従事者の名簿を出さなければならない。
第３条　受注者は、責任者を置かなければならない。
第４条　受注者は、次の各号に掲げる事項を記した
2
個人情報取扱特記事項（改正版）
届を出さなければならない。
(1) 責任者の氏名
(2) 連絡先
3
"""


def test_a_head_below_the_number_of_each_page_is_no_new_document() -> None:
    reading = held(PAGES)
    assert len(reading.documents) == 1
    assert [one.number for one in reading.paragraphs] == [
        *("第1条", "第2条", "第3条", "第4条", "第4条(1)", "第4条(2)"),
    ]
    assert reading.paragraphs[0].text.endswith("使用してはならない。この契約が終わった後も同様とする。")
    assert reading.paragraphs[3].text == "受注者は、次の各号に掲げる事項を記した届を出さなければならない。"


def test_numbers_alone_near_each_other_are_clauses_though_a_sentence_seems_to_go_on() -> None:
    text = (
        "業務仕様書\n1\n名称\n封筒を印刷して封をし、町の全ての家に届ける仕事の一切\n2\n期間\n"
        "契約の日から次の年の３月の末の日までのおよそ一年の間\n3\n内容\n受注者は、封筒を印刷すること。\n"
    )
    assert [one.number for one in held(text).paragraphs] == ["1", "2", "3"]


def test_what_stands_alone_below_a_number_is_no_heading_of_the_next() -> None:
    text = "特記事項\n第1　乙は、次を行うものとする。\n1\n記録\n2\n点検\n第2　乙は、報告するものとする。\n"
    assert [(one.number, one.heading, one.text) for one in held(text).paragraphs] == [
        ("第1", "", "乙は、次を行うものとする。"),
        ("第1の1", "", "記録"),
        ("第1の2", "", "点検"),
        ("第2", "", "乙は、報告するものとする。"),
    ]


def test_a_page_number_above_the_code_of_a_form_is_in_no_clause() -> None:
    text = "特記事項\n１　乙は、守るものとする。\n\n2\n(20250401)\n（報告）\n２　乙は、報告するものとする。\n"
    assert [one.text for one in held(text).paragraphs] == [
        "乙は、守るものとする。",
        "乙は、報告するものとする。",
    ]
