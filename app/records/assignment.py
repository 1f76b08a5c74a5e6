"""従事: a person working on a contract, in which roles and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Role(StrEnum):
    GENERAL_MANAGER = "総括責任者"
    WORK_MANAGER = "業務責任者"
    MANAGER = "管理責任者"
    PRIVACY_MANAGER = "個人情報保護管理責任者"
    SPECIFIC_PRIVACY_MANAGER = "特定個人情報保護管理責任者"
    SPECIFIC_PRIVACY_LEAD = "特定個人情報保護責任者"
    HANDOVER = "授受担当者"
    WORKER = "従事者"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRole(Row):
    """One role in an assignment."""

    role: Annotated[str, Choice(label="役割", of=Role, other=True)]


@record(
    "assignment",
    "責任者・従事者",
    titled=("person", "contract"),
    carried=("contract", "roles", "work", "information", "location", "starts_on", "ends_on"),
    each="person",
    section=Section.PEOPLE,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """A person at work for a contract in a period."""

    person: Annotated[int, Ref(label="要員", to="person", listed=True)]
    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    roles: Annotated[tuple[AssignmentRole, ...], Rows(label="役割", of=AssignmentRole, listed=True)]
    work: Annotated[str, Text(label="担当する業務", searched=True)] = ""
    information: Annotated[str, Text(label="取り扱う情報", hint="情報項目の名称だけを入力します")] = ""
    location: Annotated[
        int | None, Ref(label="作業場所", to="location", hint="主に作業する場所。従事者名簿に印字されます")
    ] = None
    starts_on: Annotated[date, Day(label="従事開始日", listed=True)]
    ends_on: Annotated[date | None, Day(label="従事終了日", listed=True)] = None
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

    @property
    def role_names(self) -> tuple[str, ...]:
        return tuple(row.role for row in self.roles)
