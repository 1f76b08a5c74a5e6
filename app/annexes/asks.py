"""The whole vocabulary in which a clause says what it asks, each parameter declared once.

The same kind of duty asks for different things in different annexes. An evaluator reads ``clause.asks(kind)``
and nothing else of a clause. Reading from a file, the words beside the clause, the editor, what a contract
may set by itself and the description of the format follow from what stands here.

Annotations are data here: the module does without ``from __future__ import annotations``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin

from app.annexes.choices import (
    Act,
    Answer,
    AppliesTo,
    Article,
    Auditor,
    Beyond,
    Carriage,
    Consent,
    Cycle,
    Exempt,
    Further,
    Lockup,
    Medium,
    OathRow,
    Oversight,
    Roll,
    Submit,
    Urgency,
    Within,
    Workers,
)
from app.annexes.kinds import KINDS
from app.annexes.parameter_types import (
    Articles,
    Count,
    Flag,
    KindName,
    Many,
    Names,
    One,
    Parameter,
    Several,
    Text,
    Texts,
)
from app.records.assignment import Role
from app.records.check import Theme
from app.records.incident import IncidentKind
from app.records.training import Topic

_TOLD = (
    "responsible-person",
    "worker-list",
    "work-location",
    "equipment-register",
    "oath",
    "training",
    "management-system",
    "transfer-record",
    "disposal-certificate",
)
"""Kinds of which the client is told: beforehand, or so soon after."""
_BEFORE = (
    "responsible-person",
    "worker-list",
    "work-location",
    "equipment-register",
    "oath",
    "training",
    "supervision",
    "dispatch-contract",
    "management-system",
    "transfer-method",
    "equipment-takeout",
    "bringin-approval",
    "subcontract-approval",
    "subcontract-flowdown",
)
"""Kinds with something that is done before a use or the start of work."""
_AFTER = tuple(kind.name for kind in KINDS.values() if kind.after)
_REPEATED = (
    "training",
    "supervision",
    "management-system",
    "secrecy",
    "purpose-limit",
    "collection-limit",
    "law",
    "security-measures",
    "software-hygiene",
    "access-log",
    "backup-check",
    "subcontract-flowdown",
    "status-report",
    "audit",
)
"""Kinds that are done, or confirmed, again and again."""
_ALLOWED = (
    "purpose-limit",
    "collection-limit",
    "copy-approval",
    "takeout-approval",
    "equipment-takeout",
    "bringin-approval",
    "subcontract-approval",
    "subcontract-flowdown",
    "disposal-approval",
)
"""Kinds that the client's word lifts or carries."""
_APPLIED_FOR = {
    "purpose-limit": "purpose-application",
    "collection-limit": "purpose-application",
    "copy-approval": "copy-application",
    "takeout-approval": "takeout-application",
    "equipment-takeout": "equipment-takeout-application",
    "bringin-approval": "bringin-application",
    "subcontract-approval": "subcontract-application",
    "disposal-approval": "disposal-application",
}
"""Kinds for which the client is asked, each with the form on which that is done."""
_ENDED = ("return", "disposal", "disposal-approval", "disposal-certificate")
"""Kinds about how information leaves the vendor's hands."""


