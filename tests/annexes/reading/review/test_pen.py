"""A review that is saved again and again: the same text as ever, and no more work than was decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.annex import Annex
from app.annexes.files import tables
from app.annexes.files.text import text_of_table
from app.annexes.kinds import KINDS
from app.annexes.own.annexes import read_own
from app.annexes.reading.reader import read
from app.annexes.reading.review import pen
from app.annexes.reading.review.ahead import worked_out
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.cutting import merge, split
from app.annexes.reading.review.deciding import accept, call, describe, reopen, set_aside, turn
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import read_back, written
from app.annexes.reading.review.model import Item, Review
from app.annexes.reading.review.order import by_doubt
from app.annexes.reading.review.owed import owed
from app.annexes.reading.review.pen import Pen, warmed

MANY = 600
_ASKED = (
    "受託者は、業務で知った個人情報を他人に知らせてはならない。",
    "受託者は、市の書面による承諾を得ないで、個人情報を複写してはならない。",
    "受託者は、個人情報の漏えいを知ったときは、直ちに市に報告しなければならない。",
)


def _text(count: int) -> str:
    clauses = "".join(f"第{at + 1}条\n　{_ASKED[at % 3]}（その{at + 1}）\n" for at in range(count))
    return f"個人情報の取扱いに関する特記事項\n\n{clauses}"


@pytest.fixture(scope="module")
def small() -> Review:
    return begin(read(_text(6)))


@pytest.fixture(scope="module")
def long() -> Review:
    return begin(read(_text(MANY)))


Deed = Callable[[Review, int], Review]
DEEDS: dict[str, Deed] = {
    "accept": accept,
    "reopen": reopen,
    "aside": set_aside,
    "turn": lambda review, at: turn(review, at, "audit"),
    "number": lambda review, at: describe(review, at, number=f"新{review.items[at].key}"),
    "summary": lambda review, at: describe(review, at, summary="要約"),
    "call": lambda review, at: call(review, review.items[at].document, "本市", "受託者"),
    "split": lambda review, at: split(review, at, len(review.items[at].text) // 2),
    "merge": lambda review, at: merge(review, min(at, len(review.items) - 2)),
}


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 4)), max_size=6))
def test_whatever_is_decided_the_same_is_written_as_if_all_were_made_anew(
    small: Review, steps: list[tuple[str, int]]
) -> None:
    review, one = small, warmed(small)
    for name, at in steps:
        if len(review.items) < 6 and name == "merge":
            continue
        review = DEEDS[name](review, at)
        assert one.reading(review) == written(review)
        assert read_back(one.reading(review)) == review
        table = draft(review, "own-1", "特記事項", 2, "出典")
        assert one.annex(review, "own-1", "特記事項", 2, "出典") == text_of_table(table).rstrip()


def test_a_decision_writes_and_reads_one_paragraph_of_six_hundred(
    long: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = warmed(long)
    made: list[str] = []

    def counted(module: object, name: str, called: str) -> None:
        former = getattr(module, name)

        def counting(*given: object) -> object:
            made.append(called)
            return former(*given)

        monkeypatch.setattr(module, name, counting)

    counted(pen, "item_text", "paragraph")
    counted(pen, "clause_of", "clause")
    counted(pen, "text_around", "around")
    counted(tables.Reader, "clause", "read")
    kind = next(kind for kind in KINDS if kind not in long.items[300].kinds)
    review = turn(long, 300, kind)
    held.reading(review)
    annex = read_own(held.annex(review, "own-1", "特記事項"), "特記事項")
    assert sorted(made) == ["clause", "paragraph", "read"]
    assert isinstance(annex, Annex)
    assert len(annex.clauses) == MANY
    made.clear()
    held.reading(review)
    read_own(held.annex(review, "own-1", "特記事項"), "特記事項")
    assert made == []


def test_a_pen_that_wrote_nothing_yet_writes_the_same(small: Review) -> None:
    assert Pen().reading(small) == written(small)


def test_a_text_of_which_no_clause_is_left_is_written_for_later(small: Review) -> None:
    review = small
    for at in range(len(small.items)):
        review = set_aside(review, at)
    assert warmed(review).reading(review) == written(review)


def test_what_was_worked_out_ahead_is_asked_of_no_paragraph_again(
    long: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = worked_out(read_back(written(long)))
    assert review == long
    expected = review.open, review.taken, review.parts, owed(review), by_doubt(review)
    asked: list[str] = []

    def counting(_self: object, name: str) -> str:
        asked.append(name)
        raise AssertionError(name)

    # A decision makes one paragraph anew: the others still have their answers.
    for name in ("kinds", "when", "doubtful", "open"):
        made = cached_property(partial(counting, name=name))
        made.__set_name__(Item, name)
        monkeypatch.setattr(Item, name, made)
    assert (review.open, review.taken, review.parts, owed(review), by_doubt(review)) == expected
    assert asked == []
