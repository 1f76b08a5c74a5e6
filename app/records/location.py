"""作業場所: a place where entrusted information is worked on or kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Postal, Telephone
from app.records.dated import former_problems
from app.records.kinds import Choice, Day, Ref, Row, Rows, Text
from app.records.spec import Record, Section, record

JAPAN = "日本"


class LocationKind(StrEnum):
    WORK = "作業"
    STORE = "保管"
    BACKUP = "バックアップ保管"
    CLIENT_SYSTEM = "発注者のシステム環境"
    CLIENT_PREMISES = "発注者の施設"
    OUTSIDE = "持出し先"


class Area(StrEnum):
    MANAGED = "管理区域"
    HANDLING = "取扱区域"
    NONE = "指定なし"


class Lock(StrEnum):
    KEY = "シリンダー錠"
    ELECTRONIC = "電子錠"
    NUMBER = "暗証番号錠"
    NONE = "なし"


class EntryControl(StrEnum):
    CARD = "ICカード"
    BIOMETRIC = "生体認証"
    NUMBER = "暗証番号"
    BOOK = "入退室記録簿"
    NONE = "なし"


class Store(StrEnum):
    SAFE = "金庫"
    CABINET = "施錠保管庫"
    ROOM = "施錠できる保管室"
    NONE = "なし"


class Dated(StrEnum):
    """What may change and is then printed as of the day of a paper: the names are those of the fields."""

    ADDRESS = "所在地"
    ROOM = "建物・階・室"
    AREA = "区域"
    LOCK = "施錠"
    ENTRY_CONTROL = "入退室管理"
    STORE = "保管設備"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerLocationFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=2000)] = ""
    until: Annotated[date, Day(label="いつまで", back=40)]


@record(
    "location",
    "作業場所",
    key=("name",),
    titled=("name",),
    carried=("kind", "postal_code", "address", "country", "subcontractor", "responsible", "telephone"),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Record):
    """A place where work may be done or things kept."""

    name: Annotated[str, Text(label="名称", listed=True, searched=True)]
    kind: Annotated[str, Choice(label="種別", of=LocationKind, other=True, listed=True)]
    postal_code: Annotated[str, Postal(label="郵便番号")] = ""
    address: Annotated[str, Text(label="所在地", listed=True, searched=True)]
    room: Annotated[str, Text(label="建物・階・室", listed=True, searched=True)] = ""
    country: Annotated[str, Text(label="国", longest=40, hint="国内は「日本」、国外は国名")] = ""
    subcontractor: Annotated[
        int | None,
        Ref(label="再委託先", to="subcontractor", hint="再委託先の場所である場合に選びます"),
    ] = None
    responsible: Annotated[int | None, Ref(label="場所の責任者", to="person", group="連絡先")] = None
    telephone: Annotated[str, Telephone(label="電話番号", group="連絡先")] = ""
    area: Annotated[str, Choice(label="区域", of=Area, group="保安")] = ""
    lock: Annotated[str, Choice(label="施錠", of=Lock, other=True, listed=True, group="保安")] = ""
    entry_control: Annotated[
        str, Choice(label="入退室管理", of=EntryControl, other=True, listed=True, group="保安")
    ] = ""
    store: Annotated[str, Choice(label="保管設備", of=Store, other=True, group="保安")] = ""
    former: Annotated[
        tuple[FormerLocationFact, ...],
        Rows(
            label="以前の内容",
            of=FormerLocationFact,
            group="以前の内容",
            later=True,
            hint="変更を保存するときに自動で残ります。過去の日付の書類はその日の内容で印刷します",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
