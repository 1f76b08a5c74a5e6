"""The rows in which things of a hand-over are typed; their declarations are read as those of records are."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.amounts import Amount
from app.records.asset import Classification, Medium
from app.records.codes import Code
from app.records.kinds import Choice, Day, Number, Quantity, Ref, Row, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedThing(Row):
    """One thing that came, as it will stand among the assets."""

    item: Annotated[str, Text(label="情報項目", hint="名称だけ")]
    classification: Annotated[str, Choice(label="区分", of=Classification, other=True)]
    medium: Annotated[str, Choice(label="媒体", of=Medium, other=True)]
    quantity: Annotated[Amount, Quantity(label="数量")]
    unit: Annotated[str, Text(label="単位", longest=10, hint="枚、冊、個など")]
    identifier: Annotated[str, Code(label="封印番号・製造番号等")] = ""
    persons: Annotated[int | None, Number(label="本人の数", unit="人")] = None
    return_by: Annotated[date | None, Day(label="返却期限")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedThing(Row):
    """How much of one asset goes back."""

    asset: Annotated[int, Ref(label="情報資産", to="asset")]
    quantity: Annotated[Amount, Quantity(label="数量")]
