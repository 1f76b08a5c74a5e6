"""情報資産: one thing that carries entrusted information. Its name and count, never its content."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Code
from app.records.kinds import Choice, Day, Flag, Number, Ref, Text
from app.records.spec import Record, Section, record


class Classification(StrEnum):
    PERSONAL = "個人情報"
    SPECIFIC_PERSONAL = "特定個人情報"
    CONFIDENTIAL = "機密情報"


class Medium(StrEnum):
    PAPER = "紙"
    USB = "USBメモリ"
    OPTICAL = "光学媒体"
    HDD = "外付HDD"
    DATA = "電子データ"


@record(
    "asset",
    "情報資産",
    key=("number",),
    assigned="A-{:04}",
    titled=("number", "item"),
    carried=("contract", "item", "classification", "medium", "unit", "designated"),
    apart=("identifier", "persons", "copy_of"),
    section=Section.ASSETS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Record):
    """A thing that carries entrusted information."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="情報資産番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    item: Annotated[
        str,
        Text(
            label="情報項目",
            listed=True,
            searched=True,
            hint="名称だけを入力し、個人情報そのものは入力しません",
        ),
    ]
    classification: Annotated[str, Choice(label="区分", of=Classification, other=True, listed=True)]
    medium: Annotated[str, Choice(label="媒体", of=Medium, other=True, listed=True)]
    unit: Annotated[str, Text(label="単位", longest=10, listed=True, hint="枚、冊、個など")]
    persons: Annotated[int | None, Number(label="本人の数", unit="人")] = None
    identifier: Annotated[str, Code(label="封印番号・製造番号等", searched=True)] = ""
    return_by: Annotated[
        date | None, Day(label="返却期限", hint="発注者が返却の期限を定めている場合に入力します")
    ] = None
    copy_of: Annotated[int | None, Ref(label="複写元", to="asset")] = None
    designated: Annotated[
        bool | None,
        Flag(
            label="発注者の指定",
            yes="指定あり",
            no="指定なし",
            hint="条項が「発注者の指定する情報資産」に限る場合に入力します",
        ),
    ] = None
