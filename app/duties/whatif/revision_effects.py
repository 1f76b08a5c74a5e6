"""What a new version of an annex would do to a contract, and the records that bring it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.overrides import problem_with
from app.annexes.revision import Revision, compare, plain
from app.common import PeopleError
from app.duties.case import FormFace
from app.duties.duty import Duty
from app.duties.engine import duties
from app.duties.rules.contracts import of_version
from app.records import Attestation, ClauseText, Contract, Facts, Record
from app.records.contract import ContractParameter

UNMOVED = "生じる義務と、その今の状態と期限は変わりません。"
"""Said of a contract to which a version does nothing today. What a duty asks may still be set otherwise."""


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
