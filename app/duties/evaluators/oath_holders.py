"""Who signed which oath for the contract, found once for all clauses that rest on oaths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.duties.view import ContractView
from app.records import Oath


def oaths(view: ContractView, kind: str) -> Mapping[int, tuple[Oath, ...]]:
    """Person → the oaths of a kind that cover the contract, signed or not, by ascending id."""
    return view.once(_by_person, str(kind))


def signed(view: ContractView, kind: str) -> Mapping[int, Oath]:
    """Person → the first oath of a kind that was signed by the day."""
    return view.once(_signed, str(kind))


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
            found[person] = min(done, key=_by_day)
    return found


def _by_day(oath: Oath) -> tuple[date, int]:
    return oath.signed_on or date.max, oath.id
