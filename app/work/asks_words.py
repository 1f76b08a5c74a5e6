"""What a clause asks, in words: its parameters as people read them beside the clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.annexes.clause import Answer, AppliesTo, Asks, Exempt, Further, Submit
from app.annexes.kinds import kind_label
from app.duties import override_words
from app.duties.override_words import CYCLE, NAMES, ROLL, SUBMIT

_EXEMPT: Mapping[Exempt, str] = MappingProxyType(
    {
        Exempt.APPROVAL: "発注者の承諾があれば可",
        Exempt.APPROVAL_EACH: "その都度の承諾があれば可",
        Exempt.INSTRUCTION: "発注者の指示があれば可",
        Exempt.INSTRUCTION_AND_APPROVAL: "指示と承諾の両方があれば可",
        Exempt.SPECIFICATION: "仕様書に定めがあれば可",
        Exempt.STATUTE: "法令に定めがあれば可",
        Exempt.NONE: "例外なし",
    }
)
_ANSWER: Mapping[Answer, str] = MappingProxyType(
    {Answer.NOTIFY: "発注者に通知する", Answer.OPINION: "意見を述べる機会を設ける"}
)
_FURTHER: Mapping[Further, str] = MappingProxyType(
    {Further.FORBIDDEN: "例外なく禁止", Further.SAME_DUTIES: "同等の義務を負わせる"}
)


def _joined(values: Iterable[str]) -> str:
    return "、".join(str(value) for value in values)


def _submit(asks: Asks) -> str:
    if asks.submit is Submit.BEFOREHAND:
        return f"{SUBMIT[asks.submit]}（{_days_before(asks.days_before or 1)}）"
    return "" if asks.submit is Submit.NONE else SUBMIT[asks.submit]


def _early(asks: Asks) -> str:
    """The number of days, where it does not stand with the submission already."""
    if asks.days_before is None or asks.submit is Submit.BEFOREHAND:
        return ""
    return _days_before(asks.days_before)


def _days_before(days: int) -> str:
    return "前日まで" if days == 1 else f"{days}日前まで"


def _stages(asks: Asks) -> str:
    if asks.stages is None:
        return ""
    return "1回の報告" if asks.stages == 1 else f"{asks.stages}段階（まず知らせ、次に状況を報告）"


def _explained(asks: Asks) -> str:
    return _joined(f"{one.act}{one.article}（{one.subject}）" for one in asks.explain)


_Words = Callable[[Asks], str]

_PARAMETERS: tuple[tuple[str, str, _Words], ...] = (
    ("submit", "提出", _submit),
    ("urgency", NAMES["urgency"], lambda a: str(a.urgency or "")),
    ("days_before", NAMES["days_before"], _early),
    ("within_days", NAMES["within_days"], lambda a: f"{a.within_days}日以内" if a.within_days else ""),
    (
        "within_business_days",
        NAMES["within_business_days"],
        lambda a: f"{a.within_business_days}開庁日以内" if a.within_business_days else "",
    ),
    (
        "within_months",
        NAMES["within_months"],
        lambda a: f"{a.within_months}か月以内" if a.within_months else "",
    ),
    ("first_day", "初日", lambda a: "起きた日を1日目として数える" if a.first_day else ""),
    ("roll", NAMES["roll"], lambda a: ROLL[a.roll] if a.roll else ""),
    ("written", "書面", lambda a: "書面による" if a.written else ""),
    ("instead", "代えられるもの", lambda a: kind_label(a.instead) if a.instead else ""),
    ("exception", "例外", lambda a: _joined(_EXEMPT[one] for one in a.exception)),
    ("applies_to", NAMES["applies_to"], lambda a: "" if a.applies_to is AppliesTo.ALL else str(a.applies_to)),
    ("media", "対象の媒体", lambda a: _joined(a.media)),
    ("workers", "対象の従事者", lambda a: _joined(a.workers)),
    ("subsidiaries", "子会社", lambda a: "自社の子会社も第三者に含む" if a.subsidiaries else ""),
    ("tiers", "2次以降の再委託", lambda a: "段階ごとに承諾が必要" if a.tiers else ""),
    ("further", "再委託先からの委託", lambda a: _FURTHER[a.further] if a.further else ""),
    ("roles", "定める役割", lambda a: _joined(a.roles)),
    ("topics", "研修の内容", lambda a: _joined(a.topics)),
    ("explain", "説明する法令", _explained),
    ("prescribed", "様式", lambda a: "発注者の定める様式がある" if a.prescribed else ""),
    (
        "period_months",
        NAMES["period_months"],
        lambda a: f"{a.period_months}か月に1回以上" if a.period_months else "",
    ),
    ("cycle", NAMES["cycle"], lambda a: CYCLE[a.cycle] if a.cycle else ""),
    ("keep_months", NAMES["keep_months"], lambda a: f"{a.keep_months}か月以上" if a.keep_months else ""),
    ("items", "求められる事項", lambda a: _joined(a.items)),
    ("acts", "終わらせ方", lambda a: _joined(a.acts)),
    ("methods", "方法", lambda a: _joined(a.methods)),
    ("copies", "複製物", lambda a: "原本と同じ扱い" if a.copies else ""),
    ("designated", "範囲", lambda a: "発注者が指定したものに限る" if a.designated else ""),
    ("mishaps", "対象の事故", lambda a: _joined(a.mishaps)),
    ("stages", NAMES["stages"], _stages),
    ("then", NAMES["then"], lambda a: str(a.then or "")),
    ("then_days", NAMES["then_days"], lambda a: f"{a.then_days}日以内" if a.then_days else ""),
    ("country", NAMES["country"], lambda a: a.country),
    ("answer", "求めを受けたとき", lambda a: _ANSWER[a.answer] if a.answer else ""),
    ("best_effort", "程度", lambda a: "可能な範囲で" if a.best_effort else ""),
)
"""Parameter, its label and its words, in the order in which people read them."""

LABELS: Mapping[str, str] = MappingProxyType({**{name: label for name, label, _ in _PARAMETERS}, **NAMES})
"""What people read for a parameter by itself; of a submission it is the time that is assumed or chosen."""

CHOICES: Mapping[str, Mapping[Any, str]] = MappingProxyType(
    {
        **override_words.CHOICES,
        "exception": _EXEMPT,
        "answer": _ANSWER,
        "further": _FURTHER,
    }
)
"""Parameters whose values have words of their own, each value with its words."""


def asks_words(asks: Asks) -> list[tuple[str, str]]:
    """Label and text of everything that is asked; what is not asked is left out."""
    found = [(label, words(asks)) for _name, label, words in _PARAMETERS]
    assumed = _joined(LABELS[name] for name in asks.assumed)
    note = f"{assumed}（特記事項に定めがないため）" if assumed else ""
    return [(label, text) for label, text in (*found, ("本ソフトの想定", note)) if text]
