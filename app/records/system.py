"""情報システム: a system in which entrusted information is handled, and how access to it is controlled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Day, Flag, Number, Ref, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


@record(
    "system",
    "情報システム",
    key=("name",),
    titled=("name",),
    carried=("contracts", "location", "administrator"),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class System(Record, ForContracts):
    """A system, its authentication and its logs."""

    name: Annotated[str, Text(label="名称", listed=True, searched=True)]
    purpose: Annotated[str, Text(label="用途", listed=True, searched=True)] = ""
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract, listed=True)]
    location: Annotated[int | None, Ref(label="設置場所", to="location")] = None
    starts_on: Annotated[date | None, Day(label="利用開始日", back=20)] = None
    ends_on: Annotated[date | None, Day(label="利用終了日")] = None
    authentication: Annotated[
        str, Text(label="認証の方法", listed=True, group="アクセス制御", hint="ICカードとパスワードなど")
    ] = ""
    access_rights: Annotated[
        str, Text(label="アクセス権の設定", lines=2, longest=1000, group="アクセス制御")
    ] = ""
    administrator: Annotated[int | None, Ref(label="管理者", to="person", group="アクセス制御")] = None
    logged: Annotated[
        bool | None,
        Flag(
            label="アクセスの記録", yes="取得している", no="取得していない", listed=True, group="記録と監視"
        ),
    ] = None
    log_kept_months: Annotated[
        int | None, Number(label="記録の保存期間", least=1, most=1200, unit="か月", group="記録と監視")
    ] = None
    monitoring: Annotated[
        str, Text(label="不正なアクセスの監視", lines=2, longest=1000, group="記録と監視")
    ] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
