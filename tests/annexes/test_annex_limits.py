"""Numbers of an annex at their limits, and what a contract or a new version leaves of it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from app.annexes.asks import PARAMETERS, Asks
from app.annexes.catalogue import Catalogue
from app.annexes.choices import Submit, Urgency
from app.annexes.overrides import under
from app.annexes.parameter_types import MOST
from app.annexes.revision import compare
from tests.support.around import about

DAYS = PARAMETERS["days_before"]
SMALLEST_AND_LARGEST = [*about(1, False, True, True), *about(MOST, True, True, False)]


def expected(allowed: bool) -> Any:
    return nullcontext() if allowed else pytest.raises(ValueError, match=str(MOST))


@pytest.mark.parametrize(("number", "allowed"), SMALLEST_AND_LARGEST)
def test_a_number_in_a_file_is_one_to_the_largest(number: int, allowed: bool) -> None:
    with expected(allowed):
        assert DAYS.read(number) == number


@pytest.mark.parametrize(("number", "allowed"), SMALLEST_AND_LARGEST)
def test_a_number_typed_for_a_contract_is_one_to_the_largest(number: int, allowed: bool) -> None:
    with expected(allowed):
        assert DAYS.typed(str(number)) == number


@pytest.mark.parametrize(
    ("word", "stays"),
    [(Urgency.BEFOREHAND, None), *((word, word) for word in Urgency if word is not Urgency.BEFOREHAND)],
)
def test_handing_in_later_takes_away_the_word_beforehand_and_no_other(
    word: Urgency, stays: Urgency | None
) -> None:
    assert under(Asks(urgency=word), {"submit": Submit.PROMPTLY}).urgency is stays
    assert under(Asks(urgency=word), {"submit": Submit.BEFOREHAND}).urgency is word


def test_clauses_of_the_same_words_follow_each_other_in_their_order(shipped: Catalogue) -> None:
    annex = shipped.annex("kimitsu-hoji")
    clause = annex.clauses[0]

    def version(*keys: str) -> Any:
        return replace(annex, clauses=tuple(replace(clause, key=key) for key in keys))

    found = compare(version("first", "second"), version("third", "fourth"))
    assert [(one.old.key, one.new.key) for one in found.changed] == [("first", "third"), ("second", "fourth")]
    assert (found.added, found.retired) == ((), ())
