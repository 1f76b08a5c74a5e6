"""規程: a rule of the vendor, a policy of a client, an act or a guideline that has to be followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


class RuleKind(StrEnum):
    OWN = "自社の規程"
    CLIENT = "発注者のポリシー"
    STATUTE = "法令・指針"


@record(
    "rule",
    "規程",
    titled=("title", "version"),
    shared=Shared.ONE,
    carried=("contracts", "kind"),
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Record, ForContracts):
    """One version of one rule; without contracts it holds for all."""

    title: Annotated[str, Text(label="題名", listed=True, searched=True)]
    kind: Annotated[str, Choice(label="種別", of=RuleKind, other=True, listed=True)]
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract)] = ()
    covers: Annotated[str, Text(label="定める内容", lines=2, longest=1000, listed=True, searched=True)] = ""
    version: Annotated[str, Text(label="版", longest=60, listed=True)] = ""
    starts_on: Annotated[date | None, Day(label="施行日", listed=True, back=80)] = None
    ends_on: Annotated[date | None, Day(label="廃止日")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
