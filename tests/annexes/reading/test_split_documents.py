"""Several documents in one text, forms, parties, options, furniture; and what is no annex at all."""

from __future__ import annotations

import pytest

from app.annexes.reading import judging
from app.annexes.reading.model import DocumentKind, Parties, Role
from app.annexes.reading.reader import read, split
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.choosing import title_of
from app.common import PeopleError
from tests.annexes.reading.converted import closed, with_pages
from tests.annexes.reading.styles import STYLES
from tests.annexes.reading.test_split_styles import tree, whole

CONTRACT = """業務委託契約書
見本市（以下「発注者」という。）と株式会社見本（以下「受注者」という。）は、次のとおり契約を結ぶ。
（業務）
第１条　受注者は、別紙仕様書に定める業務を行わなければならない。
（秘密）
第２条　受注者は、業務で知った秘密を漏らしてはならない。
２　前項の定めは、契約が終わった後も同様とする。
この契約の成立を証するため、本書２通を作り、各自１通を持つものとする。
令和　年　月　日
発注者　見本市長　　　　　　印
受注者　　　　　　　　　　　印
"""
ANNEX = """別記（第２条関係）
個人情報取扱特記事項
（管理）
第１　受注者は、個人情報を鍵のかかる場所に置かなければならない。
（誓約）
第２　受注者は、業務に当たる者から別記様式による誓約書を取り、発注者に提出しなければならない。
"""
OATH = """別記様式（第２関係）
誓約書
私は、個人情報取扱特記事項の説明を受け、次のことを守ると誓います。
１　業務で知ったことを漏らしません。
２　業務の後も漏らしません。
年　月　日
氏名
"""


def test_contract_annex_and_oath_are_three_documents() -> None:
    reading = split(CONTRACT + ANNEX + OATH)
    assert whole(reading)
    assert [(one.kind, one.title, one.part) for one in reading.documents] == [
        (DocumentKind.CONTRACT, "業務委託契約書", "契約書"),
        (DocumentKind.ANNEX, "個人情報取扱特記事項", "特記事項"),
        (DocumentKind.FORM, "誓約書", ""),
    ]
    assert [one.number for one in reading.paragraphs] == [
        "契約書 第1条",
        "契約書 第2条第1項",
        "契約書 第2条第2項",
        "特記事項 第1",
        "特記事項 第2",
    ]
    (oath,) = reading.forms
    assert "業務の後も漏らしません。" in oath.text
    assert oath.text.startswith("別記様式")


def test_what_stands_around_the_clauses_is_kept_with_its_place() -> None:
    reading = split(CONTRACT)
    before = next(one for one in reading.pieces if one.role is Role.PREAMBLE and one.text)
    after = "".join(one.text for one in reading.pieces if one.role is Role.AFTER)
    assert before.text.startswith("見本市（以下「発注者」という。）")
    assert after.startswith("この契約の成立を証するため")
    assert "見本市長" in after
    assert reading.paragraphs[-1].text == "前項の定めは、契約が終わった後も同様とする。"


def test_two_annexes_in_one_text_are_both_there_and_told_apart() -> None:
    reading = read(ANNEX + ANNEX.replace("鍵のかかる場所", "金庫"))
    assert [one.number for one in reading.paragraphs] == [
        f"特記事項{which} 第{number}" for which in (1, 2) for number in (1, 2)
    ]
    assert "金庫" in reading.paragraphs[2].text


def test_clauses_that_begin_anew_without_a_title_are_another_document() -> None:
    first, second = STYLES["articles"], STYLES["points"]
    untitled = second.text.split("特記事項\n", 1)[1]
    reading = split(first.text + untitled)
    numbers = [one.number.rpartition(" ")[2] for one in reading.paragraphs]
    assert numbers == [number for style in (first, second) for number, _, _ in style.tree]
    assert len({one.number for one in reading.paragraphs}) == len(numbers)


def test_guidance_with_numbers_before_the_title_has_no_clauses() -> None:
    guidance = "この様式の使い方\n１　所属名を記入してください。\n２　印刷してください。\n"
    reading = split(guidance + ANNEX)
    assert [one.number for one in reading.paragraphs] == ["第1", "第2"]
    assert whole(reading)


