"""Delegations of a contract, and the people of the sub-contractors who work under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.annexes.choices import Workers
from app.duties.verdict import Lack, Question, add, shown
from app.duties.view import ContractView
from app.records import Person, Subcontract, Subcontractor
from app.records.person import Employment


def delegations(view: ContractView) -> tuple[Subcontract, ...]:
    """Every delegation of the contract, planned and ended ones included, by the day on which it starts."""
    return view.once(_delegations)


def _delegations(view: ContractView) -> tuple[Subcontract, ...]:
    return tuple(sorted(view.held(Subcontract), key=lambda one: (one.starts_on, one.id)))


def name_of(view: ContractView, delegation: Subcontract) -> str:
    """The company to which the work is delegated."""
    company = view.facts.find(Subcontractor, delegation.subcontractor)
    return company.name if company else "再委託先"


def company_of(view: ContractView, person: Person) -> int | None:
    """The company for which a sub-contractor's worker works; None where that cannot be told.

    Where the record names none it can only be told if work is delegated to one company alone.
    """
    if person.employment != Employment.SUBCONTRACTOR:
        return None
    if person.subcontractor is not None:
        return person.subcontractor
    companies = {one.subcontractor for one in delegations(view)}
    return companies.pop() if len(companies) == 1 else None


def staff(view: ContractView) -> Mapping[int, tuple[Person, ...]]:
    """Company → those of its people who were ever assigned to the contract."""
    return view.once(_staff)


def _staff(view: ContractView) -> Mapping[int, tuple[Person, ...]]:
    found: dict[int, tuple[Person, ...]] = {}
    for number in view.at_work:
        person = view.facts.find(Person, number)
        company = company_of(view, person) if person is not None else None
        if person is not None and company is not None:
            found[company] = (*found.get(company, ()), person)
    return found


def unmanned(question: Question) -> Iterator[Lack]:
    """Delegations of which nobody is registered as a worker, where the clause means their workers too.

    Somebody does the work: who it is, and what they were told or signed, only a person can say.
    """
    groups = question.asks.workers
    if groups and Workers.SUBCONTRACTOR not in groups:
        return
    view = question.view
    for one in delegations(view):
        if one.subcontractor not in staff(view):
            name = name_of(view, one)
            yield Lack(
                f"{name}への再委託（始期{shown(one.starts_on)}）に従事する者が登録されていません。",
                "再委託先の従事者が登録されていないため、その者たちについて実際の状況を確かめてください。",
                "subcontract",
                one.id,
                step=add(
                    "person", employment=Employment.SUBCONTRACTOR.value, subcontractor=one.subcontractor
                ),
            )
