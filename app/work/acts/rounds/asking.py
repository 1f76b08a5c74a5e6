"""What the clauses of some contracts ask of people, read from the duties themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.duties.duty import Duty, Gap
from app.duties.engine import duties_of_kind
from app.duties.view import ContractView
from app.records import Assignment, Contract, Facts, Person, Record
from app.records.days import wareki
from app.records.ordering import in_order
from app.work.acts.plan import Ground, Write, after, all_of
from app.work.acts.rounds.listed import Option, option


def contracts_of(records: Iterable[Record]) -> tuple[Contract, ...]:
    """The contracts that an act is done to. Raises ``TypeError`` for another record."""
    return all_of(records, Contract)


def numbers_of(contracts: Iterable[Contract]) -> str:
    """What the contracts are called, in one line: R8-001、R8-002."""
    return "、".join(one.number for one in contracts)


def view_of(ground: Ground, contract: Contract, facts: Facts | None = None) -> ContractView:
    """The contract on the day of the clock, in the ledger or in ``facts``."""
    return ContractView(facts or ground.facts, ground.catalogue, ground.forms, contract, ground.today)


def lacking(ground: Ground, contract: Contract, *kinds: str) -> Iterator[tuple[Duty, Gap]]:
    """What the duties of these kinds lack in a person, those whose day has not come included."""
    view = view_of(ground, contract)
    for kind in kinds:
        for duty in duties_of_kind(view, kind):
            yield from ((duty, gap) for gap in duty.missing if gap.record == Person.spec.name)


def told_since(
    ground: Ground, contracts: Iterable[Contract], writes: tuple[Write, ...], *kinds: str
) -> Iterator[str]:
    """What the duties of these kinds will say was late or broken, and do not say yet: the engine counts."""
    then, held = after(ground.facts, writes), tuple(contracts)
    for contract in held:
        whose = f"{contract.number}：" if len(held) > 1 else ""
        known = set(_remarks(view_of(ground, contract), kinds))
        made = dict.fromkeys(_remarks(view_of(ground, contract, then), kinds))
        yield from (f"{whose}{text}" for text in made if text not in known)


def people_of(facts: Facts, contracts: Iterable[Contract]) -> tuple[Option, ...]:
    """Everyone who ever worked, works or will work on one of the contracts, to be chosen from."""
    meant = {row.person for one in contracts for row in facts.of(Assignment, "contract", one.id)}
    people = (person for number in meant if (person := facts.find(Person, number)) is not None)
    return tuple(person_option(one) for one in in_order(people))


def person_option(person: Person, more: str = "") -> Option:
    """A person to be chosen, by number or name; ``more``: what tells several choices of one person apart."""
    number = f"（{person.employee_number}）" if person.employee_number else ""
    return option(person.id, f"{person.name}{number}{more}", person.employee_number, person.name)


def absent_from(facts: Facts, person: Person, contracts: Iterable[Contract], day: date) -> Iterator[str]:
    """Why ``person`` cannot have been there on ``day``: gone by then, or not come yet; without the way on."""
    meant = {one.id for one in contracts}
    ends = [one.ends_on for one in facts.of(Assignment, "person", person.id) if one.contract in meant]
    if person.left_on is not None and person.left_on < day:
        yield f"{person.name}は{wareki(person.left_on)}に退職しています。"
    elif person.joined_on is not None and day < person.joined_on:
        yield f"{person.name}の入社は{wareki(person.joined_on)}で、{wareki(day)}には在籍していません。"
    elif ends and (last := max(one or date.max for one in ends)) < day:
        yield f"{person.name}の従事は{wareki(last)}に終わっています。"


def _remarks(view: ContractView, kinds: tuple[str, ...]) -> Iterator[str]:
    for kind in kinds:
        for duty in duties_of_kind(view, kind):
            yield from (remark.text for remark in duty.remarks)
