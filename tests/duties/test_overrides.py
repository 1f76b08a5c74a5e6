"""What a contract sets by itself: in Japanese or as the catalogue names it, for all kinds of one clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import OVERRIDABLE, PARAMETERS, Asks
from app.annexes.choices import Roll, Submit, Urgency
from app.annexes.clause import Clause
from app.annexes.overrides import (
    asks_of,
    called,
    name_of,
    problem_with,
    settings_of,
    under,
    with_settings,
)
from app.annexes.parameter_types import Count, One
from app.duties.whatif.settable import Whose, examples, held, settable
from app.records import Contract
from app.records.contract import ContractAnnex, ContractParameter

NUMBER = "第6条第4項"


def clause_of(*kinds: str, when: tuple[str, ...] = ("before-start",), **asked: Any) -> Clause:
    return Clause(
        annex="sample",
        key="one",
        number=NUMBER,
        heading="見出し",
        summary="要約です。",
        kinds=kinds,
        when=when,
        asked={kind: Asks(**asked) for kind in kinds},
    )


def contract_with(*rows: tuple[str, str], clause: str = NUMBER) -> Contract:
    return Contract(
        id=1,
        client=1,
        number="R8-1",
        title="入力業務",
        signed_on=date(2026, 3, 1),
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        annexes=(ContractAnnex(annex="sample"),),
        parameters=tuple(
            ContractParameter(annex="sample", clause=clause, name=name, value=value) for name, value in rows
        ),
    )


def values(name: str) -> st.SearchStrategy[Any]:
    match PARAMETERS[name]:
        case One(members=members):
            return st.sampled_from(members)
        case Count(most=most):
            return st.integers(1, most)
        case _:
            return st.sampled_from(["日本", "日本国内"])


SETTINGS = st.lists(st.sampled_from(OVERRIDABLE), unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: values(name) for name in names})
)


@given(SETTINGS)
def test_what_is_set_for_a_clause_is_read_back_as_it_was(own: dict[str, Any]) -> None:
    clause = clause_of("work-location")
    made = with_settings(contract_with(), clause, own)
    assert settings_of(made, clause) == own
    assert not any(problem_with(row) for row in made.parameters)
    assert not any(row.name.isascii() for row in made.parameters)


@given(st.sampled_from(OVERRIDABLE).flatmap(lambda name: st.tuples(st.just(name), values(name))))
def test_japanese_and_the_names_of_the_catalogue_mean_the_same(pair: tuple[str, Any]) -> None:
    name, value = pair
    clause = clause_of("incident-notice")
    english = contract_with((name, str(value)))
    japanese = contract_with((f" {PARAMETERS[name].label}　", PARAMETERS[name].text(value)))
    assert settings_of(english, clause) == settings_of(japanese, clause) == {name: value}


@pytest.mark.parametrize("name", [name for name in OVERRIDABLE if PARAMETERS[name].choices])
def test_no_two_choices_of_a_parameter_read_the_same(name: str) -> None:
    choices = PARAMETERS[name].choices
    assert len(set(choices.values())) == len(choices)
    assert [PARAMETERS[name].typed(words) for words in choices.values()] == list(choices)


def test_no_two_parameters_are_called_the_same() -> None:
    assert [name_of(PARAMETERS[name].label) for name in OVERRIDABLE] == list(OVERRIDABLE)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("colour", "7", ("「colour」は契約ごとに定められません", "「何日前までか」", "「頻度」")),
        ("days_before", "七", ("「七」は「何日前までか」の値として読めません", "1から1200")),
        ("何日前までか", "0", ("「0」は「何日前までか」", "1から1200")),
        ("何日前までか", "1201", ("「1201」は「何日前までか」",)),
        ("within_days", "1_0", ("「日数の期限」",)),
        ("提出の時期", "いつか", ("「提出の時期」", "「事前に提出」", "「提出しない」")),
        ("then", "あらかじめ", ("「続く報告の時期」", "「遅滞なく」")),
        ("保管できる国", " ", ("「保管できる国」を入力",)),
    ],
)
def test_what_cannot_be_read_is_named_in_the_words_of_the_screen(
    name: str, value: str, told: tuple[str, ...]
) -> None:
    (row,) = contract_with((name, value)).parameters
    sentence = problem_with(row)
    assert all(words in sentence for words in told), sentence
    assert settings_of(contract_with((name, value)), clause_of("oath")) == {}


def test_numbers_may_be_typed_in_full_width() -> None:
    assert PARAMETERS["days_before"].typed("７") == 7


def test_a_setting_holds_for_all_kinds_of_its_clause_and_for_no_other_clause() -> None:
    clause = clause_of("worker-list", "oath", days_before=1, assumed=("days_before",))
    for kind in clause.kinds:
        asks = asks_of(contract_with(("何日前までか", "7")), clause, kind)
        assert (asks.days_before, asks.assumed) == (7, ())
        other = asks_of(contract_with(("何日前までか", "7"), clause="第9条"), clause, kind)
        assert other == clause.asks(kind)


def test_a_setting_leaves_alone_what_it_says_nothing_to() -> None:
    clause = clause_of("work-location", "secrecy")
    own = contract_with(("何日前までか", "7"))
    assert asks_of(own, clause, "work-location").days_before == 7
    assert asks_of(own, clause, "secrecy") == clause.asks("secrecy")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("days_before", "何日前までか"),
        ("何日前までか", "何日前までか"),
        ("提出の 時期", "提出の時期"),
        ("色", "色"),
    ],
)
def test_a_setting_is_called_as_on_the_screen_however_it_was_written(text: str, words: str) -> None:
    assert called(text) == words


def test_a_deadline_of_the_contract_takes_the_place_of_the_annexs_in_any_unit() -> None:
    annex = Asks(urgency=Urgency.SPEEDILY, within_days=14, assumed=("within_days",))
    days = under(annex, {"within_business_days": 5})
    assert (days.within_days, days.within_business_days, days.assumed) == (None, 5, ())
    word = under(annex, {"urgency": Urgency.AT_ONCE})
    assert (word.urgency, word.within_days) == (Urgency.AT_ONCE, None)
    second = under(Asks(then_days=30), {"then": Urgency.SPEEDILY})
    assert (second.then, second.then_days) == (Urgency.SPEEDILY, None)


def test_what_is_handed_in_later_after_all_is_not_due_before() -> None:
    annex = Asks(
        submit=Submit.BEFOREHAND, urgency=Urgency.BEFOREHAND, days_before=1, assumed=("days_before",)
    )
    asks = under(annex, {"submit": Submit.PROMPTLY})
    assert (asks.urgency, asks.days_before, asks.assumed) == (None, None, ())
    own = under(annex, {"submit": Submit.PROMPTLY, "urgency": Urgency.AT_ONCE})
    assert own.urgency is Urgency.AT_ONCE
    assert under(annex, {"submit": Submit.BEFOREHAND}) == annex


def test_rows_of_other_clauses_stay_and_nothing_new_changes_nothing() -> None:
    clause = clause_of("work-location")
    other = contract_with(("days_before", "3"), clause="第9条").parameters
    before = replace(contract_with(("days_before", "7"), ("roll", "next")), parameters=())
    before = replace(before, parameters=(*contract_with(("days_before", "7")).parameters, *other))
    assert with_settings(before, clause, {"days_before": 7}) is before
    after = with_settings(before, clause, {"roll": Roll.PREVIOUS})
    assert after.parameters == (
        *other,
        ContractParameter(
            annex="sample", clause=NUMBER, name="期限が閉庁日のとき", value="前の開庁日に早まる"
        ),
    )
    assert with_settings(before, clause, {}).parameters == other


def test_what_is_offered_follows_what_the_deadline_is_counted_by() -> None:
    clause = clause_of("work-location", submit=Submit.BEFOREHAND)
    before = settable(clause, {})
    assert "days_before" in before
    assert "within_days" not in before
    after = settable(clause, {"submit": Submit.PROMPTLY})
    assert "days_before" not in after
    assert {"urgency", "within_days", "within_business_days", "within_months", "roll"} <= set(after)
    kept = settable(clause, {"submit": Submit.PROMPTLY, "days_before": 7})
    assert "days_before" in kept


def test_a_second_stage_is_offered_where_there_is_one() -> None:
    one = clause_of("incident-notice", when=("on-incident",), stages=1)
    assert "then_days" not in settable(one, {})
    assert "then_days" in settable(one, {"stages": 2})


def test_a_clause_for_reading_has_nothing_to_set() -> None:
    assert settable(clause_of("law", when=("info",)), {}) == ()
    assert settable(clause_of("liability", when=("standing",)), {}) == ()


@pytest.mark.parametrize(
    ("asked", "name", "value", "whose"),
    [
        ({"submit": Submit.BEFOREHAND}, "submit", Submit.BEFOREHAND, Whose.CLAUSE),
        ({"submit": Submit.BEFOREHAND}, "days_before", 1, Whose.PRODUCT),
        (
            {"submit": Submit.BEFOREHAND, "days_before": 3, "assumed": ("days_before",)},
            "days_before",
            3,
            Whose.PRODUCT,
        ),
        ({"submit": Submit.BEFOREHAND, "days_before": 3}, "days_before", 3, Whose.CLAUSE),
        ({"submit": Submit.BEFOREHAND}, "roll", Roll.NONE, Whose.PRODUCT),
        ({"submit": Submit.PROMPTLY}, "roll", Roll.NEXT, Whose.LAW),
        ({"submit": Submit.PROMPTLY}, "urgency", Urgency.SPEEDILY, Whose.PRODUCT),
        ({"submit": Submit.PROMPTLY, "within_days": 3}, "urgency", None, Whose.NOBODY),
        ({}, "submit", None, Whose.NOBODY),
    ],
)
def test_whose_the_value_is(asked: dict[str, Any], name: str, value: Any, whose: Whose) -> None:
    (found,) = held(clause_of("work-location", **asked), name, {name: 5})
    assert (found.value, found.whose) == (value, whose)


def test_a_word_is_told_with_its_assumed_days_only_where_it_is_counted_by() -> None:
    (word,) = held(
        clause_of("work-location", submit=Submit.PROMPTLY, urgency=Urgency.SPEEDILY), "urgency", {}
    )
    assert (word.whose, word.amount) == (Whose.CLAUSE, "3開庁日以内")
    numbered = clause_of("work-location", submit=Submit.PROMPTLY, urgency=Urgency.SPEEDILY, within_days=5)
    assert held(numbered, "urgency", {})[0].amount == ""
    early = clause_of("work-location", submit=Submit.BEFOREHAND, urgency=Urgency.BEFOREHAND)
    assert held(early, "urgency", {})[0].amount == ""


def test_where_no_record_has_a_deadline_it_is_shown_by_example() -> None:
    day = date(2026, 4, 20)
    early = clause_of("work-location", submit=Submit.BEFOREHAND)
    (one,) = examples(early, "work-location", {"days_before": 7}, day)
    assert (one.before, one.deadline.day, one.deadline.assumed) == (True, date(2026, 4, 12), False)
    (one,) = examples(early, "work-location", {"submit": Submit.PROMPTLY}, day)
    assert (one.before, one.deadline.day, one.deadline.assumed) == (False, date(2026, 4, 23), True)
    incident = clause_of("incident-notice", urgency=Urgency.AT_ONCE, stages=2)
    first, second = examples(incident, "incident-notice", {"then_days": 10}, day)
    assert (first.deadline.day, first.second) == (day, False)
    assert (second.deadline.day, second.second) == (date(2026, 4, 30), True)
    assert examples(clause_of("law"), "law", {}, day) == ()
