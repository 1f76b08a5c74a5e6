"""All records of a contract as registers, one for each type, by the columns that its declaration lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.records import SPECS, Contract, Facts, Field, Incident, Record
from app.records.for_contract import ForContracts
from app.records.incident import said_kinds
from app.records.kinds import File, Ref, Rows
from forms.parts.texts import or_none

_INTERNAL = frozenset({("person", "employee_number")})
"""Numbers of the house: they never leave it on a paper."""
_APART = frozenset({"vendor", "client", "contract"})
"""Who the parties are and what the contract is stands on the cover."""


@dataclass(frozen=True, slots=True)
class Register:
    """The records of one type: its name, the heads of its columns, a row for each record."""

    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def registers(facts: Facts, contract: Contract) -> Iterator[Register]:
    """The registers of what belongs to the contract, and of whom and what its records name.

    In the order in which record types are declared; a type without records is left out.
    """
    own = {name: tuple(_own(facts, contract, name)) for name in SPECS if SPECS[name].by_hand}
    whole = {name: records or tuple(_named(facts, own, name)) for name, records in own.items()}
    for name, records in whole.items():
        held = records or tuple(_about(facts, whole, name))
        columns = _columns(name)
        if held and columns:
            rows = tuple(tuple(or_none(_said(facts, one, f.name)) for f in columns) for one in held)
            yield Register(SPECS[name].label, tuple(f.label for f in columns), rows)


def _said(facts: Facts, one: Record, name: str) -> str:
    """How a field reads; a suspicion names what is suspected, as the reports on it do."""
    if isinstance(one, Incident) and name == "kinds":
        return said_kinds(one.kinds)
    return facts.shown(one, name)


def _own(facts: Facts, contract: Contract, name: str) -> Iterator[Record]:
    cls = SPECS[name].cls
    if any(f.name == "contract" and _to(f) == "contract" for f in SPECS[name].fields):
        yield from facts.of(cls, "contract", contract.id)
        return
    for one in facts.all(cls):
        ids = one.contract_ids if isinstance(one, ForContracts) else ()
        if contract.id in ids:
            yield one


def _named(facts: Facts, own: dict[str, tuple[Record, ...]], name: str) -> Iterator[Record]:
    """The records of a type of their own (people, devices, places …) that those of the contract name."""
    if name in _APART:
        return
    numbers = {
        getattr(one, f.name)
        for held in own.values()
        for one in held
        for f in one.spec.fields
        if _to(f) == name
    }
    yield from (one for one in facts.all(SPECS[name].cls) if one.id in numbers)


def _about(facts: Facts, whole: dict[str, tuple[Record, ...]], name: str) -> Iterator[Record]:
    """The records of a type that belongs to no contract by itself, but to a thing of it: what was done with
    an information asset, a check of a machine. What it is about is the first thing that it has to name.
    """
    if name in _APART:
        return
    about = next((f for f in SPECS[name].fields if f.required and _to(f)), None)
    if about is not None:
        ids = {one.id for one in whole.get(_to(about), ())}
        yield from (one for one in facts.all(SPECS[name].cls) if getattr(one, about.name) in ids)


def _columns(name: str) -> tuple[Field, ...]:
    """What is said of each record. What serves several contracts says nothing of whom the others concern:
    one client would read of another's work and people.
    """
    shared = issubclass(SPECS[name].cls, ForContracts)
    left_out = (File, Rows) if shared else (File,)
    return tuple(
        f
        for f in SPECS[name].listed
        if _to(f) != "contract" and not isinstance(f.kind, left_out) and (name, f.name) not in _INTERNAL
    )


def _to(field: Field) -> str:
    return field.kind.to if isinstance(field.kind, Ref) else ""
