"""管理体制: who stands under whom on a contract, as people are placed in the records of its structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from app.duties.case import Case
from app.records import Assignment, Person, Structure
from forms.parts.lasting import Period
from forms.parts.people import in_order
from forms.parts.texts import unique

P = TypeVar("P", bound=Period)


class Placed(NamedTuple):
    """Somebody in the chart or in charge: the places in the chart, the parts in the contract's work."""

    person: Person
    places: tuple[Structure, ...]
    assignments: tuple[Assignment, ...]

    @property
    def record(self) -> Person:
        """The record by which statements call it."""
        return self.person

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held, each once, in the order of the list of roles."""
        return in_order(unique(role for one in self.assignments for role in one.role_names))


def places(case: Case) -> tuple[Structure, ...]:
    """The places in the chart on the day, or from the start of the work where that is still to come."""
    return tuple(_of_the_day(case, case.facts.of(Structure, "contract", case.contract.id)))


def assignments(case: Case) -> tuple[Assignment, ...]:
    """The parts in the work of the contract on the same day."""
    return tuple(_of_the_day(case, case.facts.of(Assignment, "contract", case.contract.id)))


def _of_the_day(case: Case, held: Iterable[P]) -> Iterator[P]:
    begun = max(case.day, case.contract.starts_on)
    for one in sorted(held, key=lambda one: (one.starts_on, one.id)):
        if one.starts_on <= begun and (one.ends_on is None or one.ends_on >= case.day):
            yield one
