"""PC・媒体: a machine or medium that may hold entrusted information."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Code
from app.records.dated import former_problems
from app.records.kinds import Choice, Day, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class DeviceKind(StrEnum):
    PC = "PC"
    SERVER = "サーバ"
    USB = "USBメモリ"
    HDD = "外付HDD"
    OPTICAL = "光学媒体"
    MOBILE = "携帯端末"
    PAPER_BOX = "紙保管箱"


class Owner(StrEnum):
    OWN = "自社"
    LENT = "貸与"
    LEASED = "リース"
    PRIVATE = "私物"


class Network(StrEnum):
    NONE = "接続しない"
    CLOSED = "外部から隔離した社内回線"
    INTERNAL = "社内LAN"
    INTERNET = "インターネット"
    CLIENT = "発注者の回線"


class Encryption(StrEnum):
    FULL = "全体"
    PARTIAL = "一部"
    NONE = "なし"


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage(Row):
    """One storage unit of a machine, and how it is encrypted."""

    name: Annotated[str, Text(label="記憶装置", hint="内蔵SSDなど")]
    encryption: Annotated[str, Choice(label="暗号化", of=Encryption)]
    tool: Annotated[str, Text(label="暗号化ソフト", hint="BitLockerなど")] = ""
    method: Annotated[str, Text(label="方式", hint="AES-256など")] = ""


class Dated(StrEnum):
    """What may change and is then printed as of the day of a paper: the names are those of the fields."""

    OS = "OS"
    STORAGES = "記憶装置"
    NETWORK = "ネットワーク接続"
    ANTI_MALWARE = "マルウェア対策ソフト"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerDeviceFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=2000, lines=3)] = ""
    until: Annotated[date, Day(label="いつまで", back=40)]


@record(
    "device",
    "PC・媒体",
    key=("control_number",),
    assigned="PC-{:03}",
    titled=("control_number", "kind"),
    carried=(
        "kind",
        "maker",
        "model",
        "os",
        "capacity",
        "storages",
        "network",
        "anti_malware",
        "owner",
        "introduced_on",
    ),
    apart=("serial",),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """A machine or medium."""

    control_number: Annotated[
        str, Text(label="管理番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    kind: Annotated[str, Choice(label="種別", of=DeviceKind, other=True, listed=True)]
    maker: Annotated[str, Text(label="メーカー", listed=True, searched=True)] = ""
    model: Annotated[str, Text(label="型番", listed=True, searched=True)] = ""
    serial: Annotated[str, Code(label="製造番号", listed=True, searched=True)] = ""
    os: Annotated[str, Text(label="OS", listed=True)] = ""
    capacity: Annotated[str, Text(label="容量", longest=40)] = ""
    storages: Annotated[tuple[Storage, ...], Rows(label="記憶装置", of=Storage, group="保護")] = ()
    network: Annotated[str, Choice(label="ネットワーク接続", of=Network, other=True, group="保護")] = ""
    anti_malware: Annotated[str, Text(label="マルウェア対策ソフト", group="保護")] = ""
    owner: Annotated[str, Choice(label="所有", of=Owner, listed=True)]
    introduced_on: Annotated[date | None, Day(label="導入日", back=20)] = None
    retired_on: Annotated[date | None, Day(label="使用終了日")] = None
    former: Annotated[
        tuple[FormerDeviceFact, ...],
        Rows(
            label="以前の内容",
            of=FormerDeviceFact,
            group="以前の内容",
            later=True,
            hint="変更を保存するときに自動で残ります。過去の日付の書類はその日の内容で印刷します",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
        yield from not_before(self, "retired_on", "introduced_on")
