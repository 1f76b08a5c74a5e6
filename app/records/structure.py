"""管理体制: who answers to whom for the information of a contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.codes import Telephone
from app.records.kinds import Choice, Day, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Part(StrEnum):
    CONTROL = "統括管理"
    WORK = "実行"


@record(
    "structure",
    "管理体制",
    titled=("unit", "person"),
    carried=("contract", "unit", "part", "reports_to", "starts_on", "ends_on"),
    apart=("emergency",),
    section=Section.PEOPLE,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Structure(Record):
    """One place in the chart: a person in a unit, and to whom that person reports."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    unit: Annotated[str, Text(label="部署", listed=True, searched=True)]
    part: Annotated[str, Choice(label="分担", of=Part, other=True, listed=True)]
    person: Annotated[int, Ref(label="担当者", to="person", listed=True)]
    title: Annotated[str, Text(label="体制上の役割", listed=True, hint="総括責任者、現場責任者など")] = ""
    reports_to: Annotated[int | None, Ref(label="報告先", to="person", listed=True)] = None
    emergency: Annotated[str, Telephone(label="緊急連絡先", longest=100)] = ""
    starts_on: Annotated[date, Day(label="始期", listed=True)]
    ends_on: Annotated[date | None, Day(label="終期", listed=True)] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
        if self.reports_to is not None and self.reports_to == self.person:
            yield "reports_to", "報告先に本人は選べません。上位の者を選ぶか、空欄にしてください。"
