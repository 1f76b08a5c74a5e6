"""安全管理措置: one measure that is in force, of which class, and what shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.check import Measure
from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


@record(
    "safety_measure",
    "安全管理措置",
    key=("number",),
    assigned="SM-{:03}",
    titled=("measure", "what"),
    shared=Shared.ONE,
    carried=("contracts", "measure", "starts_on"),
    section=Section.CHECKS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyMeasure(Record, ForContracts):
    """One measure in a period; without contracts it holds for all."""

    number: Annotated[
        str, Text(label="措置番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    measure: Annotated[str, Choice(label="区分", of=Measure, listed=True)]
    what: Annotated[str, Text(label="措置の内容", lines=3, longest=1000, listed=True, searched=True)]
    contracts: Annotated[
        tuple[ForContract, ...],
        Rows(label="対象の契約", of=ForContract, listed=True, hint="全社の措置は空欄のままにします"),
    ] = ()
    evidence: Annotated[
        str,
        Text(
            label="根拠",
            lines=2,
            longest=1000,
            searched=True,
            hint="規程、記録簿、設定の画面など、措置を示すもの",
        ),
    ] = ""
    starts_on: Annotated[date, Day(label="実施の始期", listed=True, back=20)]
    ends_on: Annotated[date | None, Day(label="実施の終期", listed=True)] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
