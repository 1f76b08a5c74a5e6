"""Nothing that a clause asks is hidden: each of its parameters has words of its own."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from app.annexes.asks import PARAMETERS, Asks
from app.annexes.choices import Exempt, Submit, Urgency
from app.records.training import Topic
from app.work.asks_words import asks_words
from tests.support.asked import values_of

NAMES = [name for name in PARAMETERS if name != "assumed"]
CASES = [(name, value) for name in NAMES for value in values_of(name)]


def test_every_parameter_of_a_clause_is_declared() -> None:
    assert set(PARAMETERS) == {field.name for field in fields(Asks)}


def test_a_clause_that_asks_nothing_has_no_words() -> None:
    assert asks_words(Asks()) == []


@pytest.mark.parametrize(("name", "value"), CASES)
def test_each_value_of_each_parameter_is_told(name: str, value: Any) -> None:
    ((label, text),) = asks_words(Asks(**{name: value}))
    assert label
    assert text
    assert not text.isascii()


@pytest.mark.parametrize("name", [name for name in NAMES if len(values_of(name)) > 1])
def test_different_values_read_differently(name: str) -> None:
    told = [asks_words(Asks(**{name: value})) for value in values_of(name)]
    assert len({text for ((_label, text),) in told}) == len(told)


def test_no_two_parameters_share_a_label() -> None:
    labels = {name: asks_words(Asks(**{name: values_of(name)[0]}))[0][0] for name in NAMES}
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_product_assumes_is_named_in_japanese(name: str) -> None:
    told = dict(asks_words(Asks(**{name: values_of(name)[0]}, assumed=(name,))))
    assert told["本ソフトの想定"].endswith("（特記事項に定めがないため）")
    assert name not in told["本ソフトの想定"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"submit": Submit.BEFOREHAND, "days_before": 7}, [("提出", "事前に提出（7日前まで）")]),
        ({"submit": Submit.BEFOREHAND}, [("提出", "事前に提出（前日まで）")]),
        ({"submit": Submit.ON_REQUEST}, [("提出", "求められたときに提出")]),
        ({"days_before": 7}, [("何日前までか", "7日前まで")]),
        ({"days_before": 1}, [("何日前までか", "前日まで")]),
        ({"urgency": Urgency.AT_ONCE, "within_days": 14}, [("時期", "直ちに"), ("日数の期限", "14日以内")]),
        ({"stages": 2}, [("報告の段階", "2段階（まず知らせ、次に状況を報告）")]),
        ({"stages": 1}, [("報告の段階", "1回の報告")]),
        (
            {"exception": (Exempt.INSTRUCTION, Exempt.APPROVAL)},
            [("例外", "発注者の指示があれば可、発注者の承諾があれば可")],
        ),
        ({"topics": (Topic.DUTIES, Topic.PENALTIES)}, [("研修の内容", "遵守事項、罰則")]),
        ({"instead": "oath"}, [("代えられるもの", "誓約書")]),
        ({"period_months": 12}, [("頻度", "12か月に1回以上")]),
        ({"first_day": True}, [("初日", "起きた日を1日目として数える")]),
    ],
)
def test_parameters_read_as_people_say_it(asked: dict[str, Any], words: list[tuple[str, str]]) -> None:
    assert asks_words(Asks(**asked)) == words
