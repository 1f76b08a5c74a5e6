"""What annexes are made of beside numbers: options over several clauses, tables, bullets, sides by name."""

from __future__ import annotations

import pytest

from app.annexes.reading.listing import entries
from app.annexes.reading.model import DocumentKind, Parties, Reading, Role
from app.annexes.reading.reader import read, split
from app.common import PeopleError
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


LETTER = """件名：契約書の件
いつもお世話になっております。若葉市の山田です。
業務委託契約書について、次の点をご確認ください。
1. 押印の位置
2. 個人情報の取扱いの様式は別に送ります。
よろしくお願いいたします。
"""
MINUTES = """定例会議議事録
1 日時　4月1日
2 出席者　甲野、乙山
3 議題
(1) 個人情報研修　5月に行う。
4 次回　5月1日
"""


@pytest.mark.parametrize("text", [LETTER, MINUTES])
def test_a_letter_or_minutes_are_no_annex_though_they_speak_of_one(text: str) -> None:
    with pytest.raises(PeopleError, match="条項が見つかりません"):
        read(text)


def test_an_annex_in_a_letter_is_read() -> None:
    assert (
        len(read("いつもお世話になっております。\n" + TITLE + BODY + "よろしくお願いいたします。").paragraphs)
        == 6
    )


def test_a_list_of_questions_about_what_is_done_is_read() -> None:
    text = "個人情報保護チェックリスト\n□ 1．責任者を置いているか。\n□ 2．書庫は施錠されているか。\n"
    assert [one.number for one in read(text).paragraphs] == ["1", "2"]


@pytest.mark.parametrize(("tags", "is_read"), [(2, True), (3, False)])
def test_the_signs_of_a_web_page_are_told_from_words(tags: int, is_read: bool) -> None:
    text = TITLE + BODY + "<br>" * tags
    if is_read:
        assert read(text).paragraphs
    else:
        with pytest.raises(PeopleError, match=r"HTML.*貼り付けてください。$"):
            read(text)


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