@dataclass(frozen=True, kw_only=True)
class Asks:
    """What one clause asks for one kind. Absent parameters ask for nothing."""

    submit: Annotated[
        Submit,
        One(
            of=Submit,
            label="提出の時期",
            heading="提出",
            about="whether the client receives something",
            kinds=_TOLD,
            by_contract=True,
        ),
    ] = Submit.NONE
    urgency: Annotated[
        Urgency | None,
        One(
            of=Urgency,
            label="時期",
            about="how soon, in the annex's word",
            kinds=(*_TOLD, *_AFTER),
            by_contract=True,
        ),
    ] = None
    days_before: Annotated[
        int | None,
        Count(
            unit="日前まで",
            said={1: "前日まで"},
            label="何日前までか",
            about="at the latest so many days before the use or the start of work; absent: the day before",
            kinds=_BEFORE,
            by_contract=True,
        ),
    ] = None
    within_days: Annotated[
        int | None,
        Count(
            unit="日以内",
            label="日数の期限",
            about="so many days from the event",
            kinds=(*_TOLD, *_AFTER),
            by_contract=True,
        ),
    ] = None
    within_business_days: Annotated[
        int | None,
        Count(
            unit="開庁日以内",
            label="開庁日の期限",
            about="so many days on which offices are open; `within_days` goes before it",
            kinds=(*_TOLD, *_AFTER),
            by_contract=True,
        ),
    ] = None
    within_months: Annotated[
        int | None,
        Count(
            unit="か月以内",
            label="月数の期限",
            about="so many months from the event; a number of days goes before it",
            kinds=(*_TOLD, *_AFTER),
            by_contract=True,
        ),
    ] = None
    first_day: Annotated[
        bool,
        Flag(
            sentence="起きた日を1日目として数える",
            label="初日",
            about="the day of the event is the first day",
            kinds=(*_TOLD, *_AFTER, *_REPEATED),
        ),
    ] = False
    roll: Annotated[
        Roll | None,
        One(
            of=Roll,
            label="期限が閉庁日のとき",
            about="where a deadline on a closed day goes",
            kinds=(*_BEFORE, *_TOLD, *_AFTER),
            by_contract=True,
        ),
    ] = None
    written: Annotated[
        bool,
        Flag(
            sentence="書面による",
            label="書面",
            about="report, approval, instruction or agreement in writing",
            kinds=(
                *_ALLOWED,
                "responsible-person",
                "worker-list",
                "management-system",
                "secrecy",
                "status-report",
                "management-rules",
                "incident-notice",
            ),
        ),
    ] = False
    instead: Annotated[
        str,
        KindName(
            among=("oath",),
            label="代えられるもの",
            about="the kind whose full performance discharges this one (oaths of all workers for the list)",
            kinds=("worker-list",),
        ),
    ] = ""
    exception: Annotated[
        tuple[Exempt, ...],
        Many(
            of=Exempt,
            alone=Exempt.NONE,
            label="例外",
            about="what lifts the ban, any one of several; `none` stands alone; absent: nothing is banned",
            kinds=(
                *_ALLOWED,
                "secrecy",
                "private-device-ban",
                "return",
                "disposal",
                "disposal-certificate",
            ),
        ),
    ] = ()
    consent: Annotated[
        Consent,
        One(
            of=Consent,
            label="承諾を表す語",
            about="the clause's own word for the client's consent, in which it is asked for and given",
            kinds=tuple(_APPLIED_FOR),
            forms=tuple(dict.fromkeys(_APPLIED_FOR.values())),
        ),
    ] = Consent.CONSENT
    lifts: Annotated[
        tuple[Beyond, ...],
        Many(
            of=Beyond,
            label="例外が及ぶもの",
            about="what of the ban `exception` can lift; the rest is absolute; absent: all of it",
            kinds=("purpose-limit",),
        ),
    ] = ()
    within: Annotated[
        Within | None,
        One(
            of=Within,
            label="持出しとなる範囲",
            about="where taking out begins; absent: at the vendor's own premises",
            kinds=("takeout-approval",),
        ),
    ] = None
    locks: Annotated[
        tuple[Lockup, ...],
        Many(
            of=Lockup,
            label="保管場所の措置",
            about="what every place of storage must have; absent: any lock, entry control or store",
            kinds=("locked-storage",),
        ),
    ] = ()
    carriage: Annotated[
        tuple[Carriage, ...],
        Many(
            of=Carriage,
            label="搬送の措置",
            about="what every carriage must have; absent: any one measure of the list",
            kinds=("transport",),
        ),
    ] = ()
    applies_to: Annotated[
        AppliesTo,
        One(of=AppliesTo, label="対象の情報", about="the information meant", by_contract=True),
    ] = AppliesTo.ALL
    media: Annotated[
        tuple[Medium, ...],
        Many(
            of=Medium,
            label="対象の媒体",
            about="its carriers; absent: all",
            kinds=("security-measures", "locked-storage", "transport", "disposal", "disposal-certificate"),
        ),
    ] = ()
    workers: Annotated[
        tuple[Workers, ...],
        Many(
            of=Workers,
            label="対象の従事者",
            about="the people meant; absent: all",
            kinds=(
                "worker-list",
                "oath",
                "training",
                "supervision",
                "dispatch-contract",
                "retirement-secrecy",
                "subcontract-flowdown",
            ),
        ),
    ] = ()
    subsidiaries: Annotated[
        bool,
        Flag(
            sentence="自社の子会社も第三者に含む",
            label="子会社",
            about="own subsidiaries count as third parties",
            kinds=("subcontract-approval",),
        ),
    ] = False
    tiers: Annotated[
        bool,
        Flag(
            sentence="段階ごとに承諾が必要",
            label="2次以降の再委託",
            about="each further tier needs an approval of its own",
            kinds=("subcontract-approval",),
        ),
    ] = False
    selection: Annotated[
        bool,
        Flag(
            sentence="同等の措置を講じられる者であることを選定時に確かめる",
            label="再委託先の選定",
            about="the sub-contractor was found able to take the same measures before it was chosen",
            kinds=("subcontract-flowdown",),
        ),
    ] = False
    further: Annotated[
        Further | None,
        One(
            of=Further,
            label="再委託先からの委託",
            about="further delegation by a sub-contractor",
            kinds=("subcontract-flowdown",),
        ),
    ] = None
    roles: Annotated[
        tuple[Role, ...],
        Many(
            of=Role,
            label="定める役割",
            about="who must be named",
            kinds=("responsible-person", "supervision"),
        ),
    ] = ()
    topics: Annotated[
        tuple[Topic, ...],
        Many(of=Topic, label="研修の内容", about="what training covers", kinds=("training",)),
    ] = ()
    oversight: Annotated[
        tuple[Oversight, ...],
        Many(
            of=Oversight,
            label="周知と監督の別",
            about="whether workers are told, supervised or both; absent: either will do",
            kinds=("supervision",),
        ),
    ] = ()
    themes: Annotated[
        tuple[Theme, ...],
        Many(
            of=Theme,
            label="周知・監督の事項",
            about="what workers are told or supervised about; absent: anything",
            kinds=("supervision",),
        ),
    ] = ()
    former: Annotated[
        bool,
        Flag(
            sentence="従事していた者も含む",
            label="従事を終えた者",
            about="those who worked and do so no more are meant as well",
            kinds=("supervision",),
        ),
    ] = False
    explain: Annotated[
        tuple[Article, ...],
        Articles(
            label="説明する法令",
            about="articles to explain before an oath",
            kinds=("oath",),
            forms=("oath",),
        ),
    ] = ()
    prescribed: Annotated[
        bool,
        Flag(
            sentence="発注者の定める様式がある",
            label="様式",
            about="the annex brings its own form, on which the oath has to be signed",
            kinds=("oath", "worker-list"),
        ),
    ] = False
    oath_text: Annotated[
        tuple[str, ...],
        Texts(
            label="誓約の文",
            about="the words of that form, paragraph by paragraph; absent: typed with the contract, or ours",
            kinds=("oath",),
            forms=("oath",),
        ),
    ] = ()
    oath_rows: Annotated[
        tuple[OathRow, ...],
        Many(
            of=OathRow,
            label="誓約書の欄",
            about="what stands below 記 on an oath, in the order given; absent: all of it",
            kinds=("oath",),
            forms=("oath",),
        ),
    ] = ()
    oath_bare: Annotated[
        bool,
        Flag(
            sentence="宛先と条項名を載せない",
            label="誓約書の頭書",
            about="no addressee and no clause stand at the head of an oath",
            kinds=("oath",),
            forms=("oath",),
        ),
    ] = False
    period_months: Annotated[
        int | None,
        Count(
            unit="か月に1回以上",
            label="頻度",
            about="at least once in so many months",
            kinds=_REPEATED,
            by_contract=True,
        ),
    ] = None
    cycle: Annotated[
        Cycle | None,
        One(
            of=Cycle,
            label="期間の数え方",
            about="from when `period_months` is counted",
            kinds=_REPEATED,
            by_contract=True,
        ),
    ] = None
    keep_months: Annotated[
        int | None,
        Count(
            unit="か月以上",
            label="保存",
            about="kept for at least so many months",
            kinds=("access-log",),
            by_contract=True,
        ),
    ] = None
    items: Annotated[
        tuple[str, ...],
        Texts(
            label="求められる事項",
            about="what the document or agreement must carry, or the measures meant, in order",
            kinds=(
                "responsible-person",
                "worker-list",
                "supervision",
                "dispatch-contract",
                "management-system",
                "transfer-method",
                "retirement-secrecy",
                "collection-limit",
                "law",
                "security-measures",
                "takeout-approval",
                "software-hygiene",
                "access-log",
                "handling-ledger",
                "backup-check",
                "subcontract-approval",
                "subcontract-flowdown",
                "status-report",
                "improvement",
                "management-rules",
                "incident-notice",
                "incident-followup",
                "disposal-certificate",
            ),
        ),
    ] = ()
    acts: Annotated[
        tuple[Act, ...],
        Many(
            of=Act,
            label="終わらせ方",
            about="which endings of an asset are meant",
            kinds=(*_ENDED, "witness"),
        ),
    ] = ()
    methods: Annotated[
        tuple[str, ...],
        Texts(label="方法", about="the methods named for them", kinds=("disposal",)),
    ] = ()
    copies: Annotated[
        bool,
        Flag(
            sentence="原本と同じ扱い",
            label="複製物",
            about="copies count as the asset itself",
            kinds=("return", "disposal", "disposal-certificate"),
        ),
    ] = False
    designated: Annotated[
        bool,
        Flag(
            sentence="発注者が指定したものに限る",
            label="範囲",
            about="only what the client has designated",
            kinds=("transfer-record", "return", "disposal"),
        ),
    ] = False
    other_purposes: Annotated[
        bool,
        Flag(
            sentence="業務以外の目的によるものに限る",
            label="利用の目的",
            about="only what is done for other purposes than the work",
            kinds=("copy-approval",),
        ),
    ] = False
    mishaps: Annotated[
        tuple[IncidentKind, ...],
        Many(
            of=IncidentKind,
            label="対象の事故",
            about="what to prevent or report",
            kinds=("security-measures", "incident-notice", "incident-followup"),
        ),
    ] = ()
    stages: Annotated[
        int | None,
        Count(
            unit="段階",
            most=2,
            said={1: "1回の報告", 2: "2段階（まず知らせ、次に状況を報告）"},
            label="報告の段階",
            about="in how many stages an incident is reported",
            kinds=("incident-notice",),
            by_contract=True,
        ),
    ] = None
    then: Annotated[
        Urgency | None,
        One(
            of=Urgency,
            but=(Urgency.BEFOREHAND,),
            because="第2段階の報告は事前にはできないため、",
            label="続く報告の時期",
            about="how soon the second stage of a report follows",
            kinds=("incident-notice",),
            by_contract=True,
        ),
    ] = None
    then_days: Annotated[
        int | None,
        Count(
            unit="日以内",
            label="続く報告の期限",
            about="in at most how many days the second stage follows",
            kinds=("incident-notice",),
            by_contract=True,
        ),
    ] = None
    by_word: Annotated[
        bool,
        Flag(
            sentence="口頭又は電話による",
            label="第一報",
            about="the first stage of a report is by word of mouth or telephone; a paper does not replace it",
            kinds=("incident-notice",),
        ),
    ] = False
    auditor: Annotated[
        Auditor,
        One(of=Auditor, label="監査を行う者", about="who audits; absent: the client", kinds=("audit",)),
    ] = Auditor.CLIENT
    on_site: Annotated[
        bool,
        Flag(
            sentence="業務を行う作業場所で行う",
            label="監査の場所",
            about="the audit takes place where the work is done",
            kinds=("audit",),
        ),
    ] = False
    refusal: Annotated[
        bool,
        Flag(
            sentence="正当な理由があれば断ることができる",
            label="監査を断ること",
            about="the vendor may refuse for a good reason; absent: it may not",
            kinds=("audit",),
        ),
    ] = False
    instructed: Annotated[
        bool,
        Flag(
            sentence="発注者の指示を含む",
            label="改善の求め",
            about="plain instructions of the client are carried out like requests to improve",
            kinds=("improvement",),
        ),
    ] = False
    country: Annotated[
        str,
        Text(
            label="保管できる国",
            about="the only country where the information may be kept",
            kinds=("domestic-storage",),
            by_contract=True,
        ),
    ] = ""
    answer: Annotated[
        Answer | None,
        One(
            of=Answer,
            label="求めを受けたとき",
            about="duty on a request from outside",
            kinds=("data-subject-request",),
        ),
    ] = None
    best_effort: Annotated[
        bool,
        Flag(
            sentence="可能な範囲で",
            label="程度",
            about="“as far as possible”",
            kinds=("security-measures", "encryption", "incident-followup"),
        ),
    ] = False
    assumed: Annotated[
        tuple[str, ...],
        Names(
            label="想定した条件",
            about="parameters that the annex leaves open and the product fills in; people are told so",
        ),
    ] = ()

    def __hash__(self) -> int:
        """Reckoned once: what evaluators keep, they keep by what is asked."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, name) for name in PARAMETERS))


def declared(cls: type[Any]) -> Mapping[str, Parameter]:
    """Parameter → its declaration. Raises ``TypeError`` naming a field that is declared wrongly."""
    found = {}
    for one in fields(cls):
        inner, *said = get_args(one.type) or (one.type,)
        if len(said) != 1 or not isinstance(said[0], Parameter):
            raise TypeError(f"{cls.__name__}.{one.name} needs one declaration of what it means")
        _check(f"{cls.__name__}.{one.name}", inner, said[0])
        found[one.name] = said[0]
    return MappingProxyType(found)


def _check(name: str, inner: Any, parameter: Parameter) -> None:
    held = next((part for part in get_args(inner) if part is not type(None)), inner)
    wanted = parameter.of if isinstance(parameter, One | Many) else parameter.one
    if held is not wanted or (get_origin(inner) is tuple) != isinstance(parameter, Several):
        raise TypeError(f"{name} is {inner}, but {type(parameter).__name__} holds {wanted}")
    among = parameter.among if isinstance(parameter, KindName) else ()
    if unknown := {*parameter.kinds, *among} - set(KINDS):
        raise TypeError(f"{name} names kinds that are not declared: {sorted(unknown)}")


PARAMETERS = declared(Asks)
"""Each parameter of a clause in the order in which people read them."""

OVERRIDABLE = tuple(name for name, one in PARAMETERS.items() if one.by_contract)
"""The parameters that a contract may set by itself."""

NOTHING = Asks()


def parameters_of(kind: str) -> tuple[str, ...]:
    """The parameters that the evaluator of ``kind`` looks at. Raises ``KeyError`` for an unknown kind."""
    name = KINDS[kind].name
    return tuple(one for one, parameter in PARAMETERS.items() if parameter.belongs_to(name))
