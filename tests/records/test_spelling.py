"""Which spellings are one word, which are one key, and in which order texts stand."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.records.spelling.collation import order
from app.records.spelling.fold import alike, fold, holds, squeezed, unified, words_of

ODD = st.text() | st.text("Aａ１2ーｰ－-‐ アｱｶﾞがっッ髙高葛\U000e0100\u200bﾞ゛\u3099ΐßİ", max_size=10)


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        ("佐久間 晴香", "佐久間晴香"),
        ("佐久間晴香", "佐久間　晴香"),
        ("サクマ ハルカ", "サクマハルカ"),
        ("サクマ ハルカ", "ｻｸﾏﾊﾙｶ"),
        ("サクマ ハルカ", "さくまはるか"),
        ("PC-001", "PC001"),
        ("PC001", "pc-001"),
        ("ＰＣ－００１", "PCー001"),
        ("03-1234-5678", "0312345678"),
        ("サーバー室", "ｻｰﾊﾞｰ"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_what_people_mean_is_found(stored: str, query: str) -> None:
    assert holds(words_of(query), "別の欄", stored)


@pytest.mark.parametrize(("stored", "query"), [("サーバ", "サバ"), ("山田", "田山"), ("PC-001", "PC-002")])
def test_what_they_do_not_mean_is_not(stored: str, query: str) -> None:
    assert not holds(words_of(query), stored)


def test_words_do_not_run_across_texts_and_no_word_finds_all() -> None:
    assert not holds(words_of("田太"), "山田", "太郎")
    assert holds(words_of("田 太"), "山田", "太郎")
    assert holds(words_of(" - "), "山田")


@pytest.mark.parametrize(
    "typed",
    [
        "ＰＣ－９０１",
        "pc-901",
        "PC－901 ",
        "PCー901",
        "PC‐901",
        "PC − 901",
        "PC-901\u200b",
        "\ufeffＰｃ-９０1",
    ],
)
def test_the_same_key_in_another_spelling(typed: str) -> None:
    assert alike(typed) == alike("PC-901")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PC-901", "PC901"),
        ("サクラ商事", "さくら商事"),
        ("髙橋工業", "高橋工業"),
        ("サーバ", "サーバー"),
        ("棟 1 23", "棟 12 3"),
        ("第1会議室", "第11会議室"),
    ],
)
def test_keys_that_may_be_two_stay_two(one: str, other: str) -> None:
    assert alike(one) != alike(other)


def test_blanks_within_a_name_make_no_other_key() -> None:
    assert len({alike(name) for name in ("見本 商事", "見本商事", "見本　商事 ", "見本\xa0商事")}) == 1


@given(ODD)
def test_folding_twice_is_folding_once(text: str) -> None:
    for step in (fold, unified, alike, squeezed):
        assert step(step(text)) == step(text)


@given(ODD.filter(lambda text: not any(map(unicodedata.combining, unicodedata.normalize("NFKC", text)))))
def test_every_text_is_found_by_itself(text: str) -> None:
    assert holds(words_of(text), text)


@pytest.mark.parametrize(
    "wanted",
    [
        ["NB-1", "NB-2", "ＮＢ－3", "NB-10", "NB-21"],
        ["9号", "10号", "011号", "100号"],
        ["A", "A-1", "A-1-2", "A1", "B"],
    ],
)
def test_digits_are_numbers_and_widths_make_no_difference(wanted: list[str]) -> None:
    assert all(order(one) < order(then) for one, then in pairwise(wanted))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("アイダ ジン", "アガワ フミ"),
        ("アガワ フミ", "イカワ レイ"),
        ("ｱｶﾞﾜ ﾌﾐ", "アカワ フユ"),
        ("あかわ", "アガワ"),
        ("ハチ", "バチ"),
        ("バチ", "パチ"),
        ("バチ", "ハチヤ"),
        ("キャク", "キヤク"),
        ("オーノ", "オオノ"),
        ("オオノ", "オーノギ"),
        ("サトウ ワタル", "サトウダ アイ"),
        ("ん", "漢字"),
    ],
)
def test_readings_stand_as_in_a_dictionary(first: str, then: str) -> None:
    assert order("同じ", first) < order("同じ", then)
    assert order(first) < order(then)


def test_names_without_a_reading_come_last() -> None:
    people = [
        ("渡部 梓", "ワタベ アズサ"),
        ("一番", ""),
        ("相田 仁", "アイダ ジン"),
        ("阿川 史", "アガワ フミ"),
    ]
    assert [name for name, _ in sorted(people, key=lambda one: order(*one))] == [
        "相田 仁",
        "阿川 史",
        "渡部 梓",
        "一番",
    ]


PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(PRINTED, PRINTED)
@example("NB-3", "ＮＢ－3")
@example("1", "01")
def test_no_two_texts_tie(one: str, other: str) -> None:
    assert (order(one) == order(other)) == (one == other)
    assert (order("名", one or "ア") == order("名", other or "ア")) == ((one or "ア") == (other or "ア"))


@given(st.integers(0, 10**20), st.integers(0, 10**20))
def test_numbers_stand_as_numbers(one: int, other: int) -> None:
    assert (order(f"第{one}号") < order(f"第{other}号")) == (one < other)
