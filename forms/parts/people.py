"""People on a contract: who works on it now or will, and how documents call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from app.duties.case import Case
from app.records import Assignment, Person
from app.records.assignment import Role
from app.records.ordering import in_order as by_reading
from app.records.person import FormerName
from forms.parts.about import About
from forms.parts.lasting import split
from forms.parts.texts import unique

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
    def starts_on(self) -> date:
        """The first day of the first of the assignments."""
        return self.assignments[0].starts_on

    @property
    def ends_on(self) -> date | None:
        """The last day of the last of them; None where one is open."""
        ends = [one.ends_on for one in self.assignments]
        return None if None in ends else max(end for end in ends if end)


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
    """The case with each person under the name of its day: a paper dated back told a name that nobody bore.

    A former name counts up to the day recorded for it. Of one without a day it is not known when it was
    borne, and the present one is printed.
    """
    then = list(_renamed(case))
    return replace(case, facts=case.facts.replaced(then)) if then else case


def _renamed(case: Case) -> Iterator[Person]:
    for person in case.facts.all(Person):
        if row := _name_on(person, case.called or case.day):
            yield replace(person, name=row.name, kana=row.kana or person.kana)


def _name_on(person: Person, day: date) -> FormerName | None:
    """The former name that someone bore on a day; None where it is the present one."""
    borne = [(row.until, row) for row in person.former_names if row.until is not None and day <= row.until]
    return min(borne, key=lambda pair: pair[0])[1] if borne else None
