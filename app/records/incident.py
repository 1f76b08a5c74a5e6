"""事故: an accident, a violation or the risk of one, from its discovery to its closing."""

from collections.abc import Iterator
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


class Stage(StrEnum):
    """How a report of an incident reaches the client."""

    FIRST = "第一報（口頭・電話）"
    WRITTEN = "書面報告"
    FINAL = "最終報告"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry(Row):
    """Who did what, when."""

    at: Annotated[When, Moment(label="日時", past=True)]
    who: Annotated[str, Text(label="行った者")] = ""
    what: Annotated[str, Text(label="内容", longest=1000)]


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
    kinds: Annotated[tuple[str, ...], Many(label="種類", of=IncidentKind, listed=True)]
    found_at: Annotated[When, Moment(label="発見した日時", past=True, listed=True)]
    found_by: Annotated[str, Text(label="発見した者", searched=True)] = ""
    happened_at: Annotated[
        When | None, Moment(label="発生した日時", past=True, hint="分からない間は空欄")
    ] = None
    place: Annotated[str, Text(label="発生した場所", searched=True)] = ""
    circumstances: Annotated[str, Text(label="状況", lines=4, longest=4000, searched=True)] = ""
    assets: Annotated[
        tuple[IncidentAsset, ...], Rows(label="対象の情報", of=IncidentAsset, group="対象")
    ] = ()
    protection: Annotated[
        str, Text(label="失われた媒体の保護", group="対象", hint="その日の暗号化・施錠の状態")
    ] = ""
    notices: Annotated[
        tuple[IncidentNotice, ...], Rows(label="発注者への報告", of=IncidentNotice, group="報告")
    ] = ()
    instructions: Annotated[str, Text(label="発注者の指示", lines=3, longest=2000, group="報告")] = ""
    instructions_done: Annotated[str, Text(label="指示への対応", lines=3, longest=2000, group="報告")] = ""
    timeline: Annotated[tuple[TimelineEntry, ...], Rows(label="経過", of=TimelineEntry, group="報告")] = ()
    contained_on: Annotated[date | None, Day(label="拡大を防いだ日", past=True, group="措置")] = None
    containment: Annotated[str, Text(label="拡大防止の措置", lines=3, longest=2000, group="措置")] = ""
    cause: Annotated[str, Text(label="原因", lines=3, longest=2000, group="措置")] = ""
    secondary_harm: Annotated[str, Text(label="二次被害", lines=2, longest=1000, group="措置")] = ""
    prevention: Annotated[str, Text(label="再発防止策（実施済み）", lines=3, longest=2000, group="措置")] = ""
    prevention_on: Annotated[date | None, Day(label="再発防止策を実施した日", past=True, group="措置")] = None
    prevention_planned: Annotated[
        str, Text(label="再発防止策（予定）", lines=3, longest=2000, group="措置")
    ] = ""
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
    closed_on: Annotated[date | None, Day(label="終結した日", past=True, listed=True)] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.happened_at and certainly_after(self.happened_at, self.found_at):
            yield "happened_at", "発生した日時が発見した日時より後です。日時を確かめてください。"
        if self.closed_on and self.closed_on < self.found_at.date():
            yield "closed_on", "終結した日が発見した日より前です。日付を確かめてください。"
        if self.persons_notified and self.persons_notified_on is None:
            yield "persons_notified_on", "本人に通知したときは、通知した日を入力してください。"
        if self.published and self.published_on is None:
            yield "published_on", "公表したときは、公表した日を入力してください。"
        for number, row in enumerate(self.notices, 1):
            if certainly_after(self.found_at, row.notified_at):
                yield (
                    f"notices.{number}.notified_at",
                    f"{number}行目の報告の日時が発見した日時より前です。日時を確かめてください。",
                )

    def first(self, stage: Stage) -> When | None:
        """When a report of ``stage`` was first made, None if it was not."""
        return min((row.notified_at for row in self.notices if row.stage == stage), default=None)
