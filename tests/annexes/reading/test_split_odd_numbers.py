"""Numbers as they come in a city's file: in the old form, unreadable, run into the words, given twice."""

from __future__ import annotations

import pytest

from app.annexes.reading.model import Reading
from app.annexes.reading.reader import split
from app.annexes.reading.review.beginning import begin
from tests.annexes.reading.test_split_styles import whole

TITLE = "個人情報取扱特記事項\n"


def held(text: str) -> Reading:
    reading = split(TITLE + text)
    assert whole(reading)
    numbers = [one.number for one in reading.paragraphs]
    assert len(set(numbers)) == len(numbers)
    assert list(begin(reading).numbers()) == numbers
    return reading


def said(text: str) -> list[tuple[str, str]]:
    return [(one.number, one.text) for one in held(text).paragraphs]


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        (("第一條", "第二條", "第二條の2"), ("第一條", "第二條", "第二條の2")),
        (("第１條", "第２條", "第３條"), ("第1條", "第2條", "第3條")),
        (("第壹條", "第貳條", "第參條"), ("第壹條", "第貳條", "第參條")),
    ],
)
def test_clauses_in_the_old_form_are_read_and_called_as_they_are_printed(
    numbers: tuple[str, ...], printed: tuple[str, ...]
) -> None:
    text = "".join(f"{number}（扱い）\n　乙は、前條のほか、記録を守る。\n" for number in numbers)
    assert said(text) == [(number, "乙は、前條のほか、記録を守る。") for number in printed]


@pytest.mark.parametrize(
    "sign", ["×", "○", "〇", "◯", "●", "■", "□", "△", "＊", "？", "＿", "－", "××", "　", ""]
)
def test_a_clause_whose_number_is_masked_stands_with_its_mark_and_not_in_the_one_before(sign: str) -> None:
    text = (
        "第１条（秘密）\n　乙は、秘密を守る。\n"
        f"第{sign}条（複写）\n　乙は、写さない。\n２　甲は、検査できる。\n"
        "第３条（返還）\n　乙は、返す。\n"
    )
    first, second, third, fourth = held(text).paragraphs
    assert (first.number, first.text) == ("第1条", "乙は、秘密を守る。")
    assert second.number.endswith("条第1項")
    assert (second.heading, second.text) == ("複写", "乙は、写さない。")
    assert (third.number.endswith("条第2項"), third.text) == (True, "甲は、検査できる。")
    assert (fourth.number, fourth.heading) == ("第3条", "返還")


def test_a_text_all_of_whose_numbers_are_masked_has_a_clause_for_each() -> None:
    assert said("第○条　乙は、守る。\n第○条　乙は、写さない。\n第○条の２　乙は、返す。\n") == [
        ("第○条", "乙は、守る。"),
        ("第○条（2つ目）", "乙は、写さない。"),
        ("第○条の2", "乙は、返す。"),
    ]


@pytest.mark.parametrize("line", ["第○条の規定により、乙は返す。", "第×条に定める事項を守る。", "第○条関係"])
def test_a_masked_clause_that_is_only_spoken_of_begins_none(line: str) -> None:
    text = f"第１条　乙は、守る。\n{line}\n第２条　乙は、写さない。\n"
    assert [number for number, _ in said(text)] == ["第1条", "第2条"]


@pytest.mark.parametrize("signs", ["一二三", "アイウ", "イロハ"])
def test_items_whose_numbers_nothing_parts_from_their_words_are_read_without_line_breaks(signs: str) -> None:
    words = ("個人情報を漏らさないこと。", "記録を写さないこと。", "名簿を持ち出さないこと。")
    items = "".join(f"{sign}{text}" for sign, text in zip(signs, words, strict=True))
    assert said(f"第1条 乙は、次のことを守る。{items}第2条 乙は、報告する。") == [
        ("第1条", "乙は、次のことを守る。"),
        *((f"第1条{sign}", text) for sign, text in zip(signs, words, strict=True)),
        ("第2条", "乙は、報告する。"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "乙は、次のことを守る。一部の記録も守る。三日以内に報告する。",
        "乙は、次のことを守る。アクセスの記録を残す。イベントの記録を残す。",
        "乙は、守る。一定の期間、記録を残す。二度と写さない。",
    ],
)
def test_a_word_that_begins_like_a_number_begins_no_item(words: str) -> None:
    assert said(f"第1条 {words}第2条 乙は、報告する。")[0] == ("第1条", words)


def test_a_second_list_behind_a_sentence_of_the_clause_has_names_of_its_own() -> None:
    text = (
        "第１条　乙は、次のことを守る。\n(1) 漏らさないこと。\n(2) 写さないこと。\n"
        "　乙は、次のことを報告する。\n(1) 日時\n(2) 件数\n第２条　乙は、返す。\n"
    )
    assert said(text) == [
        ("第1条", "乙は、次のことを守る。乙は、次のことを報告する。"),
        ("第1条(1)", "漏らさないこと。"),
        ("第1条(2)", "写さないこと。"),
        ("第1条(1)（2つ目）", "日時"),
        ("第1条(2)（2つ目）", "件数"),
        ("第2条", "乙は、返す。"),
    ]


@pytest.mark.parametrize(("first", "again"), [("(1)", "1(1)"), ("ア", "1ア"), ("①", "1①")])
def test_a_number_that_was_given_twice_is_two_items(first: str, again: str) -> None:
    text = f"1　乙は、次のことを守る。\n{first} 漏らさないこと。\n{first} 写さないこと。\n2　乙は、返す。\n"
    assert [number for number, _ in said(text)] == ["1", again, f"{again}（2つ目）", "2"]


def test_a_paragraph_whose_number_was_given_twice_is_two() -> None:
    text = "1　乙は、守る。\n2　乙は、写さない。\n2　乙は、返す。\n3　乙は、報告する。\n"
    assert [number for number, _ in said(text)] == ["1", "2", "2（2つ目）", "3"]
