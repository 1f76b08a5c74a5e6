"""Beside a paragraph stands the known clause that asks the same, and none that is about another thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.annexes.annex import Annex
from app.annexes.catalogue import load
from app.annexes.clause import Clause
from app.annexes.files.text import clause_table
from app.annexes.own.drafting import effective
from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.deciding import choose_kinds, choose_moments, set_value
from app.annexes.reading.review.model import Detail, Item, Pick, State, Timing
from app.annexes.reading.review.nearest import Nearest

ANNEXES = load().annexes
TEXT = """個人情報の取扱いに関する覚え書

第１条（複写）
　受注者は、発注者の書面による承諾を得ないで個人情報を複写してはならない。
第２条（場所）
　業務は、水曜日の午前に町民会館の三階で始める。
"""


def _settled(clause: Clause) -> Item:
    """A paragraph that somebody settled as the clause says, in the words of our summary."""
    table = clause_table(clause)
    return Item(
        key="c1",
        number=clause.number,
        heading=clause.heading,
        text=clause.summary,
        document=0,
        paragraph=0,
        state=State.ACCEPTED,
        picks=tuple(Pick(kind, ticked=True) for kind in clause.kinds),
        moments=tuple(Timing(str(when), ticked=True) for when in clause.when),
        details=tuple(
            Detail(kind, name, value, ticked=True)
            for kind in clause.kinds
            for name, value in effective(table, kind).items()
            if name != "assumed"
        ),
    )


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.key)
def test_each_clause_finds_its_like_in_the_other_annexes_or_none(annex: Annex) -> None:
    others = [one for one in ANNEXES if one is not annex]
    nearest = Nearest(others)
    known = {frozenset(clause.kinds) for one in others for clause in one.clauses}
    for clause in annex.clauses:
        if clause.kinds:
            found = nearest.of(_settled(clause))
            kinds = frozenset(clause.kinds)
            assert found is None or kinds & set(found.clause.kinds), clause.number
            if kinds in known:
                assert found is not None
                assert frozenset(found.clause.kinds) == kinds, (clause.number, found.clause.number)


def test_a_clause_that_is_known_is_nearest_to_itself() -> None:
    nearest = Nearest(ANNEXES)
    for clause in ANNEXES[0].clauses:
        if clause.kinds:
            found = nearest.of(_settled(clause))
            assert found is not None
            assert found.same
            assert set(found.clause.kinds) == set(clause.kinds)


def test_what_differs_is_told_kind_by_kind_and_condition_by_condition() -> None:
    review = begin(read(TEXT))
    nearest = Nearest(ANNEXES)
    before = nearest.of(review.items[0])
    assert before is not None
    assert "copy-approval" in before.clause.kinds
    assert before.only_here == ()
    after = nearest.of(choose_moments(review, 0, [*review.items[0].when, "on-change"]).items[0])
    assert after is not None
    assert "on-change" in after.when_here
    assert not after.same
    set_ = nearest.of(set_value(review, 0, "copy-approval", "within_days", None).items[0])
    assert set_ is not None
    assert all(kind == "copy-approval" for kind, _name, _value in set_.asks_here)


def test_where_nothing_is_asked_none_is_shown_however_the_words_sound() -> None:
    review = begin(read(TEXT))
    nearest = Nearest(ANNEXES)
    assert nearest.of(review.items[1]) is None
    assert nearest.of(replace(review.items[1], text="ＸＹＺ", heading="")) is None


def test_what_somebody_settled_counts_and_not_what_was_proposed() -> None:
    review = begin(read(TEXT))
    found = Nearest(ANNEXES).of(choose_kinds(review, 0, ["audit"]).items[0])
    assert found is not None
    assert "audit" in found.clause.kinds


def test_without_any_annex_nothing_is_known() -> None:
    assert not Nearest(()).knows
    assert Nearest(()).of(_settled(ANNEXES[0].clauses[1])) is None
