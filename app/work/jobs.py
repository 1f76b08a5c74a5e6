"""One job for several contracts: what one record, or one round of records, settles in all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Action, Duty
from app.records import SPECS, Contract, Facts, Person
from app.records.kinds import Rows
from app.records.training import Outcome

_OPEN = (State.OVERDUE, State.DUE, State.CONFIRM)
_ONE = frozenset({"training", "check", "backup_run", "device_check", "access_review", "rule"})
"""Record types of which one can serve several contracts: it names them all, or what they share."""
_ROUNDS = frozenset({"attestation", "audit"})
"""Record types that name one contract, of which people make one for each contract in a single round."""
_PEOPLE: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "training": ("attendance", MappingProxyType({"outcome": Outcome.ATTENDED.value})),
        "check": ("persons", MappingProxyType({})),
    }
)
"""Record type → the nested rows that name people, and what such a row says besides."""
_Given = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What is added (``record``, a type) and the duties of at least two contracts that it settles.

    ``given``: field → value with which the one record starts, the contracts and the union of topics and
    people included. In a round it holds only what all its records share, and ``entries`` says for each
    record what is its own.
    """

    record: str
    duties: tuple[Duty, ...]
    given: _Given = ()
    entries: tuple[_Given, ...] = ()

    @property
    def contracts(self) -> tuple[int, ...]:
        """The contracts concerned, in the order of their duties."""
        return tuple(dict.fromkeys(duty.contract for duty in self.duties))

    @property
    def texts(self) -> tuple[str, ...]:
        """The topics that the record will name."""
        return tuple(row.topic for name, rows in self.given if name == "topics" for row in rows)


def jobs(facts: Facts, duties: Iterable[Duty]) -> tuple[Job, ...]:
    """The jobs that several contracts share, those that settle most contracts first."""
    groups: dict[tuple[Any, ...], list[Duty]] = {}
    for duty in duties:
        if duty.state in _OPEN and _adds(duty):
            groups.setdefault(_alike(duty), []).append(duty)
    found = [_job(facts, held) for held in groups.values() if len({duty.contract for duty in held}) > 1]
    return tuple(sorted(found, key=lambda job: -len(job.contracts)))


def _adds(duty: Duty) -> bool:
    return duty.next.action is Action.ADD and duty.next.target in _ONE | _ROUNDS


def _alike(duty: Duty) -> tuple[Any, ...]:
    """Duties with the same key are settled by the same job: one record of that type with those values.

    The kind of duty belongs to it: a check of the measures is no check of the workers.
    """
    step = duty.next
    if step.target in _ROUNDS:
        return (step.target,)
    plain = ((name, value) for name, value in step.given if not isinstance(value, tuple))
    return (step.target, duty.kind, *plain)


def _job(facts: Facts, duties: list[Duty]) -> Job:
    record = duties[0].next.target
    if record in _ROUNDS:
        entries = tuple(
            dict.fromkeys((("contract", duty.contract), *duty.next.given) for duty in duties),
        )
        return Job(record, tuple(duties), (), entries)
    given: dict[str, Any] = {}
    for duty in duties:
        for name, value in duty.next.given:
            given[name] = _union(given.get(name, ()), value) if isinstance(value, tuple) else value
    given |= _contracts(record, duties) | _topics(facts, record, duties)
    given |= _people(facts, record, duties, given)
    return Job(record, tuple(duties), tuple(given.items()))


def _union(held: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*held, *more)))


def _contracts(record: str, duties: list[Duty]) -> dict[str, Any]:
    row = _row(record, "contracts")
    if row is None:
        return {}
    return {"contracts": tuple(row(contract=one) for one in dict.fromkeys(duty.contract for duty in duties))}


def _topics(facts: Facts, record: str, duties: list[Duty]) -> dict[str, Any]:
    """Every topic that one of the clauses asks for: a session short of one would have to be held again."""
    row = _row(record, "topics")
    if row is None:
        return {}
    asked = (
        str(topic)
        for duty in duties
        for topic in asks_of(facts.get(Contract, duty.contract), duty.clause, duty.kind).topics
    )
    return {"topics": tuple(row(topic=topic) for topic in dict.fromkeys(asked))}


def _people(facts: Facts, record: str, duties: list[Duty], given: Mapping[str, Any]) -> dict[str, Any]:
    """Everyone in whom one of the duties is lacking, beside those a step names itself."""
    if record not in _PEOPLE:
        return {}
    name, besides = _PEOPLE[record]
    held = given.get(name, ())
    known = {row.person for row in held}
    lacking = dict.fromkeys(
        gap.id
        for duty in duties
        for gap in duty.missing
        if gap.record == "person" and gap.id not in known and facts.find(Person, gap.id)
    )
    row: Any = _row(record, name)
    return {name: (*held, *(row(person=person, **besides) for person in lacking))}


def _row(record: str, name: str) -> Any:
    """The class of the nested rows called ``name``; None where the record has none."""
    kinds = (field.kind for field in SPECS[record].fields if field.name == name)
    return next((kind.of for kind in kinds if isinstance(kind, Rows)), None)
