"""自社: the vendor whose ledger this is, as it signs every document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Mail, Postal, Telephone
from app.records.dated import former_problems
from app.records.kinds import Choice, Day, File, Row, Rows, Text
from app.records.numbering import check_pattern
from app.records.spec import Made, Record, Section, record


class Dated(StrEnum):
    """What may change and is then printed as of the day of a paper: the names are those of the fields."""

    NAME = "商号又は名称"
    POSTAL_CODE = "郵便番号"
    ADDRESS = "所在地"
    REPRESENTATIVE_TITLE = "代表者の職名"
    REPRESENTATIVE_NAME = "代表者の氏名"
    CONTACT_PERSON = "担当者"
    DEPARTMENT = "担当部署"
    TELEPHONE = "電話番号"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerVendorFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=2000)] = ""
    until: Annotated[date, Day(label="いつまで", back=40)]


@record("vendor", "自社", titled=("name",), made=Made.ONCE, section=Section.GROUND)
@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor(Record):
    """The contractor who owns this ledger."""

    name: Annotated[str, Text(label="商号又は名称", listed=True, searched=True)]
    kana: Annotated[str, Text(label="フリガナ")] = ""
    postal_code: Annotated[str, Postal(label="郵便番号", hint="例 123-4567")] = ""
    address: Annotated[str, Text(label="所在地", listed=True, searched=True)]
    representative_title: Annotated[str, Text(label="代表者の職名", hint="例 代表取締役")]
    representative_name: Annotated[str, Text(label="代表者の氏名", listed=True, searched=True)]
    contact_person: Annotated[str, Text(label="担当者", group="連絡先")] = ""
    department: Annotated[str, Text(label="担当部署", group="連絡先")] = ""
    telephone: Annotated[str, Telephone(label="電話番号", group="連絡先")] = ""
    email: Annotated[str, Mail(label="電子メール", group="連絡先")] = ""
    seal: Annotated[str, File(label="印影", hint="PNG画像（任意）", group="書類")] = ""
    number_format: Annotated[
        str, Text(label="文書番号の形式", hint="{年度} と {連番:04} を使います", group="書類")
    ] = "{年度}-{連番:04}"
    former: Annotated[
        tuple[FormerVendorFact, ...],
        Rows(
            label="以前の内容",
            of=FormerVendorFact,
            group="以前の内容",
            later=True,
            hint="変更を保存するときに自動で残ります。過去の日付の書類はその日の内容で印刷します",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
        if sentence := check_pattern(self.number_format):
            yield "number_format", sentence
