"""What an annex would ask under a contract that does not carry it: tried in memory, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.duties.case import FormFace
from app.duties.duty import Duty
from app.duties.engine import duties
from app.records import Contract, Facts
from app.records.contract import ContractAnnex

_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Tried:
    """A duty of the annex, and the one that the contract has now for the same clause and kind, if any."""

    duty: Duty
    before: Duty | None = None

    @property
    def differs(self) -> bool:
        """Whether it would stand otherwise than now."""
        return self.before is not None and (self.before.state, self.before.due) != (
            self.duty.state,
            self.duty.due,
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """Every duty under the annex, and those that the contract has now and would no longer have."""

    found: tuple[Tried, ...]
    gone: tuple[Duty, ...]
    compared: bool
    """Whether the contract carries the annex, or its base, now."""


def replaced_row(contract: Contract, annex: Annex, base: str = "") -> ContractAnnex | None:
    """The row that the annex would take the place of: its own former version, else the base's."""
    rows = {row.annex: row for row in contract.annexes}
    return rows.get(annex.key) or rows.get(base)


def imaginary(facts: Facts, day: date) -> Contract:
    """A contract of one year from ``day`` that has no records and does not say what it handles.

    So every clause counts as concerned, and what an option switches on is left to the options.
    """
    last = max((held.id for held in facts.all(Contract)), default=0)
    return Contract(
        id=last + 1,
        client=0,
        number="",
        title="架空の契約",
        signed_on=day,
        starts_on=day,
        ends_on=date.fromordinal(day.toordinal() + _A_YEAR),
        annexes=(),
    )


def tried(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    contract: Contract,
    annex: Annex,
    base: str = "",
    options: tuple[str, ...] = (),
) -> Trial:
    """The duties that ``annex`` would have under ``contract`` on ``day``, beside those that it has now.

    It takes the place of the row ``replaced_row`` names, with that row's options; where there is none it is
    added with ``options``. Values that the contract sets for the annex it has now stay with that one.
    """
    row = replaced_row(contract, annex, base)
    new = ContractAnnex(annex=annex.key, version=annex.version, options=row.options if row else options)
    rows = tuple(
        new if one is row else one for one in contract.annexes if one is row or one.annex != annex.key
    )
    then = replace(contract, annexes=rows if row else (*rows, new))
    after = duties(facts.replaced((then,)), catalogue.having(annex), forms, day, contract.id)
    now = duties(facts, catalogue, forms, day, contract.id) if row else ()
    before = {(duty.clause.key, duty.kind): duty for duty in now if row and duty.annex == row.annex}
    found = tuple(
        Tried(duty, before.get((duty.clause.key, duty.kind))) for duty in after if duty.annex == annex.key
    )
    kept = {id(one.before) for one in found}
    return Trial(found, tuple(duty for duty in before.values() if id(duty) not in kept), row is not None)
