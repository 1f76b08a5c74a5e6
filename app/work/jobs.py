"""One job for several contracts: what one record, or one round of records, settles in all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Action, Duty
from app.records import SPECS, Contract, Facts, Person, Shared, fields_of
from app.records.kinds import Rows

_OPEN = (State.OVERDUE, State.DUE, State.CONFIRM)
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
    return duty.next.action is Action.ADD and SPECS[duty.next.target].shared is not Shared.APART


def _alike(duty: Duty) -> tuple[Any, ...]:
    """Duties with the same key are settled by the same job: one record of that type with those values.

    The kind of duty belongs to it: a check of the measures is no check of the workers.
    """
    step = duty.next
    if _in_a_round(step.target):
        return (step.target,)
    plain = ((name, value) for name, value in step.given if not isinstance(value, tuple))
    return (step.target, duty.kind, *plain)


def _job(facts: Facts, duties: list[Duty]) -> Job:
    record = duties[0].next.target
    if _in_a_round(record):
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
    name = _naming_people(record)
    if not name:
        return {}
    held = given.get(name, ())
    known = {row.person for row in held}
    lacking = dict.fromkeys(
        gap.id
        for duty in duties
        for gap in duty.missing
        if gap.record == "person" and gap.id not in known and facts.find(Person, gap.id)
    )
    row: Any = _row(record, name)
    # What a row says of the person besides (who came to a session) is open: only the officer knows it.
    besides = {f.name: f.default for f in fields_of(row) if f.name != "person"}
    return {name: (*held, *(row(person=person, **besides) for person in lacking))}


def _in_a_round(record: str) -> bool:
    return SPECS[record].shared is Shared.ROUND


def _naming_people(record: str) -> str:
    """The nested rows of a record that name people; empty where it has none."""
    for field in SPECS[record].fields:
        if isinstance(field.kind, Rows) and "person" in (f.name for f in fields_of(field.kind.of)):
            return field.name
    return ""


def _row(record: str, name: str) -> Any:
    """The class of the nested rows called ``name``; None where the record has none."""
    kinds = (field.kind for field in SPECS[record].fields if field.name == name)
    return next((kind.of for kind in kinds if isinstance(kind, Rows)), None)