@pytest.mark.parametrize(
    ("text", "client", "vendor"),
    [
        (CONTRACT, ("発注者",), ("受注者",)),
        (STYLES["articles"].text, ("甲",), ("乙",)),
        (STYLES["plain"].text, ("委託者",), ("受託者",)),
        (
            "共同処理に関する特記事項\n第１条　丙は、甲及び乙から預かった資料を守らなければならない。\n"
            "第２条　丙は、甲又は乙が求めるときは報告しなければならない。\n"
            "第３条　甲と乙は、丙を調べることができる。",
            ("甲", "乙"),
            ("丙",),
        ),
        ("取扱基準\n第１　名簿は、書庫で保管すること。", (), ()),
    ],
)
def test_the_words_for_both_sides_are_found(
    text: str, client: tuple[str, ...], vendor: tuple[str, ...]
) -> None:
    assert split(text).documents[0].parties == Parties(client, vendor)


def test_an_option_in_brackets_is_no_heading() -> None:
    text = (
        "個人情報取扱特記事項\n（再委託）\n（該当する契約のみ）\n第１条　乙は、再委託をしてはならない。\n"
        "（海外）\n第２条（海外の業者を使う場合に限る）乙は、国内に保存しなければならない。\n"
        "（適用）\n第３条　乙は、これを守らなければならない。"
    )
    held = split(text).paragraphs
    assert [(one.heading, one.options) for one in held] == [
        ("再委託", ("（該当する契約のみ）",)),
        ("海外", ("（海外の業者を使う場合に限る）",)),
        ("適用", ()),
    ]
    assert held[1].text == "乙は、国内に保存しなければならない。"


def test_a_note_belongs_to_no_clause() -> None:
    text = (
        "特記事項\n第１　乙は、名簿を守らなければならない。\n"
        "※該当しない契約では削除する。\n第２　乙は、報告すること。"
    )
    reading = split(text)
    assert [one.text for one in reading.paragraphs] == [
        "乙は、名簿を守らなければならない。",
        "乙は、報告すること。",
    ]
    assert [one.text for one in reading.pieces if one.role is Role.NOTE and one.text] == [
        "※該当しない契約では削除する。"
    ]


def test_page_numbers_and_running_heads_are_not_in_the_clauses() -> None:
    text = "\n".join(
        [
            "個人情報取扱特記事項",
            *(
                f"第{at}条　乙は、{at}番目の書類を鍵のかかる書庫に置かなければならない。"
                for at in range(1, 61)
            ),
        ]
    )
    reading = split(with_pages(text))
    assert [one.number for one in reading.paragraphs] == [f"第{at}条" for at in range(1, 61)]
    ends = {closed(one.text)[-19:] for one in reading.paragraphs}
    assert ends == {"鍵のかかる書庫に置かなければならない。"}
    assert "見本市役所" in "".join(one.text for one in reading.pieces if one.role is Role.FURNITURE)
    assert whole(reading)


def test_a_sentence_that_comes_again_in_every_annex_is_no_running_head() -> None:
    reading = split(ANNEX * 4)
    assert len(reading.paragraphs) == 8
    assert not [one for one in reading.pieces if one.role is Role.FURNITURE]


@pytest.mark.parametrize(
    "line",
    [
        "第２条第１項の定めによる",
        "第10条、第11条及び",
        "第三者に渡すこと",
        "15 年法律第 57 号に",
        "2週間以内に",
        "２ 年間は",
        "(2)に掲げる",
        "2.5 %を",
    ],
)
def test_a_line_that_begins_with_a_number_spoken_of_opens_nothing(line: str) -> None:
    before = "第１条　乙は、前に述べた次の事項、すなわち長い長い長い長い長い長い長い長い長い"
    text = f"特記事項\n{before}\n{line}ことを守るものとする。\n"
    reading = split(text)
    assert [one.number for one in reading.paragraphs] == ["第1条"]
    assert closed(line) in closed(reading.paragraphs[0].text)


def test_a_damaged_number_costs_one_clause_and_not_all_behind_it() -> None:
    points = "特記事項\n" + "".join(f"第{at}　乙は、{at}を守らなければならない。\n" for at in range(1, 9))
    plain = "特記事項\n" + "".join(f"{at}　乙は、{at}を守らなければならない。\n" for at in range(1, 9))
    assert len(split(points.replace("第4　", "第×　")).paragraphs) == 7
    assert len(split(plain.replace("4　", "×　", 1)).paragraphs) == 7


def test_rows_without_numbers_are_paragraphs() -> None:
    text = (
        "安全管理措置一覧\n区分\t内容\n組織\t受注者は、責任者を置かなければならない。\n"
        "人\t受注者は、従事者を教育しなければならない。\n"
    )
    reading = read(text)
    assert [one.number for one in reading.paragraphs] == ["表の1行目", "表の2行目"]
    assert reading.paragraphs[1].text.endswith("受注者は、従事者を教育しなければならない。")
    assert whole(reading)


