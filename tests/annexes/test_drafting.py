"""An annex while it is being written: what is changed stays changed, and the text says just that."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.annex import Annex
from app.annexes.asks import parameters_of
from app.annexes.catalogue import Catalogue
from app.annexes.files.tables import Reader
from app.annexes.files.text import starting_from
from app.annexes.kinds import KINDS
from app.annexes.own.annexes import read_own
from app.annexes.own.drafting import Drafting, Standing, effective, set_kinds, set_parameter
from app.annexes.own.overlay import Overlay, resolve
from tests.support.annexes import tables


@pytest.fixture
def base(shipped: Catalogue) -> Annex:
    return shipped.annex("kimitsu-hoji")


@pytest.fixture
def draft(base: Annex) -> Drafting:
    held = read_own(starting_from(base, "kakuu", "架空市の特記事項"), "見本")
    assert isinstance(held, Overlay)
    return Drafting(resolve(held, base), base)


def at(draft: Drafting, key: str) -> int:
    return next(place for place, clause in enumerate(draft.clauses) if clause["key"] == key)


def clause(draft: Drafting, key: str) -> dict[str, Any]:
    return draft.clauses[at(draft, key)]


def reread(draft: Drafting) -> Annex:
    held = read_own(draft.text(), "見本")
    if isinstance(held, Annex):
        return held
    assert draft.base is not None
    return resolve(held, draft.base)


def test_only_what_was_changed_is_kept(draft: Drafting, base: Annex) -> None:
    assert "[[change]]" not in draft.text()
    set_parameter(clause(draft, "work-location"), "work-location", "days_before", 14)
    text = draft.text()
    assert text.count("[[change]]") == 1
    assert "parameters.days_before = 14" in text
    assert "[[clause]]" not in text
    was = base.clause("第6条第4項").asks("work-location")
    assert reread(draft).clause("第6条第4項").asks("work-location").days_before == 14 != was.days_before
    assert draft.standing(clause(draft, "work-location")) is Standing.CHANGED
    assert draft.standing(clause(draft, "secrecy")) is Standing.KEPT


def test_a_clause_is_added_split_dropped_and_restored(draft: Drafting) -> None:
    count = len(draft.clauses)
    place = draft.add(at(draft, "secrecy"))
    made = draft.clauses[place]
    assert draft.annex() is None
    assert {path[:2] for path, _sentence in draft.faults()} == {("clause", place)}
    made |= {"number": "第2条の2", "heading": "誓約", "summary": "誓約書を出す。"}
    made |= {"kinds": ["oath"], "when": ["before-start"]}
    second = draft.split(place)
    assert draft.clauses[second]["key"] != made["key"]
    draft.clauses[second]["number"] = "第2条の3"
    draft.drop(at(draft, "principle"))
    annex = reread(draft)
    assert [one.number for one in annex.clauses].index("第2条の3") == place + 1 - 1
    assert "principle" not in [one.key for one in annex.clauses]
    assert draft.standing(made) is Standing.ADDED
    assert "drop" in draft.text()
    assert draft.restore("principle") == 0
    assert draft.dropped == []
    assert len(reread(draft).clauses) == count + 2


def test_another_order_keeps_keys_and_is_kept_whole(draft: Drafting) -> None:
    keys = [one["key"] for one in draft.clauses]
    assert draft.move(0, 1) == 1
    assert draft.move(1, 1000) == len(keys) - 1
    assert [one.key for one in reread(draft).clauses] == [*keys[1:], keys[0]]
    assert isinstance(read_own(draft.text(), "見本"), Annex)


def test_a_text_is_only_made_of_what_is_right(draft: Drafting) -> None:
    clause(draft, "secrecy")["heading"] = ""
    with pytest.raises(ValueError, match="heading"):
        draft.text()
    assert [path for path, _ in draft.faults()] == [("clause", at(draft, "secrecy"), "heading")]


def test_a_parameter_of_one_kind_leaves_the_others_alone() -> None:
    held: dict[str, Any] = {
        "kinds": ["oath", "training"],
        "parameters": {"submit": "promptly", "workers": ["自社"]},
    }
    set_parameter(held, "oath", "submit", None)
    assert effective(held, "oath") == {"workers": ["自社"]}
    assert effective(held, "training") == {"workers": ["自社"], "submit": "promptly"}
    set_parameter(held, "training", "workers", ["派遣"])
    assert effective(held, "oath")["workers"] == ["自社"]
    set_kinds(held, ["training"])
    assert effective(held, "training") == {"workers": ["派遣"], "submit": "promptly"}
    set_parameter(held, "training", "workers", ["自社", "派遣"])
    assert effective(held, "training")["workers"] == ["自社", "派遣"]
    set_kinds(held, [])
    assert held["parameters"] == {}


def test_what_stands_for_all_kinds_holds_for_those_it_belongs_to() -> None:
    held: dict[str, Any] = {
        "kinds": ["oath", "training"],
        "parameters": {
            "prescribed": True,
            "period_months": 12,
            "workers": ["自社"],
            "assumed": ["period_months", "workers"],
        },
    }
    assert effective(held, "oath") == {"prescribed": True, "workers": ["自社"], "assumed": ["workers"]}
    training = {"period_months": 12, "workers": ["自社"], "assumed": ["period_months", "workers"]}
    assert effective(held, "training") == training
    set_parameter(held, "oath", "assumed", None)
    assert effective(held, "oath") == {"prescribed": True, "workers": ["自社"]}
    assert effective(held, "training") == training
    set_kinds(held, ["oath"])
    assert held["parameters"] == {"prescribed": True, "workers": ["自社"]}


def test_an_assumption_goes_with_the_kind_that_it_was_made_for() -> None:
    held: dict[str, Any] = {
        "kinds": ["oath", "training"],
        "parameters": {"period_months": 12, "days_before": 1, "assumed": ["period_months", "days_before"]},
    }
    set_kinds(held, ["oath"])
    assert held["parameters"] == {"days_before": 1, "assumed": ["days_before"]}


@given(former=tables(), wanted=tables())
def test_whatever_is_written_reads_back_the_same(former: dict[str, Any], wanted: dict[str, Any]) -> None:
    base = Reader().annex(deepcopy(former))
    assert base is not None
    made = Reader().annex(deepcopy(wanted))
    assert made is not None
    assert reread(Drafting(made, base)) == made
    assert reread(Drafting(made)) == made


@given(table=tables(), data=st.data())
def test_a_dropped_clause_comes_back_as_it_was(table: dict[str, Any], data: st.DataObject) -> None:
    annex = Reader().annex(table)
    assert annex is not None
    draft = Drafting(annex, annex)
    before = deepcopy(draft.clauses)
    place = data.draw(st.integers(0, len(before) - 1))
    draft.drop(place)
    assert [one["key"] for one in draft.dropped] == [before[place]["key"]]
    assert draft.restore(before[place]["key"]) == place
    assert draft.clauses == before


def test_what_the_annexes_of_the_product_set_can_be_set_by_hand(shipped: Catalogue) -> None:
    for annex in shipped.annexes:
        for one in annex.clauses:
            for kind in one.kinds:
                own = one.parameters.get(kind, {})
                assert isinstance(own, dict)
                assert set(own) <= set(parameters_of(kind)), (annex.key, one.number, kind)


def test_every_kind_offers_parameters_and_says_what_it_asks() -> None:
    for name, kind in KINDS.items():
        assert parameters_of(name)
        assert kind.about.endswith("。")
    assert len({kind.about for kind in KINDS.values()}) == len(KINDS)
