"""copy-approval and takeout-approval: each event needs an approval, and approvals cannot be recorded yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.duties.clause import AppliesTo, Asks, Exempt
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.handling import events_of
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Asset, Event
from app.records.event import EventKind

_GROUNDS: Mapping[Exempt, str] = MappingProxyType(
    {
        Exempt.APPROVAL: "承諾",
        Exempt.APPROVAL_EACH: "都度の承諾",
        Exempt.INSTRUCTION: "指示",
        Exempt.INSTRUCTION_AND_APPROVAL: "指示と承諾の両方",
        Exempt.SPECIFICATION: "仕様書の定め",
        Exempt.STATUTE: "法令の定め",
    }
)


def judge_copy(question: Question) -> Verdict:
    return _judge(question, EventKind.COPIED, "複写・複製")


def judge_takeout(question: Question) -> Verdict:
    return _judge(question, EventKind.TAKEN_OUT, "持出し")


def _judge(question: Question, kind: EventKind, word: str) -> Verdict:
    found = events_of(question, kind)
    applies_to = question.asks.applies_to
    named = word if applies_to is AppliesTo.ALL else f"{applies_to}の{word}"
    absolute = Exempt.NONE in question.asks.exception
    if not found:
        rule = "例外なく禁じられています" if absolute else f"行う前に{ground(question.asks)}が必要です"
        return question.not_due(f"{named}の記録はありませんが、{rule}。")
    rule = f"{named}には、{ground(question.asks)}があらかじめ必要です。"
    if absolute:
        rule = f"{named}は例外なく禁じられ、承諾があっても認められません。"
    return question.judge([_unapproved(event, asset, rule, absolute) for event, asset in found], (), "")


def _unapproved(event: Event, asset: Asset, rule: str, absolute: bool) -> Lack:
    what = (
        f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}、{event.quantity:,}{asset.unit}）"
    )
    text = f"{what}に承諾の記録がありません。"
    if absolute:
        text = f"{what}は禁止に反するため、事情と対応を確かめてください。"
    return Lack(text, rule, "event", event.id, None, open_record(event))


def ground(asks: Asks) -> str:
    """What lifts the ban, in words: 書面による指示又は承諾."""
    words = "又は".join(_GROUNDS[one] for one in asks.exception if one in _GROUNDS) or "承諾"
    return f"書面による{words}" if asks.written else words


COPY = evaluator(judge_copy, State.NOT_DUE, State.DUE)
TAKEOUT = evaluator(judge_takeout, State.NOT_DUE, State.DUE)
