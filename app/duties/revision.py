"""A new version of an annex against the old one: what it changes, and what it does to a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.clause import Clause, Json
from app.annexes.kinds import KINDS
from app.annexes.overrides import problem_with
from app.common import PeopleError
from app.duties.case import FormFace
from app.duties.duty import Duty
from app.duties.engine import duties
from app.duties.rules.contracts import of_version, plain
from app.records import Attestation, ClauseText, Contract, Facts, Record
from app.records.contract import ContractParameter

_FIELDS = ("key", "number", "heading", "summary", "kinds", "when", "options")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: a field of the clause, or a parameter (``kind`` where it holds for one only).

    None stands for a parameter that is not there.
    """

    field: str
    before: Json | None
    after: Json | None
    kind: str = ""
    parameter: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that both versions have, and in what it differs; at least one difference."""

    old: Clause
    new: Clause
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """Every clause of both versions, once: in the order of the new annex, retired ones in that of the old."""

    old: Annex
    new: Annex
    kept: tuple[Clause, ...]
    changed: tuple[Changed, ...]
    added: tuple[Clause, ...]
    retired: tuple[Clause, ...]

    def successor(self, number: str) -> Clause | None:
        """The clause of the new version that has become of the old one with this number."""
        for clause in self.kept:
            if plain(clause.number) == plain(number):
                return clause
        return next((one.new for one in self.changed if plain(one.old.number) == plain(number)), None)

    def same(self, number: str) -> bool:
        """Whether the number still means the same clause."""
        clause = self.successor(number)
        return clause is not None and plain(clause.number) == plain(number)


def compare(old: Annex, new: Annex) -> Revision:
    """Compare by keys; a clause whose key is gone is found again by its unchanged heading and summary."""
    former = _pairs(old, new)
    kept: list[Clause] = []
    changed: list[Changed] = []
    added: list[Clause] = []
    for clause in new.clauses:
        before = former.get(clause.key)
        if before is None:
            added.append(clause)
        elif found := tuple(_differences(before, clause)):
            changed.append(Changed(before, clause, found))
        else:
            kept.append(clause)
    followed = {clause.key for clause in former.values()}
    retired = tuple(clause for clause in old.clauses if clause.key not in followed)
    return Revision(old, new, tuple(kept), tuple(changed), tuple(added), retired)


def _pairs(old: Annex, new: Annex) -> dict[str, Clause]:
    """New key → the old clause."""
    by_key = {clause.key: clause for clause in old.clauses}
    keys = {clause.key for clause in new.clauses}
    pairs = {key: by_key[key] for key in keys if key in by_key}
    left: dict[tuple[str, str], list[Clause]] = {}
    for clause in old.clauses:
        if clause.key not in keys:
            left.setdefault((clause.heading, clause.summary), []).append(clause)
    for clause in new.clauses:
        same = left.get((clause.heading, clause.summary))
        if clause.key not in pairs and same:
            pairs[clause.key] = same.pop(0)
    return pairs


def _differences(old: Clause, new: Clause) -> Iterator[Difference]:
    for name in _FIELDS:
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before != after:
            yield Difference(name, before, after)
    before_all, after_all = _flat(old.parameters), _flat(new.parameters)
    for kind, name in dict.fromkeys((*before_all, *after_all)):
        held, wanted = before_all.get((kind, name)), after_all.get((kind, name))
        if held != wanted:
            yield Difference(name, held, wanted, kind, parameter=True)


def _plain(value: Any) -> Json:
    return list(value) if isinstance(value, tuple) else str(value)


def _flat(parameters: Mapping[str, Json]) -> dict[tuple[str, str], Json]:
    """(kind or empty, name) → value."""
    found: dict[tuple[str, str], Json] = {}
    for name, value in parameters.items():
        if name in KINDS and isinstance(value, dict):
            found.update({(name, inner): held for inner, held in value.items()})
        else:
            found["", name] = value
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty that both versions have and that would stand differently."""

    before: Duty
    after: Duty


