"""What people read and write for the parameters that a contract may set by itself.

A contract's rows hold these words as people typed or chose them, and ledgers and files keep them: a word
that has been shipped stays readable. The catalogue's own names are read as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from app.annexes.clause import AppliesTo, Cycle, Roll, Submit, Urgency

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "submit": "提出の時期",
        "urgency": "時期",
        "days_before": "何日前までか",
        "within_days": "日数の期限",
        "within_business_days": "開庁日の期限",
        "within_months": "月数の期限",
        "roll": "期限が閉庁日のとき",
        "applies_to": "対象の情報",
        "period_months": "頻度",
        "cycle": "期間の数え方",
        "keep_months": "保存",
        "stages": "報告の段階",
        "then": "続く報告の時期",
        "then_days": "続く報告の期限",
        "country": "保管できる国",
    }
)
"""Each parameter that a contract may set, in the order in which people read them."""

SUBMIT: Mapping[Submit, str] = MappingProxyType(
    {
        Submit.NONE: "提出しない",
        Submit.ON_REQUEST: "求められたときに提出",
        Submit.BEFOREHAND: "事前に提出",
        Submit.PROMPTLY: "行った後に速やかに提出",
    }
)
ROLL: Mapping[Roll, str] = MappingProxyType(
    {Roll.NEXT: "次の開庁日まで延びる", Roll.PREVIOUS: "前の開庁日に早まる", Roll.NONE: "動かさない"}
)
CYCLE: Mapping[Cycle, str] = MappingProxyType(
    {
        Cycle.ROLLING: "前回行った日から数える",
        Cycle.CONTRACT_YEAR: "契約の始期から1年ごとに数える",
        Cycle.FISCAL_YEAR: "4月からの年度ごとに数える",
    }
)

CHOICES: Mapping[str, Mapping[Any, str]] = MappingProxyType(
    {
        "submit": SUBMIT,
        "urgency": MappingProxyType({one: str(one) for one in Urgency}),
        "roll": ROLL,
        "applies_to": MappingProxyType(
            {**{one: str(one) for one in AppliesTo}, AppliesTo.ALL: "すべての情報"}
        ),
        "cycle": CYCLE,
        # The second stage follows what has happened: beforehand there is nothing to report.
        "then": MappingProxyType({one: str(one) for one in Urgency if one is not Urgency.BEFOREHAND}),
    }
)
"""Parameters that take one of a closed list, each value with its words."""

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "days_before": "日前まで",
        "within_days": "日以内",
        "within_business_days": "開庁日以内",
        "within_months": "か月以内",
        "period_months": "か月に1回以上",
        "keep_months": "か月以上",
        "stages": "段階",
        "then_days": "日以内",
    }
)
"""Parameters that take a whole number, and what follows the number."""

MOST = 1200
"""The largest number that a parameter may have."""


def name_of(text: str) -> str:
    """The parameter that people mean by ``text``, in Japanese or as the catalogue names it; empty: none."""
    wanted = _plain(text)
    return next((name for name, words in NAMES.items() if wanted in (name, _plain(words))), "")


def value_of(name: str, text: str) -> Any:
    """The value of ``name`` that people mean by ``text``, as ``Asks`` holds it.

    Raises ``ValueError`` with a sentence for people that says what can be entered.
    """
    words = NAMES[name]
    if name in UNITS:
        number = _plain(text)
        if not number.isdecimal() or len(number) > len(str(MOST)) or not 1 <= int(number) <= MOST:
            raise ValueError(
                f"「{text}」は「{words}」の値として読めません。1から{MOST}までの整数を入力してください。"
            )
        return int(number)
    if name not in CHOICES:
        if not text.strip():
            raise ValueError(f"「{words}」を入力してください。")
        return text.strip()
    wanted = _plain(text)
    for value, said in CHOICES[name].items():
        if wanted in (_plain(str(value)), _plain(said)):
            return value
    offered = "、".join(f"「{said}」" for said in CHOICES[name].values())
    raise ValueError(f"「{text}」は「{words}」の値として読めません。{offered}のいずれかを入力してください。")


def words_of(name: str, value: Any) -> str:
    """A value as a row of the contract holds it and ``value_of`` reads it."""
    return next((said for one, said in CHOICES.get(name, {}).items() if one == value), str(value))


def _plain(text: str) -> str:
    """Width and spaces make no difference to what people mean."""
    return "".join(normalize("NFKC", text).split())
