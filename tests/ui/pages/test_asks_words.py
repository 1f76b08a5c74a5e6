"""Nothing that a clause asks is hidden: each of its parameters has words of its own."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from app.annexes.clause import (
    Act,
    Answer,
    AppliesTo,
    Article,
    Asks,
    Cycle,
    Exempt,
    Further,
    Medium,
    Roll,
    Submit,
    Urgency,
    Workers,
)
from app.records.assignment import Role
from app.records.incident import IncidentKind
from app.records.training import Topic
from app.work.asks_words import asks_words

VALUES: dict[str, tuple[Any, ...]] = {
    "submit": tuple(one for one in Submit if one is not Submit.NONE),
    "urgency": tuple(Urgency),
    "days_before": (1, 7),
    "within_days": (14,),
    "within_business_days": (3,),
    "within_months": (2,),
    "first_day": (True,),
    "roll": tuple(Roll),
    "then": tuple(Urgency),
    "then_days": (30,),
    "cycle": tuple(Cycle),
    "subsidiaries": (True,),
    "tiers": (True,),
    "written": (True,),
    "instead": ("oath",),
    "exception": tuple((one,) for one in Exempt),
    "applies_to": tuple(one for one in AppliesTo if one is not AppliesTo.ALL),
    "media": tuple((one,) for one in Medium),
    "workers": tuple((one,) for one in Workers),
    "roles": tuple((one,) for one in Role),
    "topics": tuple((one,) for one in Topic),
    "explain": ((Article(act="個人情報の保護に関する法律", article="第66条", subject="安全管理措置"),),),
    "prescribed": (True,),
    "period_months": (12,),
    "keep_months": (36,),
    "items": (("数量",),),
    "acts": tuple((one,) for one in Act),
    "methods": (("裁断",),),
    "copies": (True,),
    "designated": (True,),
    "mishaps": tuple((one,) for one in IncidentKind),
    "stages": (1, 2),
    "country": ("日本",),
    "answer": tuple(Answer),
    "further": tuple(Further),
    "best_effort": (True,),
}
"""Every parameter of a clause with all the values, or examples of them, that ask for something."""

CASES = [(name, value) for name, values in VALUES.items() for value in values]


def test_every_parameter_of_a_clause_is_tried_below() -> None:
    assert set(VALUES) | {"assumed"} == {field.name for field in fields(Asks)}


def test_a_clause_that_asks_nothing_has_no_words() -> None:
    assert asks_words(Asks()) == []


@pytest.mark.parametrize(("name", "value"), CASES)
def test_each_value_of_each_parameter_is_told(name: str, value: Any) -> None:
    ((label, text),) = asks_words(Asks(**{name: value}))
    assert label
    assert text
    assert not text.isascii()


@pytest.mark.parametrize("name", [name for name, values in VALUES.items() if len(values) > 1])
def test_different_values_read_differently(name: str) -> None:
    told = [asks_words(Asks(**{name: value})) for value in VALUES[name]]
    assert len({text for ((_label, text),) in told}) == len(told)


def test_no_two_parameters_share_a_label() -> None:
    labels = {name: asks_words(Asks(**{name: values[0]}))[0][0] for name, values in VALUES.items()}
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize("name", VALUES)
def test_what_the_product_assumes_is_named_in_japanese(name: str) -> None:
    told = dict(asks_words(Asks(**{name: VALUES[name][0]}, assumed=(name,))))
    assert told["本ソフトの想定"].endswith("（特記事項に定めがないため）")
    assert name not in told["本ソフトの想定"]


def test_days_before_stand_with_the_submission_once() -> None:
    asks = Asks(submit=Submit.BEFOREHAND, days_before=7)
    assert asks_words(asks) == [("提出", "事前に提出（7日前まで）")]
    assert asks_words(Asks(days_before=7)) == [("何日前までか", "7日前まで")]
