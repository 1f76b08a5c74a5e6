"""PC・媒体の使用: a device used for a contract, by whom, where and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Choice, Day, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record
from app.records.status import Status


@record(
    "device_use",
    "契約のPC・媒体",
    titled=("device", "contract"),
    carried=("contract", "person", "location", "status", "starts_on", "ends_on"),
    each="device",
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceUse(Record):
    """A machine or medium in use for a contract in a period."""

    device: Annotated[int, Ref(label="PC・媒体", to="device", listed=True)]
    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    person: Annotated[int | None, Ref(label="管理者（使用者）", to="person", listed=True)] = None
    location: Annotated[int | None, Ref(label="設置・保管場所", to="location", listed=True)] = None
    status: Annotated[str, Choice(label="区分", of=Status, listed=True)] = Status.ACTUAL.value
    starts_on: Annotated[date, Day(label="使用開始日", listed=True)]
    ends_on: Annotated[date | None, Day(label="使用終了日", listed=True)] = None
    return_by: Annotated[
        date | None, Day(label="返却予定日", hint="持ち出した機器を、元の場所へ戻す約束の日")
    ] = None
    approval: Annotated[
        int | None, Ref(label="承諾", to="approval", hint="機器の持出し・持込みを認めた承諾")
    ] = None
    reason: Annotated[
        str, Text(label="事情・理由", hint="私物の使用など、定めに反した事実を記録する場合は必ず入力します")
    ] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
