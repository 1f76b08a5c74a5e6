"""What the page of a merge says: states, answers, counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.exchange.merging.plans import Answer, MergePlan, MergeRow, Outcome
from app.exchange.tables.telling import without_commands
from app.records import SPECS

HERE, THERE = "この台帳", "もう一方の台帳"
WORDS: Mapping[Outcome, tuple[str, str, str]] = MappingProxyType(
    {
        Outcome.ASKED: ("？", "要確認", "warn"),
        Outcome.NEW: ("＋", "新規", "ok"),
        Outcome.CHANGED: ("△", "変更", "info"),
        Outcome.RETIRED: ("－", "取消し", "danger"),
        Outcome.KEPT: ("", "この台帳のまま", ""),
        Outcome.LEFT: ("", "統合しない", ""),
        Outcome.SAME: ("", "同じ", ""),
    }
)
"""Of each state of a row its sign, its word and its tone, in the order in which they are looked at."""
TAKES: Mapping[Outcome | None, str] = MappingProxyType(
    {
        Outcome.CHANGED: "もう一方の台帳のとおり",
        Outcome.RETIRED: "もう一方の台帳のとおり取り消す",
        Outcome.NEW: "この台帳に加える",
    }
)
"""By what would become of it, what the answer is called by which the other ledger stands."""


def writes(plan: MergePlan) -> int:
    """How many records it would write."""
    return sum(row.outcome.writes for row in plan.rows)


def counted(plan: MergePlan) -> str:
    """The counts of a plan as people read them; states without a record are left out."""
    return "、".join(f"{WORDS[one][1]}{plan.counts[one]:,}件" for one in WORDS if plan.counts[one])


def origin(plan: MergePlan) -> str:
    """Which ledger it is, and how far both were the same."""
    held = plan.origin
    since = f"、このうち{held.common:,}件までは同じ台帳" if held.common else "、もとから別の台帳"
    return f"もう一方の台帳：識別番号 {held.ledger}　記録 {held.sequence:,}件{since}"


def hindrance(plan: MergePlan) -> str:
    """Why it cannot be merged as it stands; empty where it can."""
    if plan.asked:
        return (
            f"要確認が{len(plan.asked):,}件あります。すべてに答えるまで、1件も統合しません。"
            "行を選び、左右を見比べて答えてください。"
        )
    return "" if writes(plan) else "統合する記録はありません。台帳は元のままです。"


def why(row: MergeRow) -> str:
    """What is to be known of the row, in a sentence."""
    return without_commands(row.why)


def label_of(row: MergeRow) -> str:
    """The type of the record."""
    return SPECS[row.kind].label


def answered(row: MergeRow) -> bool:
    """Whether it was asked about and somebody answered."""
    return row.taken is not None and row.outcome is not Outcome.ASKED


def alike(row: MergeRow, other: MergeRow) -> bool:
    """Whether one answer may stand for both: the same type, asked for the same reason."""
    return (row.kind, row.taken, row.two, row.why) == (other.kind, other.taken, other.two, other.why)


def may(row: MergeRow, answer: Answer) -> bool:
    """Whether the row may be answered so."""
    return row.taken is not None and (answer is not Answer.BOTH or row.two)
