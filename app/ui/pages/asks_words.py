"""What a clause asks, in words: its parameters as people read them beside the clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.duties.clause import AppliesTo, Asks, Exempt, Submit
from app.duties.kinds import kind_label

_SUBMIT: Mapping[Submit, str] = {
    Submit.ON_REQUEST: "求められたときに提出",
    Submit.BEFOREHAND: "事前に提出",
    Submit.PROMPTLY: "行った後に速やかに提出",
}
_EXEMPT: Mapping[Exempt, str] = {
    Exempt.APPROVAL: "発注者の承諾があれば可",
    Exempt.APPROVAL_EACH: "その都度の承諾があれば可",
    Exempt.INSTRUCTION: "発注者の指示があれば可",
    Exempt.INSTRUCTION_AND_APPROVAL: "指示と承諾の両方があれば可",
    Exempt.SPECIFICATION: "仕様書に定めがあれば可",
    Exempt.STATUTE: "法令に定めがあれば可",
    Exempt.NONE: "例外なし",
}


def _joined(value: tuple[Any, ...]) -> str:
    return "、".join(str(part) for part in value)


def _submit(asks: Asks) -> str:
    if asks.submit is Submit.BEFOREHAND:
        days = asks.days_before or 1
        return f"事前に提出（{'前日' if days == 1 else f'{days}日前'}まで）"
    return _SUBMIT.get(asks.submit, "")


_WORDS: tuple[tuple[str, Callable[[Asks], str]], ...] = (
    ("提出", _submit),
    ("時期", lambda a: str(a.urgency or "")),
    ("書面", lambda a: "書面による" if a.written else ""),
    ("代えられるもの", lambda a: kind_label(a.instead) if a.instead else ""),
    ("例外", lambda a: "、".join(_EXEMPT[one] for one in a.exception)),
    ("対象の情報", lambda a: "" if a.applies_to is AppliesTo.ALL else str(a.applies_to)),
    ("対象の媒体", lambda a: _joined(a.media)),
    ("対象の従事者", lambda a: _joined(a.workers)),
    ("定める役割", lambda a: _joined(a.roles)),
    ("研修の内容", lambda a: _joined(a.topics)),
    ("説明する法令", lambda a: "、".join(f"{one.act}{one.article}（{one.subject}）" for one in a.explain)),
    ("様式", lambda a: "発注者の定める様式がある" if a.prescribed else ""),
    ("頻度", lambda a: f"{a.period_months}か月に1回以上" if a.period_months else ""),
    ("保存", lambda a: f"{a.keep_months}か月以上" if a.keep_months else ""),
    ("記載する事項", lambda a: _joined(a.items)),
    ("終わらせ方", lambda a: _joined(a.acts)),
    ("方法", lambda a: _joined(a.methods)),
    ("複製物", lambda a: "原本と同じ扱い" if a.copies else ""),
    ("範囲", lambda a: "発注者が指定したものに限る" if a.designated else ""),
    ("備える事故", lambda a: _joined(a.mishaps)),
    ("報告の段階", lambda a: f"{a.stages}段階（まず口頭、次に書面）" if a.stages else ""),
    ("保管できる国", lambda a: a.country),
    ("程度", lambda a: "可能な範囲で" if a.best_effort else ""),
)

_NAMES: Mapping[str, str] = {
    "days_before": "何日前までか",
    "period_months": "頻度",
    "keep_months": "保存期間",
    "submit": "提出の要否",
    "urgency": "時期",
    "stages": "報告の段階",
    "country": "保管できる国",
    "applies_to": "対象の情報",
    "topics": "研修の内容",
}


def asks_words(asks: Asks) -> list[tuple[str, str]]:
    """Label and text of everything that is asked; what is not asked is left out."""
    found = [(label, words(asks)) for label, words in _WORDS]
    assumed = "、".join(_NAMES.get(name, name) for name in asks.assumed)
    note = f"{assumed}（特記事項に定めがないため）" if assumed else ""
    return [(label, text) for label, text in (*found, ("本ソフトの想定", note)) if text]
