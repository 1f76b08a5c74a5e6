"""How the state of a duty, a document or a day is shown: always a sign and a word, and a colour besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.annexes.kinds import State
from app.records import Client, Contract, Facts, Submission
from app.records.days import short_wareki, wareki_weekday


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its sign and its tone (a name of the theme)."""

    word: str
    sign: str
    tone: str

    @property
    def text(self) -> str:
        """Sign and word, as a chip or a cell shows them."""
        return f"{self.sign} {self.word}"


_STATES: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.OVERDUE: ("×", "danger"),
        State.DUE: ("△", "warn"),
        State.WAITING: ("◇", "wait"),
        State.CONFIRM: ("？", "info"),
        State.NOT_DUE: ("・", "muted"),
        State.SATISFIED: ("○", "ok"),
        State.NOT_APPLICABLE: ("－", "muted"),
    }
)

URGENT = (State.OVERDUE, State.DUE, State.WAITING, State.CONFIRM)
"""The states in which something is to be done, from the most to the least pressing."""


def mark(state: State) -> Mark:
    """How a state of a duty is shown."""
    sign, tone = _STATES[state]
    return Mark(state.label, sign, tone)


STALE = Mark("現況と相違", "△", "warn")
"""A submitted document that no longer says what the ledger says."""


OUTDATED = Mark("発行後に相違", "△", "danger")
"""A paper in hand that no longer says what the ledger says: it would go out wrong under the seal."""


FINDINGS = Mark("記録の食い違い", "≠", "warn")
"""What the cross-checks found."""


UNSUBMITTED = Mark("未提出", "△", "warn")


NOT_JUDGED = Mark("確認中", "…", "muted")
"""What is not judged yet: whatever else is shown would be kinder than the facts may be."""


def document_mark(submission: Submission, stale: bool | None = False, *, outdated: bool = False) -> Mark:
    """Where an issued document stands; ``stale``: None while it is not known if it still holds.

    ``outdated``: whether the ledger changed since it was issued, of one that is not handed in.
    """
    if submission.voided_on:
        return Mark("無効", "－", "muted")
    if submission.sent_back_on:
        return Mark("差戻し", "×", "danger")
    if submission.submitted_on is None:
        return OUTDATED if outdated else UNSUBMITTED
    if stale is None:
        return NOT_JUDGED
    if stale:
        return STALE
    return Mark("受理済み" if submission.accepted_on else "提出済み", "○", "ok")


def long_day(day: date) -> str:
    """A day in its era with the day of the week: 令和8年4月1日（水）."""
    return wareki_weekday(day)


def short_day(day: date | None) -> str:
    """A day for a narrow column: R8.4.1; empty for none."""
    return short_wareki(day) if day else ""


def days_left(due: date, today: date) -> str:
    """How far off a deadline is, in words."""
    days = (due - today).days
    if days < 0:
        return f"{-days:,}日超過"
    if days == 0:
        return "きょうまで"
    return "あすまで" if days == 1 else f"あと{days:,}日"


def period(start: date, end: date | None) -> str:
    """From when to when, for a narrow column."""
    return f"{short_day(start)}～{short_day(end)}"


def named(facts: Facts, contract: Contract) -> str:
    """A contract as people call it: whose it is, and what."""
    client = facts.find(Client, contract.client)
    return f"{client.name}　{contract.title}" if client else contract.title
