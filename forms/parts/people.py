"""People on a contract: who works on it now or will, and how documents call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import (
    Approval,
    Assignment,
    Client,
    Device,
    DeviceUse,
    Disposal,
    Location,
    Person,
    Record,
    Vendor,
)
from app.records.assignment import Role
from app.records.dated import as_of, begins_ahead
from app.records.ordering import in_order as by_reading
from forms.parts.about import About
from forms.parts.lasting import split
from forms.parts.texts import unique

_EVERYWHERE: tuple[type[Record], ...] = (Person, Location, Vendor)
"""Types of which any may stand on a paper. Of clients and devices only those of the contract are looked at:
of a thousand devices most are on no paper of it, and a change of one makes none of its papers anew."""
_ANNOUNCED = (Person, Location, Device)
_ORDER: Mapping[str, int] = {role: number for number, role in enumerate(Role)}


class OnContract(NamedTuple):
    """A person with assignments to one contract, by first day."""

    person: Person
    assignments: tuple[Assignment, ...]

    @property
    def record(self) -> Person:
        """The record by which statements call the person."""
        return self.person

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role held, each once, in the order of the list of roles."""
        return in_order(unique(role for one in self.assignments for role in one.role_names))

    @property
    def roles_told(self) -> str:
        """Every role held; where one ends on another day than the rest, each assignment's with its days.

        Side by side without them they would read as though all were held at once, and a paper that told
        of the end would be taken for one that did not.
        """
        if len({one.ends_on for one in self.assignments}) == 1:
            return "、".join(self.roles)
        return "、".join(f"{'・'.join(one.role_names)}（{_days(one)}）" for one in self.assignments)

    @property
    def starts_on(self) -> date:
        """The first day of the first of the assignments."""
        return self.assignments[0].starts_on

    @property
    def ends_on(self) -> date | None:
        """The last day of the last of them; None where one is open."""
        ends = [one.ends_on for one in self.assignments]
        return None if None in ends else max(end for end in ends if end)


def _days(one: Assignment) -> str:
    return f"{wareki(one.starts_on)}から" + (f"{wareki(one.ends_on)}まで" if one.ends_on else "")


def in_order(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles in the order of the list, free ones (その他) after it."""
    return tuple(sorted(roles, key=lambda role: _ORDER.get(role, len(_ORDER))))


def on_contract(case: Case) -> tuple[tuple[OnContract, ...], tuple[OnContract, ...]]:
    """Those who work on the contract on the day or later, by name; and those who no longer do."""
    lasting, ended = split(case.facts.of(Assignment, "contract", case.contract.id), case.day)
    now = _by_person(case, lasting)
    held = {one.person.id for one in now}
    return now, tuple(one for one in _by_person(case, ended) if one.person.id not in held)


def employments(case: Case) -> tuple[str, ...]:
    """How those are employed who work on the contract on the day or later."""
    return tuple(one.person.employment for one in on_contract(case)[0])


def people(**more: Any) -> About[OnContract]:
    """Those who work on the contract on the day or later, and those who no longer do."""
    more.setdefault("select", lambda case: on_contract(case)[0])
    return About(Person, ended=lambda case: on_contract(case)[1], adds=Assignment, **more)


def _by_person(case: Case, assignments: Iterable[Assignment]) -> tuple[OnContract, ...]:
    found: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        found.setdefault(assignment.person, []).append(assignment)
    people = (case.facts.find(Person, number) for number in found)
    return tuple(OnContract(one, tuple(found[one.id])) for one in by_reading(one for one in people if one))


def department_of(person: Person) -> str:
    """Where a person belongs: the department, for a temporary worker with the agency."""
    if not person.agency:
        return person.department
    return f"{person.department}（派遣元：{person.agency}）" if person.department else person.agency


def responsible(people: Iterable[OnContract], roles: tuple[str, ...], day: date) -> tuple[OnContract, ...]:
    """Those in charge on ``day``: of the ``roles`` that the annex names first, then by rank of role and day.

    Someone who is only a worker or hands things over is not in charge.
    """
    ranks = {role: number for number, role in enumerate((*roles, *_in_charge()))}

    def rank(one: OnContract) -> int:
        return min((ranks[role] for role in one.roles if role in ranks), default=len(ranks))

    found = [one for one in people if one.starts_on <= day and rank(one) < len(ranks)]
    return tuple(sorted(found, key=lambda one: (rank(one), one.starts_on, one.assignments[0].id)))


def _in_charge() -> tuple[str, ...]:
    return tuple(role for role in Role if role not in (Role.WORKER, Role.HANDOVER))


def as_called(case: Case) -> Case:
    """The case with contract, people, places, devices and both parties as on its day: title, name, lock.

    A former value counts up to the day recorded for it. Of one without a day it is not known when it held,
    and the present one is printed. Where changes are announced, people, places and devices are as after the
    last change that the ledger holds for a day of the work.
    """
    day = case.called or case.day
    then = [
        old for record in _on_papers(case) if (old := as_of(record, _day(case, record, day))) is not record
    ]
    if not then:
        return case
    return replace(case, facts=case.facts.replaced(then), contract=as_of(case.contract, day))


def days_ahead(case: Case) -> tuple[date, ...]:
    """The later days of the work from which people, places or devices of it are otherwise, in order."""
    last = case.contract.last_day
    records = (record for record in _on_papers(case) if isinstance(record, _ANNOUNCED))
    return tuple(sorted({day for record in records for day in begins_ahead(record, case.day, last)}))


def _day(case: Case, record: Record, day: date) -> date:
    """``day``, or of what is announced the day of its last change ahead."""
    if not case.announced or not isinstance(record, _ANNOUNCED):
        return day
    return max(begins_ahead(record, day, case.contract.last_day), default=day)


def _on_papers(case: Case) -> Iterator[Record]:
    facts, contract = case.facts, case.contract
    yield contract
    for cls in _EVERYWHERE:
        yield from facts.all(cls)
    client = facts.find(Client, contract.client)
    if client is not None:
        yield client
    devices = {use.device for use in facts.of(DeviceUse, "contract", contract.id)}
    for approval in facts.of(Approval, "contract", contract.id):
        devices.update(row.device for row in approval.subjects if row.device is not None)
    for disposal in facts.of(Disposal, "contract", contract.id):
        devices.update(line.device for line in disposal.lines if line.device is not None)
    yield from (device for number in sorted(devices) if (device := facts.find(Device, number)))
