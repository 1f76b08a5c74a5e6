"""What an assessment holds; how it is made, and made anew after a change, stands in ``assessing``.

Apart from it, because the pages need the type long before they need the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.annexes.kinds import State
    from app.duties.case import FormFace
    from app.duties.duty import Duty
    from app.duties.finding import Finding
    from app.duties.papers.drift import Drift
    from app.duties.planned import PlannedChange
    from app.duties.view import ContractView
    from app.records import Contract, Facts, Submission


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was found of one contract."""

    duties: tuple[Duty, ...]
    drifts: tuple[Drift, ...]
    findings: tuple[Finding, ...]
    planned: tuple[PlannedChange, ...]


class Kept(NamedTuple):
    """What was judged in an earlier session of the same facts and still holds.

    By id of the contract, and by name the checks of what no contract owns that do not look at the clock.
    """

    contracts: Mapping[int, Reckoned] = MappingProxyType({})
    own: Mapping[str, tuple[Finding, ...]] = MappingProxyType({})


NOTHING = Kept()


@dataclass(frozen=True, slots=True)
class Assessment:
    """All duties, stale documents and findings on ``day``, and the facts they were reckoned from.

    ``contracts``: by id of the contract. ``unknown``: contracts with an annex that the catalogue lacks.
    ``findings``: of the cross-checks, contract by contract, then those that no contract owns. ``planned``:
    changes that lie ahead and of which the client is still to be told, by the day by which. ``views``: what
    was worked out on the way, by contract, for the next assessment and nobody else. ``kept``: what of it was
    not judged, but taken over from an earlier session.
    """

    day: date
    facts: Facts
    catalogue: Catalogue
    forms: Mapping[str, FormFace]
    contracts: Mapping[int, Reckoned]
    duties: tuple[Duty, ...]
    drifts: tuple[Drift, ...]
    unknown: tuple[tuple[Contract, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    planned: tuple[PlannedChange, ...] = ()
    views: dict[int, ContractView] = field(default_factory=dict, repr=False, compare=False)
    own: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, repr=False, compare=False)
    kept: Kept = field(default=NOTHING, repr=False, compare=False)

    def of(self, contract: int) -> tuple[Duty, ...]:
        """The duties of one contract, in the order of its clauses; none for an unknown contract."""
        held = self.contracts.get(contract)
        return held.duties if held else ()

    def drifts_of(self, contract: int) -> tuple[Drift, ...]:
        """The stale documents of one contract."""
        held = self.contracts.get(contract)
        return held.drifts if held else ()

    def findings_of(self, contract: int) -> tuple[Finding, ...]:
        """What the cross-checks found in one contract; 0: what no contract owns."""
        if not contract:
            return tuple(one for one in self.findings if not one.contract)
        held = self.contracts.get(contract)
        return held.findings if held else ()

    def counts(self, contract: int = 0) -> Counter[State]:
        """How many duties stand in each state, of one contract or of all."""
        return Counter(duty.state for duty in (self.of(contract) if contract else self.duties))

    def stale(self, submission: Submission) -> bool:
        """Whether the document no longer says what the ledger says."""
        return any(one.submission.id == submission.id for one in self.drifts)
