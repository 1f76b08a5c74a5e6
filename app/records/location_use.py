"""作業場所の使用: a place used for a contract, for what and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Day, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


@record(
    "location_use",
    "契約の作業場所",
    titled=("location", "contract"),
    carried=("contract", "purpose", "information", "starts_on", "ends_on"),
    each="location",
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LocationUse(Record):
    """A place in use for a contract in a period."""

    location: Annotated[int, Ref(label="作業場所", to="location", listed=True)]
    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    purpose: Annotated[str, Text(label="用途", listed=True, hint="入力作業、原票の保管など")]
    information: Annotated[
        str, Text(label="その場所で取り扱う情報", hint="情報項目の名称だけを入力します")
    ] = ""
    starts_on: Annotated[date, Day(label="使用開始日", listed=True)]
    ends_on: Annotated[date | None, Day(label="使用終了日", listed=True)] = None
    changed_on: Annotated[
        date | None,
        Day(
            label="変更年月日",
            later=True,
            hint="始期・終期のほかに内容を変えた日。以前の内容から分かるときは空欄にします",
        ),
    ] = None
    change_reason: Annotated[str, Text(label="変更の理由", hint="変更届に印字されます")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
