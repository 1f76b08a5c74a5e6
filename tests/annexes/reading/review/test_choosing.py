"""Which of several documents of a text become the annex, and how its clauses are numbered then."""

from __future__ import annotations

from app.annexes.reading.model import DocumentKind
from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.choosing import (
    document_back,
    is_aside,
    meant,
    only_documents,
    spoken,
    title_of,
)
from app.annexes.reading.review.deciding import accept, set_aside
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.model import Review, State
from tests.annexes.reading.test_split_documents import ANNEX, CONTRACT, OATH

SECOND = """情報セキュリティ特記事項
第１条　受注者は、情報資産を暗号化しなければならない。
第２条　受注者は、事故を知ったときは直ちに発注者に報告しなければならない。
"""


def review(text: str) -> Review:
    return begin(read(text))


def numbers(made: Review) -> list[str]:
    return [clause["number"] for clause in draft(made, "neu", "特記事項")["clause"]]


def test_of_a_contract_with_its_annex_the_annex_is_meant() -> None:
    made = review(CONTRACT + ANNEX + OATH)
    assert [(one.kind, one.count) for one in spoken(made)] == [
        (DocumentKind.CONTRACT, 3),
        (DocumentKind.ANNEX, 2),
    ]
    assert meant(made) == {1}


def test_of_two_annexes_nobody_but_a_person_knows_which_is_meant() -> None:
    assert meant(review(ANNEX + SECOND)) == frozenset()


def test_without_any_annex_the_whole_text_is_meant() -> None:
    assert meant(review(CONTRACT)) == {0}


def test_a_document_that_is_not_chosen_is_left_out_and_can_be_taken_back() -> None:
    made = only_documents(review(CONTRACT + ANNEX), {1})
    assert is_aside(made, 0)
    assert not is_aside(made, 1)
    assert title_of(made) == "個人情報取扱特記事項"
    again = document_back(made, 0)
    assert not is_aside(again, 0)
    assert [one.state.decided for one in again.items[:3]] == [False, False, False]


def test_the_clauses_of_a_single_document_have_the_numbers_that_the_city_printed() -> None:
    whole = review(CONTRACT + ANNEX)
    assert numbers(whole)[-2:] == ["特記事項 第1", "特記事項 第2"]
    made = only_documents(whole, {1})
    assert numbers(made) == ["第1", "第2"]
    assert list(made.texts()) == ["第1", "第2"]
    assert [part["title"] for part in draft(made, "neu", "特記事項")["part"]] == ["特記事項"]


def test_to_go_on_from_a_paragraph_that_was_left_out_does_not_take_it_back_in() -> None:
    made = set_aside(review(ANNEX), 0)
    assert accept(made, 0).items[0].state is State.SET_ASIDE


QUIET = """情報の取扱いに関する特記事項
第１条　この特記事項において「個人情報」とは、生存する個人に関する情報をいう。
第２条　受注者は、業務で知った個人情報を他に漏らしてはならない。
第３条　水曜日の午前に町民会館の三階で会う。
"""


def test_what_is_told_of_a_document_adds_up_to_its_paragraphs() -> None:
    for text in (QUIET, CONTRACT + ANNEX + OATH, ANNEX + SECOND):
        for one in spoken(review(text)):
            assert one.found + one.unfound + one.quiet == one.count
    (one,) = spoken(review(QUIET))
    assert (one.count, one.found, one.unfound, one.quiet) == (3, 1, 1, 1)
