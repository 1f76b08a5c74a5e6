"""One clause of an annex, and what its parameters may say.

The same kind of duty asks for different things in different annexes. ``Asks`` is the whole vocabulary
in which a clause says what it asks; an evaluator reads ``clause.asks(kind)`` and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.records.assignment import Role
from app.records.incident import IncidentKind
from app.records.training import Topic

Json = str | int | bool | list["Json"] | dict[str, "Json"]
"""What a parameter may hold in the catalogue and in ``jutaku clauses --json``."""


class Submit(StrEnum):
    """Whether the client receives something: not at all, when asked, beforehand, or promptly after."""

    NONE = "none"
    ON_REQUEST = "on-request"
    BEFOREHAND = "beforehand"
    PROMPTLY = "promptly"


class Exempt(StrEnum):
    """What lifts a ban, or replaces the way asked for. ``NONE`` is absolute: no approval ever turns it green.

    ``APPROVAL_EACH`` serves one event; ``INSTRUCTION_AND_APPROVAL`` means that both are needed.
    """

    APPROVAL = "approval"
    APPROVAL_EACH = "approval-each"
    INSTRUCTION = "instruction"
    INSTRUCTION_AND_APPROVAL = "instruction-and-approval"
    SPECIFICATION = "specification"
    STATUTE = "statute"
    NONE = "none"


class AppliesTo(StrEnum):
    """The information a clause speaks of; the contract says what it handles."""

    ALL = "all"
    PERSONAL = "個人情報"
    SPECIFIC = "特定個人情報"
    NOT_PERSONAL = "個人情報以外"


class Urgency(StrEnum):
    """How soon, in the annex's own word."""

    AT_ONCE = "直ちに"
    SPEEDILY = "速やかに"
    WITHOUT_DELAY = "遅滞なく"
    BEFOREHAND = "あらかじめ"


class Workers(StrEnum):
    """Whose workers a clause means; ``OWN`` is everyone but temporary and sub-contractor's workers."""

    OWN = "自社"
    TEMPORARY = "派遣"
    SUBCONTRACTOR = "再委託先"


class Act(StrEnum):
    """How information can leave the vendor's hands for good."""

    RETURN = "返還"
    HAND_OVER = "引渡し"
    DESTROY = "廃棄"
    ERASE = "消去"


class Medium(StrEnum):
    """What carries the information that a clause speaks of."""

    PAPER = "紙"
    ELECTRONIC = "電子データ"


class Answer(StrEnum):
    """What a request from outside obliges to: pass it on, or hear the other party's opinion."""

    NOTIFY = "notify"
    OPINION = "opinion"


class Roll(StrEnum):
    """What becomes of a deadline on a day on which the client's offices are closed."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


class Cycle(StrEnum):
    """From when a period is counted: the last time it was done, contract years, or years from April."""

    ROLLING = "rolling"
    CONTRACT_YEAR = "contract-year"
    FISCAL_YEAR = "fiscal-year"


class Further(StrEnum):
    """Whether a sub-contractor may delegate again: never, or bound by the same duties."""

    FORBIDDEN = "forbidden"
    SAME_DUTIES = "same-duties"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an act that has to be explained to a worker before the oath."""

    act: str
    article: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What one clause asks for one kind. Absent parameters ask for nothing.

    submit, urgency, days_before: whether, how soon, and at the latest how many days before the use or
        the start of work the client has it (beforehand without a number: the day before).
    within_days, within_business_days, within_months: the deadline counted from the event; of several, the
        first that is set in this order. ``first_day``: the day of the event counts as the first day.
    roll: where a deadline on a closed day goes.
    then, then_days: how soon the second stage of a report has to follow, and in at most how many days.
    cycle: from when ``period_months`` is counted.
    subsidiaries: the vendor's own subsidiaries count as third parties too. tiers: each further tier needs
        an approval of its own.
    written: the report, approval or instruction must be in writing.
    instead: the kind whose full performance discharges this one (oaths of all workers for the list).
    exception: what lifts the ban; any one of several does. Empty: the clause bans nothing.
    applies_to, media, workers: the information, its carriers (empty: all) and the people meant (empty: all).
    roles, topics, explain: who must be named, what training covers, which articles an oath rests on.
    prescribed: the annex brings its own form, which the client may insist on.
    period_months, keep_months: at least once in so many months; kept for at least so many months.
    items: what the document or agreement must carry, in order.
    acts, methods: which endings of an asset are meant, and the methods named for them.
    copies, designated: copies count as the asset itself; only what the client has designated is meant.
    mishaps, stages: what to prevent or report; in how many stages an incident is reported.
    country: the only country where the information may be kept.
    answer, further: duty on a request from outside; further delegation by a sub-contractor.
    best_effort: the annex says "as far as possible".
    assumed: names of those parameters that the annex leaves open and the product fills in; the contract
        may override them, and people are told that they are assumptions.
    """

    submit: Submit = Submit.NONE
    urgency: Urgency | None = None
    days_before: int | None = None
    within_days: int | None = None
    within_business_days: int | None = None
    within_months: int | None = None
    first_day: bool = False
    roll: Roll | None = None
    then: Urgency | None = None
    then_days: int | None = None
    cycle: Cycle | None = None
    subsidiaries: bool = False
    tiers: bool = False
    written: bool = False
    instead: str = ""
    exception: tuple[Exempt, ...] = ()
    applies_to: AppliesTo = AppliesTo.ALL
    media: tuple[Medium, ...] = ()
    workers: tuple[Workers, ...] = ()
    roles: tuple[Role, ...] = ()
    topics: tuple[Topic, ...] = ()
    explain: tuple[Article, ...] = ()
    prescribed: bool = False
    period_months: int | None = None
    keep_months: int | None = None
    items: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    methods: tuple[str, ...] = ()
    copies: bool = False
    designated: bool = False
    mishaps: tuple[IncidentKind, ...] = ()
    stages: int | None = None
    country: str = ""
    answer: Answer | None = None
    further: Further | None = None
    best_effort: bool = False
    assumed: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the few that mostly differ: answers are kept by what is asked, and 36 are too many each time."""
        return hash((self.submit, self.urgency, self.exception, self.items, self.period_months, self.cycle))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One entry of an annex: a numbered paragraph, or an item that is a duty of its own.

    ``annex`` and ``version`` name the annex it stands in.
    ``key`` never changes, wherever the clause stands; ``number`` is the annex's own numbering, led by the
    part where an annex has several (``契約書 第8条``). ``parameters`` is what the catalogue says, as JSON
    data; a table named like a kind holds for that kind only. A clause with ``options`` binds a contract
    only where all of them are switched on. ``kinds`` is empty where there is nothing to do.
    """

    annex: str
    version: int = 1
    key: str
    number: str
    heading: str
    summary: str
    kinds: tuple[str, ...]
    when: tuple[str, ...]
    options: tuple[str, ...] = ()
    parameters: Mapping[str, Json] = field(default_factory=dict, hash=False)
    asked: Mapping[str, Asks] = field(default_factory=dict, repr=False, hash=False)

    @property
    def part(self) -> str:
        """The part of the annex, ``""`` where it has only one."""
        return self.number.rpartition(" ")[0]

    @property
    def article(self) -> str:
        """The number without the part, as it is cited: a paragraph numbered 20 is 第20項."""
        article = self.number.rpartition(" ")[2]
        return f"第{article}項" if article.isdecimal() else article

    def asks(self, kind: str) -> Asks:
        """What the clause asks for ``kind``. Raises ``KeyError`` if the clause does not have that kind."""
        return self.asked[kind]
