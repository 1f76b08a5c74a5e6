"""The cover of a contract, the notes of the other side, and the lines of a form at the end."""

from __future__ import annotations

import pytest

from app.annexes.reading.model import Role
from app.annexes.reading.reader import read, split
from app.annexes.reading.review.forms import wording
from tests.annexes.reading.test_split_styles import whole

COVER = """業務委託契約書
１　件名　　封筒の宛名印字
２　期間　　令和８年４月１日から令和９年３月31日まで
３　金額　　金1,000,000円
　上記の業務について、青空町と株式会社見本は、次のとおり契約を結ぶ。
（秘密）
第１条　受託者は、業務で知った秘密を漏らしてはならない。
（報告）
第２条　受託者は、事故が起きたときは直ちに青空町に報告しなければならない。
２　報告は、書面によるものとする。
"""
POINTS = """個人情報取扱特記事項
第１　受注者は、個人情報を鍵のかかる場所に置かなければならない。
第２　受注者は、事故が起きたときは直ちに発注者に報告しなければならない。
"""
OATH = """
別記様式
誓約書
青空町長　様
　私は、業務に当たり、次のことを守ると誓います。
１　業務で知ったことを、在職中はもちろん
退職した後も漏らしません。
２　許しを得ずに資料を写しません。
　　令和　　年　　月　　日
　　氏名　　　　　　　印
"""


def numbers(text: str) -> list[str]:
    reading = split(text)
    assert whole(reading)
    return [one.number for one in reading.paragraphs]


def test_the_numbered_lines_of_a_cover_swallow_no_article() -> None:
    assert numbers(COVER) == ["第1条", "第2条第1項", "第2条第2項"]


def test_the_cover_is_shown_as_what_stands_before_the_clauses() -> None:
    reading = split(COVER)
    before = "".join(one.text for one in reading.pieces if one.role is Role.PREAMBLE)
    assert "封筒の宛名印字" in before
    assert "次のとおり契約を結ぶ" in before
    assert [one.heading for one in reading.paragraphs] == ["秘密", "報告", "報告"]


def test_numbers_that_say_whole_sentences_are_no_cover() -> None:
    text = COVER.replace("金1,000,000円", "受託者は、契約保証金を納めなければならない。")
    read_ = split(text)
    assert whole(read_)
    assert any("契約保証金" in one.text for one in read_.paragraphs)
    assert any(one.number.endswith("第2条第2項") for one in read_.paragraphs)


def test_an_article_that_is_only_spoken_of_ends_no_numbers() -> None:
    text = "遵守事項\n1 受託者は、次の定めを守ること。\n第1条（目的）の定め\n2 受託者は、名簿を出すこと。\n"
    assert numbers(text) == ["1", "2"]


@pytest.mark.parametrize(
    "notes",
    [
        "注１　「受注者」は受託した者をいう。\n　２　不要な事項は除くこと。\n",
        "注１　「受注者」は受託した者を\nいう。\n２　不要な事項は除くこと。\n３　様式は変えてよい。\n",
        "備考\n１　「受注者」は受託した者をいう。\n２　不要な事項は除くこと。\n",
        "（注）\n１　「受注者」は受託した者をいう。\n２　不要な事項は除くこと。\n",
        "備考 (1) 「受注者」は受託した者をいう。\n(2) 不要な事項は除くこと。\n",
    ],
)
def test_the_numbers_of_a_note_are_no_paragraphs_of_the_clause_before(notes: str) -> None:
    assert numbers(POINTS + notes) == ["第1", "第2"]
    told = "".join(one.text for one in split(POINTS + notes).pieces if one.role is Role.NOTE)
    assert "不要な事項は除くこと" in told


@pytest.mark.parametrize("note", ["注　前項の報告は様式による。\n", "※ 前項の報告は様式による。\n"])
def test_behind_a_note_without_a_number_the_clause_goes_on(note: str) -> None:
    text = POINTS + note + "２　受注者は、その記録を３年間保存しなければならない。\n"
    assert numbers(text) == ["第1", "第2第1項", "第2第2項"]


def test_a_clause_goes_on_behind_a_numbered_note() -> None:
    text = (
        POINTS
        + "注１　様式は変えてよい。\n２　不要な事項は除く。\n第３　受注者は、名簿を出さなければならない。\n"
    )
    assert numbers(text) == ["第1", "第2", "第3"]


def test_the_wording_of_an_oath_keeps_its_lines_and_says_not_to_whom_it_is_given() -> None:
    (form,) = read(POINTS + OATH).forms
    assert wording(form) == (
        "私は、業務に当たり、次のことを守ると誓います。",
        "１ 業務で知ったことを、在職中はもちろん退職した後も漏らしません。",
        "２ 許しを得ずに資料を写しません。",
    )


@pytest.mark.parametrize(
    "to", ["（宛先）青空町長", "青空町長　殿", "青空町長あて", "令和　年　月　日\n青空町長　様"]
)
def test_whom_an_oath_is_given_to_is_not_sworn(to: str) -> None:
    (form,) = read(POINTS + OATH.replace("青空町長　様", to)).forms
    assert wording(form)[0].startswith("私は、")


SWORN = "　私は、業務で知ったことを漏らさないと誓います。\n"
SIGNED = "令和　年　月　日\n住所\n氏名　　　　　印\n"


@pytest.mark.parametrize(
    "note",
    [
        "※ 従事者が自ら署名してください。\n※ 写しを添えること。\n",
        "（注）この様式は、作業を始める前に提出すること。\n",
        "備考\n１　従事者ごとに作成する。\n２　氏名は自署とする。\n",
        "注１　従事者ごとに作成する。\n２　氏名は自署とする。\n",
        "* 自署すること。\n（記入上の注意）黒のペンで記入してください。\n",
        "注意事項　黒のペンで記入してください。\n",
    ],
)
@pytest.mark.parametrize("place", ["below the name", "above the date", "without a date", "above the words"])
def test_a_note_of_an_oath_is_not_sworn(note: str, place: str) -> None:
    made = {
        "below the name": f"{SWORN}{SIGNED}{note}",
        "above the date": f"{SWORN}{note}{SIGNED}",
        "without a date": f"{SWORN}\n{note}",
        "above the words": f"{note}{SWORN}{SIGNED}",
    }
    assert sworn(made[place]) == (SWORN.strip(),)


@pytest.mark.parametrize(
    "more",
    [
        "備考欄に記すとおり、契約が終わった後も守ります。",
        "注意深く取り扱います。",
        "１ 資料を持ち出さないこと",
        "※１ 写真を含みます。",
    ],
)
def test_what_is_sworn_is_no_note_though_it_begins_like_one(more: str) -> None:
    words = SWORN.replace("こと", "こと（※１）") if more.startswith("※") else SWORN
    assert sworn(f"{words}{more}\n{SIGNED}※ 自署すること。\n") == (words.strip(), more)


def test_what_is_sworn_below_the_name_is_not_lost() -> None:
    assert sworn(f"{SWORN}{SIGNED}誓約する事項\n１　資料を写さないこと。\n")[-1] == "１ 資料を写さないこと。"


def sworn(words: str) -> tuple[str, ...]:
    (form,) = read(f"{POINTS}\n別記様式\n誓約書\n青空町長　様\n{words}").forms
    return wording(form)
