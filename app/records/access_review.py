"""アクセス記録の分析: the log of a system in a period, read by a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Day, Flag, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


@record(
    "access_review",
    "アクセス記録の分析",
    titled=("system", "reviewed_on"),
    shared=Shared.ONE,
    carried=("system", "reviewed_by", "method"),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReview(Record):
    """One reading of a system's log."""

    system: Annotated[int, Ref(label="情報システム", to="system", listed=True)]
    period_from: Annotated[date, Day(label="対象期間の始期", listed=True)]
    period_to: Annotated[date, Day(label="対象期間の終期", listed=True)]
    kept_until: Annotated[date | None, Day(label="記録の保存期限", ahead=30)] = None
    reviewed_on: Annotated[date, Day(label="分析した日", past=True, listed=True)]
    reviewed_by: Annotated[int | None, Ref(label="分析した者", to="person", listed=True)] = None
    method: Annotated[str, Text(label="分析の方法", lines=2, longest=1000)] = ""
    anomalies: Annotated[bool | None, Flag(label="異常", yes="あり", no="なし", listed=True)] = None
    found: Annotated[str, Text(label="異常の内容", lines=2, longest=1000)] = ""
    action: Annotated[str, Text(label="措置", lines=2, longest=1000)] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "period_to", "period_from")
        yield from not_before(self, "reviewed_on", "period_from")
        if self.anomalies and not self.found:
            yield "found", "異常があったときは、その内容を入力してください。"
