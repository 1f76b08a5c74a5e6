"""事故: an accident, a violation or the risk of one, from its discovery to its closing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.amounts import Amount
from app.records.days import When, certainly_after
from app.records.kinds import Choice, Day, Flag, Many, Moment, Number, Quantity, Ref, Row, Rows, Text
from app.records.spec import Record, Section, record


class IncidentKind(StrEnum):
    LEAK = "漏えい"
    LOSS = "滅失"
    DAMAGE = "毀損"
    FALSIFICATION = "改ざん"
    THEFT = "盗難"
    VIOLATION = "違反"
    RISK = "おそれ"


_TO_SOMEBODY = frozenset((IncidentKind.LEAK, IncidentKind.VIOLATION, IncidentKind.RISK))
"""The kinds in which somebody may have got what he should not have."""
_COMES_BACK = _TO_SOMEBODY | {IncidentKind.LOSS, IncidentKind.THEFT}
"""The kinds in which something may be got back, or erased where it went."""
SUSPECTED = "漏えい等のおそれ"
"""How a paper calls what is only suspected: 「おそれ」 alone does not say of what."""


def said_kinds(kinds: Sequence[str]) -> str:
    """The kinds of an incident as papers name them: what happened, and apart from it what is suspected."""
    happened = "、".join(kind for kind in kinds if kind != IncidentKind.RISK)
    if IncidentKind.RISK not in kinds:
        return happened
    return f"{happened}（ほかに{SUSPECTED}）" if happened else SUSPECTED


class Stage(StrEnum):
    """How a report of an incident reaches the client."""

    FIRST = "第一報（口頭・電話）"
    WRITTEN = "書面報告"
    FINAL = "最終報告"


class Statute(StrEnum):
    """What the vendor's own report under 個人情報保護法第26条 comes to, as a person decided it."""

    REPORT = "自社が委員会に報告する"
    ENTRUSTER = "発注者への通知をもって報告に代える"
    NONE = "報告を要しない"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNotice(Row):
    """One report to the client."""

    stage: Annotated[str, Choice(label="段階", of=Stage)]
    notified_at: Annotated[When, Moment(label="報告した日時", past=True)]
    how: Annotated[str, Text(label="方法", hint="電話、持参など")] = ""
    to_whom: Annotated[str, Text(label="相手方")] = ""
    content: Annotated[str, Text(label="伝えた内容", longest=1000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAsset(Row):
    """What was concerned."""

    asset: Annotated[int | None, Ref(label="情報資産", to="asset")] = None
    device: Annotated[int | None, Ref(label="PC・媒体", to="device")] = None
    item: Annotated[str, Text(label="情報項目", hint="名称だけを入力します")] = ""
    medium: Annotated[str, Text(label="媒体名")] = ""
    quantity: Annotated[Amount | None, Quantity(label="数量")] = None
    persons: Annotated[int | None, Number(label="本人の数", unit="人")] = None
    known_on: Annotated[date | None, Day(label="判明した日", past=True)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry(Row):
    """Who did what, when."""

    at: Annotated[When, Moment(label="日時", past=True)]
    who: Annotated[str, Text(label="行った者")] = ""
    what: Annotated[str, Text(label="内容", longest=1000)]


KNOWN_ON: Mapping[str, str] = {
    "happened_at": "happened_known_on",
    "persons": "persons_known_on",
    "instructions": "instructions_on",
    "containment": "contained_on",
    "cause": "cause_known_on",
    "secondary_harm": "secondary_harm_known_on",
    "prevention": "prevention_on",
    "prevention_planned": "prevention_planned_on",
    "recovered": "recovered_on",
}
"""What may become known later than the incident itself → the field with the day on which it did."""


@record(
    "incident",
    "事故",
    key=("number",),
    assigned="I-{:03}",
    titled=("number", "found_at"),
    carried=("contract",),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """One incident of one contract; what is not known yet stays empty."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="事故番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    kinds: Annotated[
        tuple[str, ...],
        Many(
            label="種類",
            of=IncidentKind,
            listed=True,
            hint="起きたと分かっているものを選びます。起きたかどうか分からない間は「おそれ」だけを選びます",
        ),
    ]
    found_at: Annotated[When, Moment(label="発見した日時", past=True, listed=True)]
    found_by: Annotated[str, Text(label="発見した者", searched=True)] = ""
    found_how: Annotated[
        str, Text(label="発覚の経緯", lines=2, longest=1000, hint="どのようにして分かったか")
    ] = ""
    happened_at: Annotated[
        When | None, Moment(label="発生した日時", past=True, hint="分からない間は空欄")
    ] = None
    happened_known_on: Annotated[
        date | None,
        Day(label="発生した日時が判明した日", past=True, hint="発見のときから分かっていれば発見した日"),
    ] = None
    place: Annotated[str, Text(label="発生した場所", searched=True)] = ""
    circumstances: Annotated[str, Text(label="状況", lines=4, longest=4000, searched=True)] = ""
    assets: Annotated[
        tuple[IncidentAsset, ...], Rows(label="対象の情報", of=IncidentAsset, group="対象")
    ] = ()
    persons: Annotated[
        int | None,
        Number(
            label="本人の数（全体）", unit="人", group="対象", hint="重なりを除いた数。分からない間は空欄"
        ),
    ] = None
    persons_known_on: Annotated[date | None, Day(label="本人の数が判明した日", past=True, group="対象")] = (
        None
    )
    protection: Annotated[
        str, Text(label="失われた媒体の保護", group="対象", hint="その日の暗号化・施錠の状態")
    ] = ""
    recipient: Annotated[
        str,
        Text(
            label="誤って渡った相手",
            group="対象",
            hint="会社名や区分だけを入力します",
        ),
    ] = ""
    recovered: Annotated[
        bool | None,
        Flag(label="回収", yes="回収・削除を確かめた", no="回収できていない", group="対象"),
    ] = None
    recovered_on: Annotated[date | None, Day(label="回収の結果が判明した日", past=True, group="対象")] = None
    notices: Annotated[
        tuple[IncidentNotice, ...], Rows(label="発注者への報告", of=IncidentNotice, group="報告")
    ] = ()
    instructions: Annotated[str, Text(label="発注者の指示", lines=3, longest=2000, group="報告")] = ""
    instructions_by: Annotated[
        str, Text(label="指示した発注者の担当者", searched=True, group="報告", hint="所属と氏名")
    ] = ""
    instructions_on: Annotated[date | None, Day(label="指示を受けた日", past=True, group="報告")] = None
    instructions_done: Annotated[str, Text(label="指示への対応", lines=3, longest=2000, group="報告")] = ""
    instructions_done_on: Annotated[date | None, Day(label="指示に対応した日", past=True, group="報告")] = (
        None
    )
    timeline: Annotated[tuple[TimelineEntry, ...], Rows(label="経過", of=TimelineEntry, group="報告")] = ()
    contained_on: Annotated[date | None, Day(label="拡大を防いだ日", past=True, group="措置")] = None
    containment: Annotated[str, Text(label="拡大防止の措置", lines=3, longest=2000, group="措置")] = ""
    cause: Annotated[str, Text(label="原因", lines=3, longest=2000, group="措置")] = ""
    cause_known_on: Annotated[date | None, Day(label="原因が判明した日", past=True, group="措置")] = None
    secondary_harm: Annotated[
        str,
        Text(
            label="二次被害",
            lines=2,
            longest=1000,
            group="措置",
            hint="なかったときも、確かめた結果として「確認されていない」などと入力します",
        ),
    ] = ""
    secondary_harm_known_on: Annotated[
        date | None, Day(label="二次被害の有無が判明した日", past=True, group="措置")
    ] = None
    prevention: Annotated[str, Text(label="再発防止策（実施済み）", lines=3, longest=2000, group="措置")] = ""
    prevention_on: Annotated[date | None, Day(label="再発防止策を実施した日", past=True, group="措置")] = None
    prevention_planned: Annotated[
        str, Text(label="再発防止策（予定）", lines=3, longest=2000, group="措置")
    ] = ""
    prevention_planned_on: Annotated[
        date | None, Day(label="再発防止策（予定）を決めた日", past=True, group="措置")
    ] = None
    prevention_due_on: Annotated[date | None, Day(label="再発防止策（予定）の期日", group="措置")] = None
    discussed_on: Annotated[date | None, Day(label="発注者と措置を協議した日", past=True, group="措置")] = (
        None
    )
    persons_notified: Annotated[
        bool | None,
        Flag(label="本人への通知", yes="通知した", no="通知を要しない", group="本人への通知と公表"),
    ] = None
    persons_notified_on: Annotated[
        date | None, Day(label="本人に通知した日", past=True, group="本人への通知と公表")
    ] = None
    persons_notified_count: Annotated[
        int | None, Number(label="通知した本人の数", unit="人", group="本人への通知と公表")
    ] = None
    persons_notified_how: Annotated[
        str, Text(label="通知の方法", group="本人への通知と公表", hint="文書の郵送、訪問、電話など")
    ] = ""
    notice_planned_on: Annotated[
        date | None,
        Day(label="本人への通知の予定日", group="本人への通知と公表", hint="まだ通知していない場合"),
    ] = None
    no_notice_why: Annotated[
        str, Text(label="通知を要しない理由", lines=2, longest=1000, group="本人への通知と公表")
    ] = ""
    notice_decided_on: Annotated[
        date | None, Day(label="通知の要否を決めた日", past=True, group="本人への通知と公表")
    ] = None
    no_notice_instruction: Annotated[
        int | None,
        Ref(label="通知を要しないとする発注者の指示", to="instruction", group="本人への通知と公表"),
    ] = None
    published: Annotated[
        bool | None, Flag(label="公表", yes="公表した", no="公表を要しない", group="本人への通知と公表")
    ] = None
    published_on: Annotated[date | None, Day(label="公表した日", past=True, group="本人への通知と公表")] = (
        None
    )
    published_where: Annotated[
        str, Text(label="公表の場所・方法", group="本人への通知と公表", hint="ウェブサイト、報道発表など")
    ] = ""
    publication_planned_on: Annotated[
        date | None, Day(label="公表の予定日", group="本人への通知と公表", hint="まだ公表していない場合")
    ] = None
    no_publication_why: Annotated[
        str, Text(label="公表を要しない理由", lines=2, longest=1000, group="本人への通知と公表")
    ] = ""
    publication_decided_on: Annotated[
        date | None, Day(label="公表の要否を決めた日", past=True, group="本人への通知と公表")
    ] = None
    statute: Annotated[
        str,
        Choice(
            label="自社の法定報告",
            of=Statute,
            group="自社の法定報告（個人情報保護法第26条）",
            hint="個人情報保護委員会への報告。要るかどうかは、発注者と確かめて決めます",
        ),
    ] = ""
    statute_why: Annotated[
        str,
        Text(label="その判断の理由", lines=2, longest=1000, group="自社の法定報告（個人情報保護法第26条）"),
    ] = ""
    statute_known_on: Annotated[
        date | None,
        Day(
            label="事態を知った日",
            past=True,
            group="自社の法定報告（個人情報保護法第26条）",
            hint="空欄は、発見した日",
        ),
    ] = None
    wrongful: Annotated[
        bool | None,
        Flag(
            label="不正の目的によるおそれ",
            yes="ある",
            no="ない",
            group="自社の法定報告（個人情報保護法第26条）",
        ),
    ] = None
    statute_told_on: Annotated[
        date | None,
        Day(
            label="発注者に事態を通知した日",
            past=True,
            group="自社の法定報告（個人情報保護法第26条）",
            hint="報告に代える通知（第26条第1項ただし書）",
        ),
    ] = None
    statute_first_on: Annotated[
        date | None,
        Day(label="速報をした日", past=True, group="自社の法定報告（個人情報保護法第26条）"),
    ] = None
    statute_final_on: Annotated[
        date | None,
        Day(label="確報をした日", past=True, group="自社の法定報告（個人情報保護法第26条）"),
    ] = None
    closed_on: Annotated[date | None, Day(label="終結した日", past=True, listed=True)] = None

    @property
    def called(self) -> str:
        """How a sentence calls it: by its number or, while it is only planned and has none, by what it is."""
        return self.number or self.spec.label

    @property
    def astray(self) -> tuple[str, ...]:
        """The fields of whom it reached and whether it is back that fit its kinds."""
        to = ("recipient",) if _TO_SOMEBODY.intersection(self.kinds) else ()
        return (*to, *(("recovered", "recovered_on") if _COMES_BACK.intersection(self.kinds) else ()))

    @property
    def suspected(self) -> bool:
        """Whether nothing is known to have happened: it is a suspicion, and no paper may say otherwise."""
        return tuple(self.kinds) == (IncidentKind.RISK,)

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.happened_at and certainly_after(self.happened_at, self.found_at):
            yield "happened_at", "発生した日時が発見した日時より後です。日時を確かめてください。"
        if self.closed_on and self.closed_on < self.found_at.date():
            yield "closed_on", "終結した日が発見した日より前です。日付を確かめてください。"
        if self.persons_notified and self.persons_notified_on is None:
            yield "persons_notified_on", "本人に通知したときは、通知した日を入力してください。"
        if self.published and self.published_on is None:
            yield "published_on", "公表したときは、公表した日を入力してください。"
        if self.recovered and self.recovered_on is None:
            yield "recovered_on", "回収・削除を確かめたときは、それが判明した日を入力してください。"
        yield from self._contradictions()
        yield from self._astray()
        yield from self._known_too_early()
        yield from self._statutory()
        for number, row in enumerate(self.notices, 1):
            if certainly_after(self.found_at, row.notified_at):
                yield (
                    f"notices.{number}.notified_at",
                    f"{number}行目の報告の日時が発見した日時より前です。日時を確かめてください。",
                )

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        if self.persons_notified is not None and self.notice_planned_on is not None:
            yield "notice_planned_on", "通知した場合と通知を要しない場合は、通知の予定日を消してください。"
        if self.published is not None and self.publication_planned_on is not None:
            yield (
                "publication_planned_on",
                "公表した場合と公表を要しない場合は、公表の予定日を消してください。",
            )
        if self.persons_notified is not False and self.no_notice_why:
            yield "no_notice_why", "通知を要しない理由は、「通知を要しない」を選んだ場合に入力してください。"
        if self.published is not False and self.no_publication_why:
            yield (
                "no_publication_why",
                "公表を要しない理由は、「公表を要しない」を選んだ場合に入力してください。",
            )
        if (self.persons_notified_count or 0) > (self.persons or 0) > 0:
            yield (
                "persons_notified_count",
                "通知した本人の数が本人の数（全体）を超えています。どちらかの数を改めてください。",
            )
        for name in ("persons_notified_count", "persons_notified_how"):
            if getattr(self, name) and not self.persons_notified:
                label = self.spec.field(name).label
                yield name, f"{label}は、本人に通知した場合に入力してください。"

    def _astray(self) -> Iterator[tuple[str, str]]:
        """A report tells to whom something went and whether it is back: not of what only broke."""
        if self.recipient and "recipient" not in self.astray:
            yield (
                "recipient",
                "誤って渡った相手は、種類が「漏えい」「違反」「おそれ」のときに入力します。種類を選ぶか、消してください。",
            )
        if self.recovered is not None and "recovered" not in self.astray:
            yield (
                "recovered",
                "回収は、種類が「毀損」「改ざん」だけのときは選びません。種類か回収を直してください。",
            )

    def _statutory(self) -> Iterator[tuple[str, str]]:
        """Nobody reports or tells what nobody has found, nor ends a report before it begins."""
        found = self.found_at.date()
        for name in (
            "statute_told_on",
            "statute_first_on",
            "statute_final_on",
            "persons_notified_on",
            "published_on",
        ):
            day = getattr(self, name)
            if day is not None and day < found:
                yield name, f"{self.spec.field(name).label}が発見した日より前です。日付を確かめてください。"
        first, final = self.statute_first_on, self.statute_final_on
        if first is not None and final is not None and final < first:
            yield "statute_final_on", "確報をした日が速報をした日より前です。日付を確かめてください。"
        if self.statute_known_on is not None and self.statute_known_on < found:
            # The law counts from when anybody of the company knew: an earlier day is one of discovery too.
            yield (
                "statute_known_on",
                "事態を知った日が発見した日より前です。先に知った者がいるときは、発見した日時を直してください。",
            )

    def _known_too_early(self) -> Iterator[tuple[str, str]]:
        """What became known of an incident cannot have been known before it was found."""
        found = self.found_at.date()
        for name, day in (*KNOWN_ON.items(), ("instructions_done", "instructions_done_on")):
            known, field = getattr(self, day), self.spec.field(name)
            if known is None:
                continue
            if known < found:
                yield day, f"{self.spec.field(day).label}が発見した日より前です。日付を確かめてください。"
            if field.kind.is_empty(getattr(self, name)):
                yield day, f"{field.label}を入力するか、{self.spec.field(day).label}を消してください。"
        for number, row in enumerate(self.assets, 1):
            if row.known_on is not None and row.known_on < found:
                yield (
                    f"assets.{number}.known_on",
                    f"{number}行目の判明した日が発見した日より前です。日付を確かめてください。",
                )

    def known(self, name: str, day: date) -> bool:
        """Whether what the field ``name`` (one of ``KNOWN_ON``) says was known by ``day``.

        Without the day on which it became known nobody can say so: a first report leaves it out.
        """
        since: date | None = getattr(self, KNOWN_ON[name])
        return (
            not self.spec.field(name).kind.is_empty(getattr(self, name))
            and since is not None
            and since <= day
        )

    def first(self, stage: Stage) -> When | None:
        """When a report of ``stage`` was first made, None if it was not."""
        return min((row.notified_at for row in self.notices if row.stage == stage), default=None)
