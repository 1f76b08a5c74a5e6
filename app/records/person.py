"""要員: everyone who may work on a contract, own staff or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Mail, Telephone
from app.records.dated import former_problems
from app.records.kinds import Choice, Day, Flag, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Employment(StrEnum):
    OFFICER = "役員"
    EMPLOYEE = "社員"
    PART_TIME = "パート"
    DISPATCHED = "派遣"
    SUBCONTRACTOR = "再委託先"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName(Row):
    """A name that the person had before; papers of that time carry it."""

    name: Annotated[str, Text(label="旧氏名", searched=True)]
    kana: Annotated[str, Text(label="フリガナ", searched=True)] = ""
    until: Annotated[date | None, Day(label="いつまで", past=True)] = None


class Dated(StrEnum):
    """What may change and is then printed as of the day of a paper: the names are those of the fields."""

    DEPARTMENT = "所属"
    POST = "役職"
    EMPLOYMENT = "雇用区分"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerPersonFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=2000)] = ""
    until: Annotated[date, Day(label="いつまで", back=60)]


@record(
    "person",
    "要員",
    key=("employee_number",),
    assigned="E-{:03}",
    titled=("name",),
    carried=(
        "department",
        "employment",
        "agency",
        "agency_contract",
        "agency_from",
        "agency_to",
        "subcontractor",
    ),
    apart=("kana", "print_name", "telephone", "email"),
    section=Section.PEOPLE,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Someone who works for the vendor."""

    name: Annotated[str, Text(label="氏名", listed=True, searched=True)]
    kana: Annotated[str, Text(label="フリガナ", listed=True, searched=True)] = ""
    print_name: Annotated[
        str,
        Text(label="印刷用の表記", hint="氏名に印刷できない文字があるときだけ、書類に代わりに印刷します"),
    ] = ""
    employee_number: Annotated[
        str, Text(label="社員番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    department: Annotated[str, Text(label="所属", listed=True, searched=True)] = ""
    post: Annotated[str, Text(label="役職", listed=True)] = ""
    employment: Annotated[str, Choice(label="雇用区分", of=Employment, listed=True)]
    telephone: Annotated[
        str, Telephone(label="業務用の電話番号", hint="責任者の連絡先として書類に印字されます")
    ] = ""
    email: Annotated[str, Mail(label="業務用の電子メール")] = ""
    joined_on: Annotated[date | None, Day(label="入社日", back=60)] = None
    left_on: Annotated[date | None, Day(label="退職日", listed=True)] = None
    former_names: Annotated[
        tuple[FormerName, ...], Rows(label="旧氏名（改姓など）", of=FormerName, group="旧氏名")
    ] = ()
    agency: Annotated[str, Text(label="派遣元", searched=True, group="派遣")] = ""
    agency_contract: Annotated[str, Text(label="労働者派遣契約の番号", group="派遣")] = ""
    agency_secrecy: Annotated[
        bool | None, Flag(label="派遣契約への秘密保持の明記", yes="あり", no="なし", group="派遣")
    ] = None
    agency_secrecy_lasting: Annotated[
        bool | None, Flag(label="終了後の秘密保持の明記", yes="あり", no="なし", group="派遣")
    ] = None
    agency_from: Annotated[date | None, Day(label="派遣期間の始期", group="派遣")] = None
    agency_to: Annotated[date | None, Day(label="派遣期間の終期", group="派遣")] = None

    subcontractor: Annotated[
        int | None, Ref(label="所属する再委託先", to="subcontractor", group="再委託先")
    ] = None
    former: Annotated[
        tuple[FormerPersonFact, ...],
        Rows(
            label="以前の内容",
            of=FormerPersonFact,
            group="以前の内容",
            later=True,
            hint="変更を保存するときに自動で残ります。過去の日付の書類はその日の内容で印刷します",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
        yield from not_before(self, "left_on", "joined_on")
        yield from not_before(self, "agency_to", "agency_from")
        if self.employment == Employment.DISPATCHED and not self.agency:
            yield "agency", "派遣の要員には派遣元を入力してください。"
