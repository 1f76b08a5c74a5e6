"""バックアップ: a copy made for safety, where it lies and whether it could be restored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Flag, Ref, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


class RunResult(StrEnum):
    GOOD = "正常終了"
    BAD = "失敗"


class RestoreResult(StrEnum):
    GOOD = "復元できた"
    BAD = "復元できなかった"


@record(
    "backup_run",
    "バックアップ",
    titled=("what", "done_on"),
    shared=Shared.ONE,
    carried=("what", "contracts", "done_by", "location", "device"),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRun(Record, ForContracts):
    """One backup of the information that the contracts entrust."""

    what: Annotated[str, Text(label="対象", listed=True, searched=True)]
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract, listed=True)]
    done_on: Annotated[date, Day(label="実施日", past=True, listed=True)]
    done_by: Annotated[int | None, Ref(label="実施者", to="person")] = None
    result: Annotated[
        str, Choice(label="実施の結果", of=RunResult, listed=True, hint="「失敗」は実施したことになりません")
    ] = ""
    location: Annotated[int | None, Ref(label="保管場所", to="location", listed=True)] = None
    device: Annotated[int | None, Ref(label="保管媒体", to="device")] = None
    generation: Annotated[str, Text(label="世代", longest=40)] = ""
    encrypted: Annotated[bool | None, Flag(label="暗号化", yes="あり", no="なし", listed=True)] = None
    restore_tested_on: Annotated[date | None, Day(label="復元試験の日", past=True, listed=True)] = None
    restore_result: Annotated[str, Choice(label="復元試験の結果", of=RestoreResult, listed=True)] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "restore_tested_on", "done_on")
        if self.restore_tested_on and not self.restore_result:
            yield "restore_result", "復元試験をしたときは、その結果を選んでください。"
        if self.result == RunResult.BAD and self.restore_result == RestoreResult.GOOD:
            yield (
                "result",
                "失敗したバックアップを「復元できた」とすることはできません。どちらかを改めてください。",
            )
