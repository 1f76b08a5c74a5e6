"""開示等の請求・提供要請: what somebody other than the client asked for, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Requester(StrEnum):
    PERSON = "本人"
    AGENT = "代理人"
    ADMINISTRATION = "行政機関"
    JUDICIARY = "司法機関"


class RequestKind(StrEnum):
    DISCLOSURE = "開示"
    CORRECTION = "訂正"
    ADDITION = "追加"
    DELETION = "削除"
    SUSPENSION = "利用停止"
    PROVISION = "提供の要請"


class ReceivedHow(StrEnum):
    IN_PERSON = "窓口・訪問"
    TELEPHONE = "電話"
    BY_MAIL = "郵送"
    ELECTRONIC = "電子メール"


@record(
    "request",
    "開示等の請求・提供要請",
    key=("number",),
    assigned="RQ-{:03}",
    late=True,
    titled=("requester", "received_on"),
    carried=("contract", "kind"),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Record):
    """One request. Who asked stands by category, never by name: the ledger holds no client's data."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="受付番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    received_on: Annotated[date, Day(label="受けた日", past=True, listed=True)]
    received_how: Annotated[str, Choice(label="受けた方法", of=ReceivedHow, other=True)] = ""
    received_by: Annotated[int | None, Ref(label="受け付けた者", to="person")] = None
    requester: Annotated[
        str,
        Choice(
            label="請求者の区分",
            of=Requester,
            other=True,
            listed=True,
            hint="氏名など個人情報そのものは入力しないでください。",
        ),
    ]
    kind: Annotated[str, Choice(label="請求の種類", of=RequestKind, other=True, listed=True)]
    asked: Annotated[str, Text(label="求められた内容", lines=2, longest=1000, searched=True)] = ""
    asked_of_client: Annotated[
        str,
        Text(
            label="発注者に求める対応",
            lines=2,
            longest=1000,
            hint="判断、回答、指示など。受付通知書に印字されます",
        ),
    ] = ""
    passed_on: Annotated[date | None, Day(label="発注者に通知した日", past=True, listed=True)] = None
    passed_how: Annotated[str, Text(label="通知の方法")] = ""
    opinion_invited_on: Annotated[date | None, Day(label="意見を求められた日", past=True)] = None
    opinion_given_on: Annotated[date | None, Day(label="意見を述べた日", past=True)] = None
    opinion: Annotated[str, Text(label="述べた意見", lines=2, longest=1000)] = ""
    answered_on: Annotated[date | None, Day(label="回答した日", past=True)] = None
    answer: Annotated[str, Text(label="回答", lines=2, longest=1000)] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "passed_on", "received_on")
        yield from not_before(self, "opinion_given_on", "opinion_invited_on")
        yield from not_before(self, "answered_on", "received_on")
