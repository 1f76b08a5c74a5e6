"""絞り込み: what one wants to see of a list again, kept under a name.

What a list is narrowed to may be somebody's name: it lies in the ledger, never among the settings of a
machine.
"""

from dataclasses import dataclass
from typing import Annotated

from app.records.kinds import Flag, Row, Rows, Text
from app.records.spec import Made, Record, Section, record


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCondition(Row):
    """One field and what it has to say: a choice exactly, of any other text each word."""

    field: Annotated[str, Text(label="項目", longest=60)]
    value: Annotated[str, Text(label="値", longest=200)]


@record(
    "saved_list",
    "一覧の絞り込み",
    key=("record_kind", "name"),
    titled=("name",),
    made=Made.FROM_STEP,
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SavedList(Record):
    """Words, state and conditions of the list of one record type."""

    record_kind: Annotated[str, Text(label="一覧の種類", longest=40, fixed=True, unseen=True)]
    name: Annotated[str, Text(label="名称", longest=60, listed=True)]
    words: Annotated[str, Text(label="検索の言葉", listed=True)] = ""
    retired: Annotated[bool | None, Flag(label="取消済み", yes="取消済みを表示", no="表示しない")] = None
    conditions: Annotated[tuple[ListCondition, ...], Rows(label="条件", of=ListCondition)] = ()
