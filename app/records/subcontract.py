"""再委託: what of one contract is delegated to whom, under which duties and with which approval."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Flag, Number, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class FlowdownDuty(StrEnum):
    """What the agreement with a sub-contractor puts on it."""

    SECRECY = "秘密保持"
    PURPOSE = "目的外利用・提供の禁止"
    SAFETY = "安全管理措置"
    COPY = "複写・複製の制限"
    TAKE_OUT = "持出しの制限"
    TRAINING = "従事者の研修"
    OATH = "従事者の誓約書"
    REPORT = "事故の報告"
    AUDIT = "監査・調査の受入れ"
    RETURN = "返還・廃棄"
    NO_FURTHER = "さらに委託することの禁止"
    SAME_DUTIES = "同等の義務を課したうえでの再々委託"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcontractDuty(Row):
    """One duty written into the agreement."""

    duty: Annotated[str, Choice(label="義務", of=FlowdownDuty, other=True)]


@record(
    "subcontract",
    "再委託",
    key=("number",),
    assigned="SC-{:03}",
    late=True,
    titled=("subcontractor", "contract"),
    carried=(
        "contract",
        "tier",
        "parent",
        "work",
        "information",
        "reason",
        "starts_on",
        "ends_on",
        "control",
        "responsible",
        "location",
    ),
    section=Section.DELEGATION,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Subcontract(Record):
    """A delegation; ``parent`` is the delegation of the tier above, empty for the first tier."""

    number: Annotated[
        str, Text(label="再委託番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    subcontractor: Annotated[int, Ref(label="再委託先", to="subcontractor", listed=True)]
    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    tier: Annotated[
        int, Number(label="段階", least=1, most=9, unit="次", listed=True, hint="直接の再委託は1")
    ] = 1
    parent: Annotated[int | None, Ref(label="上位の再委託", to="subcontract")] = None
    work: Annotated[str, Text(label="再委託する業務", lines=2, longest=1000, listed=True, searched=True)]
    information: Annotated[
        str, Text(label="含まれる情報", lines=2, longest=1000, hint="情報項目の名称だけを入力します")
    ] = ""
    reason: Annotated[str, Text(label="再委託の理由", lines=2, longest=1000)] = ""
    starts_on: Annotated[date, Day(label="再委託の始期", listed=True)]
    ends_on: Annotated[date | None, Day(label="再委託の終期", listed=True)] = None
    responsible: Annotated[
        str,
        Text(label="再委託先の責任者", searched=True, group="体制", hint="役職と氏名"),
    ] = ""
    location: Annotated[
        int | None,
        Ref(label="作業場所", to="location", group="体制", hint="再委託先が作業する場所"),
    ] = None
    workers: Annotated[
        int | None,
        Number(
            label="従事者の人数",
            least=1,
            most=99_999,
            unit="人",
            group="体制",
            hint="氏名を要員として登録していない場合に入力します",
        ),
    ] = None
    approval: Annotated[int | None, Ref(label="承諾", to="approval", listed=True)] = None
    unapproved: Annotated[
        str,
        Text(
            label="承諾を得ないで再委託した理由",
            longest=500,
            hint="申請書には印字されず、義務は要対応のまま残ります",
        ),
    ] = ""
    selection: Annotated[
        str,
        Text(label="選定時の確認", lines=3, longest=1000, group="選定と管理", hint="確認した日、基準、結果"),
    ] = ""
    selected_on: Annotated[date | None, Day(label="選定の確認日", past=True, group="選定と管理")] = None
    control: Annotated[str, Text(label="管理・監督の方法", lines=3, longest=1000, group="選定と管理")] = ""
    agreed_on: Annotated[date | None, Day(label="再委託契約の締結日", past=True, group="再委託契約")] = None
    agreement_written: Annotated[
        bool | None, Flag(label="再委託契約の方式", yes="書面", no="口頭", group="再委託契約")
    ] = None
    duties: Annotated[
        tuple[SubcontractDuty, ...], Rows(label="契約に入れた義務", of=SubcontractDuty, group="再委託契約")
    ] = ()
    instructed: Annotated[
        str, Text(label="発注者が指示した事項の伝達", lines=3, longest=1000, group="再委託契約")
    ] = ""
    further: Annotated[
        bool | None, Flag(label="再委託先からのさらなる委託", yes="あり", no="なし", group="再委託契約")
    ] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
        if self.tier > 1 and self.parent is None:
            yield "parent", "2次以降の再委託には、上位の再委託を選んでください。"
        if self.tier == 1 and self.parent is not None:
            yield "tier", "上位の再委託がある場合、段階は2以上を入力してください。"

    @property
    def duty_names(self) -> tuple[str, ...]:
        return tuple(row.duty for row in self.duties)
