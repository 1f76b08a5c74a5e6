"""授受方法の取決め: who hands over what to whom, on which medium and how, as agreed with the client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Day, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPerson(Row):
    """One of the vendor's people for hand-overs."""

    person: Annotated[int, Ref(label="授受担当者", to="person")]


@record(
    "transfer_agreement",
    "授受方法の取決め",
    titled=("contract", "agreed_on"),
    carried=("contract", "persons", "client_persons", "media", "methods", "record_kept"),
    section=Section.ASSETS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAgreement(Record):
    """One agreement on hand-overs; a later one takes its place."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    agreed_on: Annotated[date, Day(label="取り決めた日", past=True, listed=True)]
    persons: Annotated[
        tuple[TransferPerson, ...], Rows(label="自社の授受担当者", of=TransferPerson, listed=True)
    ] = ()
    client_persons: Annotated[
        str, Text(label="発注者の授受担当者", listed=True, searched=True, hint="所属と氏名")
    ] = ""
    media: Annotated[str, Text(label="授受の媒体", listed=True)] = ""
    methods: Annotated[str, Text(label="授受の方法", lines=2, longest=1000, listed=True)] = ""
    record_kept: Annotated[str, Text(label="授受の記録の方法", lines=2, longest=1000)] = ""
    document: Annotated[str, Text(label="取決めの書面", hint="文書の名称や番号")] = ""
    ends_on: Annotated[date | None, Day(label="効力の終わり")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "agreed_on")