@dataclass(frozen=True, slots=True)
class Effects:
    """What the new version would do to one contract on one day.

    ``outdated`` are confirmations and copies of clauses whose number no longer means the same clause: they
    stay in the ledger and count for the old version alone. ``dropped`` are values of the contract that the
    new version has no place for.
    """

    contract: Contract
    appearing: tuple[Duty, ...]
    disappearing: tuple[Duty, ...]
    moved: tuple[Moved, ...]
    outdated: tuple[Attestation | ClauseText, ...]
    dropped: tuple[ContractParameter, ...]


def effects(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    contract: Contract,
    new: Annex,
) -> Effects:
    """What would become of the duties of ``contract`` under ``new``, published or not; nothing is written.

    Raises ``PeopleError`` if the contract does not carry the annex, or in a version that is not known.
    """
    revision = compare(carried(catalogue, contract, new), new)
    written = applied(facts, contract, revision)
    before = _by_clause(duties(facts, catalogue, forms, day, contract.id), new.key)
    then = duties(facts.replaced(written), catalogue.having(new), forms, day, contract.id)
    after = _by_clause(then, new.key)
    former = {
        **{one.new.key: one.old.key for one in revision.changed},
        **{c.key: c.key for c in revision.kept},
    }
    earlier = {(key, kind): before.get((former.get(key, ""), kind)) for key, kind in after}
    lasting = {id(duty) for duty in earlier.values() if duty}
    held = {setting for setting in written[0].parameters if setting.annex == new.key}
    return Effects(
        contract,
        appearing=tuple(duty for place, duty in after.items() if earlier[place] is None),
        disappearing=tuple(duty for duty in before.values() if id(duty) not in lasting),
        moved=tuple(
            Moved(was, duty)
            for place, duty in after.items()
            if (was := earlier[place]) and _differs(was, duty)
        ),
        outdated=tuple(_outdated(facts, contract, revision)),
        dropped=tuple(
            setting
            for setting in contract.parameters
            if setting.annex == new.key and _followed(setting, revision) not in held
        ),
    )


def _by_clause(found: Sequence[Duty], annex: str) -> dict[tuple[str, str], Duty]:
    return {(duty.clause.key, duty.kind): duty for duty in found if duty.annex == annex}


def _differs(before: Duty, after: Duty) -> bool:
    return (before.state, before.due) != (after.state, after.due)


def carried(catalogue: Catalogue, contract: Contract, new: Annex) -> Annex:
    """The version of ``new`` that the contract carries now. Raises ``PeopleError`` where there is none."""
    for row in contract.annexes:
        if row.annex == new.key:
            return catalogue.annex(row.annex, row.version)
    raise PeopleError(
        f"契約「{contract.title}」の特記事項に「{new.title}」はありません。契約を確かめてください。"
    )


def applied(facts: Facts, contract: Contract, revision: Revision) -> tuple[Contract, *tuple[Record, ...]]:
    """The records to write when ``contract`` goes over to the new version: the contract first.

    Values set by the contract follow their clause. A confirmation or copy whose number no longer means the
    same clause gets the old version beside its number: else it would count for a clause that nobody had
    in mind.
    """
    new = revision.new
    rows = tuple(
        replace(row, version=new.version) if row.annex == new.key else row for row in contract.annexes
    )
    settings = (
        _followed(setting, revision) if setting.annex == new.key else setting
        for setting in contract.parameters
    )
    kept = tuple(setting for setting in settings if setting is not None)
    marked = (
        replace(one, clause=of_version(one.clause, revision.old.version))
        for one in _outdated(facts, contract, revision)
    )
    return replace(contract, annexes=rows, parameters=kept), *marked


def _followed(setting: ContractParameter, revision: Revision) -> ContractParameter | None:
    clause = revision.successor(setting.clause)
    if clause is None or problem_with(setting):
        return None
    return replace(setting, clause=clause.number)


def _outdated(facts: Facts, contract: Contract, revision: Revision) -> Iterator[Attestation | ClauseText]:
    known = {plain(clause.number) for clause in revision.old.clauses}
    held: list[Attestation | ClauseText] = [*facts.of(Attestation, "contract", contract.id)]
    held += facts.of(ClauseText, "contract", contract.id)
    for one in held:
        if one.annex == revision.new.key and plain(one.clause) in known and not revision.same(one.clause):
            yield one
