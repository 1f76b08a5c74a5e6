"""再委託先: a company to which work is, or may be, delegated."""

from dataclasses import dataclass
from typing import Annotated

from app.records.codes import Postal, Telephone
from app.records.kinds import Flag, Text
from app.records.spec import Record, Section, record


@record(
    "subcontractor",
    "再委託先",
    key=("name",),
    titled=("name",),
    carried=("postal_code", "address"),
    section=Section.DELEGATION,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Subcontractor(Record):
    """The company, once; what is delegated to it stands on 再委託, contract by contract."""

    name: Annotated[str, Text(label="名称", listed=True, searched=True)]
    kana: Annotated[str, Text(label="フリガナ", searched=True)] = ""
    postal_code: Annotated[str, Postal(label="郵便番号")] = ""
    address: Annotated[str, Text(label="所在地", listed=True, searched=True)] = ""
    representative: Annotated[str, Text(label="代表者の役職・氏名", listed=True, searched=True)] = ""
    contact: Annotated[str, Text(label="担当者", searched=True)] = ""
    telephone: Annotated[str, Telephone(label="電話番号")] = ""
    certification: Annotated[
        str, Text(label="取得している認証", hint="プライバシーマーク、ISO/IEC 27001など（番号と期限）")
    ] = ""
    subsidiary: Annotated[
        bool | None,
        Flag(
            label="子会社", yes="子会社", no="子会社でない", listed=True, hint="会社法第2条第1項第3号の子会社"
        ),
    ] = None
