"""発注者: a municipality that entrusts work, and whom its documents are addressed to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Mail, Postal, Telephone
from app.records.dated import former_problems
from app.records.kinds import Choice, Day, Row, Rows, Text
from app.records.spec import Record, Section, record


class Dated(StrEnum):
    """What may change and is then printed as of the day of a paper: the names are those of the fields."""

    ADDRESSEE = "宛名"
    DEPARTMENT = "担当課"
    CONTACT = "担当者"
    POSTAL_CODE = "郵便番号"
    ADDRESS = "所在地"
    RESPONSIBLE_PERSON = "発注者の責任者"
    HANDOVER_PERSON = "発注者の授受担当者"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerClientFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=2000)] = ""
    until: Annotated[date, Day(label="いつまで", back=40)]


@record("client", "発注者", key=("name",), titled=("name",), carried=("honorific",), section=Section.GROUND)
@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Record):
    """A municipality that places contracts."""

    name: Annotated[str, Text(label="名称", listed=True, searched=True, hint="例 ○○市")]
    addressee: Annotated[str, Text(label="宛名", listed=True, searched=True, hint="例 ○○市長")]
    honorific: Annotated[str, Text(label="敬称", longest=10)] = "様"
    department: Annotated[str, Text(label="担当課", listed=True, searched=True)] = ""
    contact: Annotated[str, Text(label="担当者", searched=True)] = ""
    telephone: Annotated[str, Telephone(label="電話番号（事故時の連絡先）", listed=True, group="連絡先")] = ""
    email: Annotated[str, Mail(label="電子メール", group="連絡先")] = ""
    postal_code: Annotated[str, Postal(label="郵便番号", group="連絡先")] = ""
    address: Annotated[str, Text(label="所在地", group="連絡先")] = ""
    responsible_person: Annotated[str, Text(label="発注者の責任者", group="発注者側の相手方")] = ""
    handover_person: Annotated[str, Text(label="発注者の授受担当者", group="発注者側の相手方")] = ""
    former: Annotated[
        tuple[FormerClientFact, ...],
        Rows(
            label="以前の内容",
            of=FormerClientFact,
            group="以前の内容",
            later=True,
            hint="変更を保存するときに自動で残ります。過去の日付の書類はその日の内容で印刷します",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
