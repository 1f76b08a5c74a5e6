"""One clause of an annex, and what its parameters may say.

The same kind of duty asks for different things in different annexes. ``Asks`` is the whole vocabulary
in which a clause says what it asks; an evaluator reads ``clause.asks(kind)`` and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.records.assignment import Role
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


class Mishap(StrEnum):
    """What a clause tells the vendor to prevent, or to report when it happens."""

    LEAK = "漏えい"
    LOSS = "滅失"
    DAMAGE = "毀損"
    FALSIFICATION = "改ざん"
    THEFT = "盗難"
    VIOLATION = "違反"
    RISK = "違反のおそれ"


class Medium(StrEnum):
    """What carries the information that a clause speaks of."""

    PAPER = "紙"
    ELECTRONIC = "電子データ"


class Answer(StrEnum):
    """What a request from outside obliges to: pass it on, or hear the other party's opinion."""

    NOTIFY = "notify"
    OPINION = "opinion"


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
    mishaps: tuple[Mishap, ...] = ()
    stages: int | None = None
    country: str = ""
    answer: Answer | None = None
    further: Further | None = None
    best_effort: bool = False
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One entry of an annex: a numbered paragraph, or an item that is a duty of its own.

    ``key`` never changes, wherever the clause stands; ``number`` is the annex's own numbering, led by the
    part where an annex has several (``契約書 第8条``). ``parameters`` is what the catalogue says, as JSON
    data; a table named like a kind holds for that kind only. A clause with ``options`` binds a contract
    only where all of them are switched on. ``kinds`` is empty where there is nothing to do.
    """

    annex: str
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
        """The number without the part."""
        return self.number.rpartition(" ")[2]

    def asks(self, kind: str) -> Asks:
        """What the clause asks for ``kind``. Raises ``KeyError`` if the clause does not have that kind."""
        return self.asked[kind]
