"""What is no annex though it speaks of one, and what is one though it looks otherwise."""

from __future__ import annotations

import pytest

from app.annexes.reading.reader import read
from app.common import PeopleError
from tests.annexes.reading.test_split_structures import BODY, TITLE

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


def test_a_table_whose_cells_have_breaks_is_no_web_page() -> None:
    rows = "".join(f"| {at} | 乙は、次を守ること。<br>名簿<br>台帳 |\n" for at in range(1, 4))
    assert [one.number for one in read(f"個人情報安全管理基準\n{rows}").paragraphs] == ["1", "2", "3"]
