"""Who signed which oath for the contract, found once for all clauses that rest on oaths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.duties.view import ContractView
from app.records import Oath, Person
from app.records.days import wareki


def oaths(view: ContractView, kind: str) -> Mapping[int, tuple[Oath, ...]]:
    """Person → the oaths of a kind that cover the contract, signed or not, by ascending id."""
    return view.once(_by_person, str(kind))


def signed(view: ContractView, kind: str) -> Mapping[int, Oath]:
    """Person → the first oath of a kind signed by the day, a later one before one signed too early."""
    return view.once(_signed, str(kind))


def too_early(view: ContractView, oath: Oath) -> str:
    """Why a signed oath may be for something else, with both days; empty where nothing speaks against it.

    Before the contract was signed nobody could promise anything for it, nor before joining the vendor; an
    oath signed on the day itself is in time.
    """
    on, person = oath.signed_on, view.facts.find(Person, oath.person)
    if on is None or person is None:
        return ""
    what = f"{person.name}の誓約書の署名（{wareki(on)}）は"
    signed_on = view.contract.signed_on
    if on < signed_on:
        return f"{what}、契約の締結（{wareki(signed_on)}）より前です。"
    joined = person.joined_on
    if joined is not None and on < joined:
        return f"{what}、入社（{wareki(joined)}）より前です。"
    return ""


def _by_person(view: ContractView, kind: str) -> Mapping[int, tuple[Oath, ...]]:
    found: dict[int, list[Oath]] = {}
    for oath in view.covering(Oath):
        if oath.kind == kind:
            found.setdefault(oath.person, []).append(oath)
    return {person: tuple(held) for person, held in found.items()}


def _signed(view: ContractView, kind: str) -> Mapping[int, Oath]:
    found = {}
    for person, held in oaths(view, kind).items():
        done = [oath for oath in held if oath.signed_on is not None and oath.signed_on <= view.day]
        if done:
            found[person] = min(done, key=lambda oath: (bool(too_early(view, oath)), *_by_day(oath)))
    return found


def _by_day(oath: Oath) -> tuple[date, int]:
    return oath.signed_on or date.max, oath.id