def test_a_list_of_contents_is_no_clause() -> None:
    contents = "目次\n1 総則 ........ 1\n2 保護 ........ 3\n"
    first, second = "受注者は、仕様書を守らなければならない。", "受注者は、情報を守らなければならない。"
    body = f"1 総則\n1.1 {first}\n2 保護\n2.1 {second}\n"
    reading = split("業務仕様書\n" + contents + body)
    assert [(one.number, one.heading) for one in reading.paragraphs] == [("1.1", "総則"), ("2.1", "保護")]


def test_an_item_knows_its_lead() -> None:
    held = split(STYLES["articles"].text).paragraphs
    by_number = {one.number: one for one in held}
    assert held[by_number["第2条第1項(2)ア"].lead].number == "第2条第1項(2)"
    assert held[by_number["第2条第1項(2)"].lead].number == "第2条第1項"
    assert by_number["第2条第2項"].lead == -1


MENU = "本日の献立\n1 カレーライス 800円\n2 うどん 500円\n3 そば 550円\n4 コーヒー 300円\n"
NOVEL = (
    "一\n　雨が降っていた。彼は窓を開けた。\n二\n　朝になると、山は雪をかぶっていた。\n三\n　彼は町を出た。\n"
)


@pytest.mark.parametrize("text", [MENU, NOVEL, "こんにちは。", "1\n2\n3\n", "第1条\n第2条\n"])
def test_a_wrong_document_has_no_clauses(text: str) -> None:
    with pytest.raises(PeopleError, match="条項が見つかりません"):
        read(text)


@pytest.mark.parametrize("text", ["", " 　\n\t\n", "\ufeff"])
def test_nothing_is_said_to_be_nothing(text: str) -> None:
    with pytest.raises(PeopleError, match=r"文章がありません|条項が見つかりません"):
        read(text)


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_a_text_may_be_as_long_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, more: int, is_read: bool
) -> None:
    monkeypatch.setattr(judging, "LARGEST", len(ANNEX) - more)
    if is_read:
        assert read(ANNEX).paragraphs
    else:
        with pytest.raises(PeopleError, match="長すぎます"):
            read(ANNEX)


def test_a_text_in_columns_is_said_to_have_no_order() -> None:
    with pytest.raises(PeopleError, match="縦書き"):
        read("\n".join("".join(ANNEX.split())))


def test_every_style_is_taken_for_an_annex() -> None:
    for style in STYLES.values():
        assert tree(read(style.text))


LETTER = """
　いつもお世話になっております。業務に当たり、次のことをお守りください。

{0}業務で知った個人情報を外に漏らさないでください。
{1}個人情報を複写するときは、事前に市の承諾を得てください。

以上、よろしくお願いいたします。
"""


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("若葉市総務課\n\n個人情報の取扱いについてのお願い\n", "個人情報の取扱いについてのお願い"),
        ("受託者　様\n件名：個人情報の扱い方\n", "個人情報の扱い方"),
        ("受託者　様\n件　名　　名簿を預かる方へのお願い\n若葉市\n", "名簿を預かる方へのお願い"),
        ("【標題】　個人情報の扱い方\n受託者　様\n", "個人情報の扱い方"),
        ("受託者　各位\n　　　名簿の扱い方について（依頼）\n", "名簿の扱い方について(依頼)"),
        ("受託者　様\n名簿の扱い方\nに関するお願い\n", "名簿の扱い方に関するお願い"),
        ("受託者　各位\n個人情報の取扱いについて\n", "個人情報の取扱いについて"),
        ("【お願い】個人情報の取扱いについて\n受託者　様\n", "【お願い】個人情報の取扱いについて"),
        ("受託者　各位\n若葉市総務課\n", "特記事項"),
        ("受託者　各位\n下記についてお願いします。\n", "特記事項"),
    ],
)
@pytest.mark.parametrize("signs", [("1 ", "2 "), ("・", "・")])
def test_a_letter_is_called_what_it_calls_itself(head: str, title: str, signs: tuple[str, str]) -> None:
    reading = read(head + LETTER.format(*signs))
    assert title_of(begin(reading)) == title
    assert whole(reading)
    assert [one.text[:2] for one in reading.paragraphs] == ["業務", "個人"]
