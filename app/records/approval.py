"""承諾: what the client allowed, on which ground, for what exactly and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.amounts import Amount
from app.records.kinds import Choice, Day, Flag, Many, Number, Quantity, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.safeguard import Safeguard
from app.records.spec import Record, Section, record


class ApprovalKind(StrEnum):
    TAKE_OUT = "持出"
    DEVICE_TAKE_OUT = "機器持出"
    COPY = "複写"
    BRING_IN = "持込"
    SUBCONTRACT = "再委託"
    DISPOSAL = "廃棄"
    OTHER_USE = "目的外利用"
    THIRD_PARTY = "第三者提供"
    COLLECTION = "取得"


class Basis(StrEnum):
    APPROVAL = "承諾"
    INSTRUCTION = "指示"
    SPECIFICATION = "仕様書"
    STATUTE = "法令"


class Serves(StrEnum):
    """Whether it serves one event or any number within its scope and period."""

    ONE = "1回限り"
    MANY = "期間中繰返し"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalSubject(Row):
    """One thing that is allowed to be moved, copied or destroyed; without an asset or device it is words."""

    asset: Annotated[int | None, Ref(label="情報資産", to="asset")] = None
    device: Annotated[int | None, Ref(label="PC・媒体", to="device")] = None
    item: Annotated[str, Text(label="内容", hint="情報項目や機器の名称")] = ""
    medium: Annotated[str, Text(label="媒体名")] = ""
    quantity: Annotated[Amount | None, Quantity(label="数量")] = None
    unit: Annotated[str, Text(label="単位", longest=10, hint="枚、冊、個など")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPerson(Row):
    """A person to whom it is allowed."""

    person: Annotated[int, Ref(label="要員", to="person")]


@record(
    "approval",
    "承諾",
    key=("number",),
    assigned="AP-{:03}",
    titled=("number", "kind"),
    carried=(
        "contract",
        "kind",
        "basis",
        "serves",
        "purpose",
        "destination",
        "persons",
        "carrier",
        "safeguards",
        "protection",
        "storage",
        "copies_disposal",
        "premises",
        "scope",
    ),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Record):
    """One application and the client's answer, or an instruction that stands in for it.

    Pending while neither granted nor refused. Without subjects it serves whatever the contract holds.
    """

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="承諾番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    kind: Annotated[str, Choice(label="種別", of=ApprovalKind, other=True, listed=True)]
    basis: Annotated[str, Choice(label="根拠", of=Basis, listed=True)]
    written: Annotated[bool | None, Flag(label="方式", yes="書面", no="口頭")] = None
    serves: Annotated[str, Choice(label="効力", of=Serves)] = Serves.ONE.value
    subjects: Annotated[
        tuple[ApprovalSubject, ...], Rows(label="対象", of=ApprovalSubject, group="承諾の範囲")
    ] = ()
    purpose: Annotated[
        str, Text(label="目的・理由", lines=3, longest=1000, searched=True, group="承諾の範囲")
    ] = ""
    scope: Annotated[
        str,
        Text(
            label="利用・提供・取得の範囲",
            lines=2,
            longest=1000,
            group="承諾の範囲",
            hint="目的外利用、第三者提供、取得の場合。情報項目の名称だけを入力します",
        ),
    ] = ""
    source: Annotated[
        str, Text(label="取得先", searched=True, group="承諾の範囲", hint="取得の場合に、誰から取得するか")
    ] = ""
    means: Annotated[
        str, Text(label="取得の方法", group="承諾の範囲", hint="書面、聴き取り、システムからの出力など")
    ] = ""
    destination: Annotated[
        str,
        Text(
            label="持出し先・提供先",
            searched=True,
            group="承諾の範囲",
            hint="相手方、行き先など。登録済みの場所への持込みは「持込み先の場所」で選びます",
        ),
    ] = ""
    premises: Annotated[
        int | None, Ref(label="持込み先の場所", to="location", group="承諾の範囲", hint="持込みの場合")
    ] = None
    copies: Annotated[int | None, Number(label="複写の部数", least=1, group="承諾の範囲")] = None
    persons: Annotated[
        tuple[ApprovalPerson, ...], Rows(label="取り扱う者", of=ApprovalPerson, group="承諾の範囲")
    ] = ()
    carrier: Annotated[str, Text(label="搬送の方法・搬送者", group="承諾の範囲")] = ""
    safeguards: Annotated[
        tuple[str, ...], Many(label="搬送・持出しの措置", of=Safeguard, group="承諾の範囲")
    ] = ()
    protection: Annotated[
        str, Text(label="措置の補足", group="承諾の範囲", hint="一覧にない措置、暗号の方式など")
    ] = ""
    storage: Annotated[
        str, Text(label="保管の方法", group="承諾の範囲", hint="複写物や持ち出したものをどこにどう保管するか")
    ] = ""
    copies_disposal: Annotated[
        str, Text(label="複写物の廃棄の方法", group="承諾の範囲", hint="いつ、どう廃棄・消去するか")
    ] = ""
    return_by: Annotated[
        date | None, Day(label="返却・持帰りの期限", group="承諾の範囲", hint="持出し・持込みの場合")
    ] = None
    starts_on: Annotated[date | None, Day(label="有効期間の始期", group="承諾の範囲")] = None
    ends_on: Annotated[date | None, Day(label="有効期間の終期", listed=True, group="承諾の範囲")] = None
    applied_on: Annotated[date | None, Day(label="申請日", past=True, listed=True, group="申請と回答")] = None
    granted_on: Annotated[date | None, Day(label="承諾日", past=True, listed=True, group="申請と回答")] = None
    granted_by: Annotated[str, Text(label="承諾した者", searched=True, group="申請と回答")] = ""
    reference: Annotated[
        str, Text(label="発注者の文書番号", listed=True, searched=True, group="申請と回答")
    ] = ""
    conditions: Annotated[str, Text(label="条件", lines=3, longest=1000, group="申請と回答")] = ""
    refused_on: Annotated[
        date | None, Day(label="不承諾の日", past=True, listed=True, group="申請と回答")
    ] = None
    refused_why: Annotated[str, Text(label="不承諾の理由", group="申請と回答")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
        yield from not_before(self, "return_by", "starts_on")
        if self.kind != ApprovalKind.COLLECTION and (self.source or self.means):
            yield (
                "source" if self.source else "means",
                "取得先と取得の方法は、種別が「取得」の承諾だけに入力できます。",
            )
        yield from not_before(self, "granted_on", "applied_on")
        yield from not_before(self, "refused_on", "applied_on")
        if self.granted_on and self.refused_on:
            yield "refused_on", "承諾日と不承諾の日の両方は入力できません。どちらかを消してください。"

    def granted(self, day: date) -> bool:
        """Whether it was granted by ``day``."""
        return self.granted_on is not None and self.granted_on <= day

    def pending(self, day: date) -> bool:
        """Whether it was applied for by ``day`` and is not answered yet."""
        answered = self.granted_on or self.refused_on
        asked = self.applied_on is not None and self.applied_on <= day
        return asked and (answered is None or answered > day)

    def in_period(self, day: date) -> bool:
        """Whether ``day`` lies within the period for which it was granted; an open end has no limit."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.last_day is None or day <= self.last_day)

    @property
    def last_day(self) -> date | None:
        """The last day on which it allows anything: what had to be back by then is not allowed after it."""
        return min((day for day in (self.ends_on, self.return_by) if day), default=None)
