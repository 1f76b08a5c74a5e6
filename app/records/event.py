"""取扱記録: what happened to an asset, when, how much of it and between whom."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.amounts import Amount
from app.records.days import When
from app.records.kinds import Choice, Day, Flag, Many, Moment, Quantity, Ref, Text
from app.records.safeguard import Safeguard
from app.records.spec import Record, Section, record
from app.records.status import Status


class EventKind(StrEnum):
    RECEIVED = "受領"
    COLLECTED = "取得"
    MADE = "作成"
    HANDED_OVER = "引渡"
    USED = "使用"
    COPIED = "複写"
    MOVED = "保管場所変更"
    TAKEN_OUT = "持出"
    BROUGHT_BACK = "持帰"
    RETURNED = "返還"


RECEIVING = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.MADE)
"""Kinds that bring the asset into the vendor's hands."""
HANDED_OVER = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.HANDED_OVER, EventKind.RETURNED)
"""Kinds in which the thing goes from one hand into another's: a slip tells them."""
GIVING_BACK = (EventKind.RETURNED, EventKind.HANDED_OVER)
"""Kinds after which the quantity is with whoever took it: the client, or somebody who still has it."""


@record(
    "event",
    "取扱記録",
    assigned="H-{:04}",
    numbered="handover",
    titled=("asset", "kind"),
    carried=(
        "kind",
        "from_party",
        "to_party",
        "counterpart",
        "handover_place",
        "method",
        "person",
        "location",
        "destination",
        "device",
    ),
    apart=("quantity",),
    section=Section.ASSETS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One movement or copy of an asset."""

    asset: Annotated[int, Ref(label="情報資産", to="asset", listed=True)]
    kind: Annotated[str, Choice(label="取扱い", of=EventKind, listed=True)]
    status: Annotated[str, Choice(label="予定・実績", of=Status, listed=True)]
    happened_at: Annotated[When, Moment(label="日時", listed=True)]
    quantity: Annotated[Amount, Quantity(label="数量", listed=True)]
    handover: Annotated[
        str,
        Text(
            label="授受番号",
            longest=40,
            listed=True,
            searched=True,
            group="授受",
            hint="1回の授受の記録には同じ番号を付けます。空欄なら自動で付きます",
        ),
    ] = ""
    from_party: Annotated[str, Text(label="渡した者", searched=True, listed=True, group="授受")] = ""
    to_party: Annotated[str, Text(label="受け取った者", searched=True, listed=True, group="授受")] = ""
    counterpart: Annotated[str, Text(label="相手方の担当者の氏名", searched=True, group="授受")] = ""
    handover_place: Annotated[
        str, Text(label="授受の場所", searched=True, group="授受", hint="発注者の庁舎の窓口など")
    ] = ""
    method: Annotated[str, Text(label="授受・搬送の方法", group="授受", hint="手渡し、書留など")] = ""
    safeguards: Annotated[tuple[str, ...], Many(label="搬送・持出しの措置", of=Safeguard, group="授受")] = ()
    protection: Annotated[
        str, Text(label="措置の補足", group="授受", hint="一覧にない措置、暗号の方式など")
    ] = ""
    person: Annotated[int | None, Ref(label="取り扱った者", to="person", group="場所・機器")] = None
    location: Annotated[
        int | None,
        Ref(
            label="場所", to="location", group="場所・機器", hint="使用した場所、又は取扱いの後に保管する場所"
        ),
    ] = None
    destination: Annotated[str, Text(label="持出し先", group="場所・機器")] = ""
    return_by: Annotated[
        date | None,
        Day(label="持帰り予定日", group="場所・機器", hint="持出しのとき、持ち帰る約束の日"),
    ] = None
    device: Annotated[int | None, Ref(label="使用したPC・媒体", to="device", group="場所・機器")] = None
    approval: Annotated[int | None, Ref(label="承諾", to="approval", hint="この取扱いを認めた承諾や指示")] = (
        None
    )
    reason: Annotated[str, Text(label="目的・事情", searched=True)] = ""
    for_work: Annotated[
        bool | None, Flag(label="利用の目的", yes="委託業務のため", no="委託業務以外のため")
    ] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.handover and not self.wants_number():
            yield (
                "handover",
                "授受番号は、受領・取得・引渡・返還の記録だけに入力できます。消すか、取扱いを改めてください。",
            )
        if self.kind == EventKind.TAKEN_OUT and not self.destination:
            yield "destination", "持出しには持出し先を入力してください。"
        if self.return_by is not None and self.kind != EventKind.TAKEN_OUT:
            yield (
                "return_by",
                "持帰り予定日は、持出しの記録だけに入力できます。消すか、取扱いを改めてください。",
            )
        if self.return_by is not None and self.return_by < self.happened_at.date():
            yield "return_by", "持帰り予定日が、持ち出した日より前になっています。"
        if self.kind == EventKind.MOVED and self.location is None:
            yield "location", "保管場所の変更には新しい場所を選んでください。"

    def wants_number(self) -> bool:
        return self.kind in HANDED_OVER

    def numbered_with(self) -> Hashable | None:
        """Of one hand-over are the things that the same people passed on at one moment in one way."""
        return (
            self.kind,
            self.status,
            self.happened_at,
            self.from_party,
            self.to_party,
            self.counterpart,
            self.handover_place,
        )
