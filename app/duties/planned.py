"""Changes that are recorded for a later day and of which the client is told beforehand or promptly after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.annexes.kinds import When
from app.counting.deadlines import Deadline
from app.duties.announcing import becomes_untrue
from app.duties.duty import Step
from app.duties.evaluators.changes import end_by
from app.duties.questions import asked
from app.duties.verdict import Question, counted, open_record, shown
from app.duties.view import ContractView
from app.records import Assignment, Device, DeviceUse, Location, LocationUse, Person, stated_key
from app.records.dated import as_of, began, begins_ahead, dated

Dated = Assignment | LocationUse | DeviceUse
Thing = Person | Location | Device

_KINDS: Mapping[type[Dated], tuple[str, ...]] = MappingProxyType(
    {
        Assignment: ("worker-list", "responsible-person"),
        LocationUse: ("work-location",),
        DeviceUse: ("equipment-register",),
    }
)
"""Record type → the kinds of duty under which its changes are told."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One change that lies ahead and of which the client is still to be told.

    ``on``: the day on which it takes effect, or the last day of what ends. ``form``: the id of the document
    that tells it. ``clauses``: annex and number. ``due``: the earliest deadline of these clauses, counted as
    ``counted`` says.
    """

    contract: int
    text: str
    record: str
    id: int
    on: date
    form: str
    clauses: tuple[tuple[str, str], ...]
    due: date
    counted: str
    next: Step


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A change that lies ahead: ``key`` is what documents call it by.

    ``unsaid``: the record itself does not say it, so that no document can have told it. ``thing``: the
    person, place or device that is otherwise from that day; None where the record begins, ends or changes.
    """

    text: str
    record: Dated
    key: str
    on: date
    ends: bool = False
    unsaid: bool = False
    thing: Thing | None = None


def planned_changes(view: ContractView) -> tuple[PlannedChange, ...]:
    """The changes of people, places and devices ahead that no document has told yet, by their deadline."""
    found = (_told(view, one) for one in _ahead(view))
    return in_order(one for one in found if one is not None)


def in_order(changes: Iterable[PlannedChange]) -> tuple[PlannedChange, ...]:
    """The most pressing first."""
    return tuple(sorted(changes, key=lambda one: (one.due, one.on, one.contract, one.record, one.id)))


def _told(view: ContractView, ahead: _Ahead) -> PlannedChange | None:
    """By when, in which document and under which clauses it is told; None where nobody is to be."""
    wanted = [(q, day) for q in _questions(view, ahead) if (day := _deadline(q, ahead)) is not None]
    if not wanted:
        return None
    question, first = min(wanted, key=lambda pair: pair[1].day)
    return PlannedChange(
        contract=view.contract.id,
        text=ahead.text,
        record=ahead.record.spec.name,
        id=ahead.record.id,
        on=ahead.on,
        form=question.forms()[0].id,
        clauses=tuple(dict.fromkeys((q.clause.annex, q.clause.number) for q, _day in wanted)),
        due=first.day,
        counted=counted(first),
        next=_next(question, ahead),
    )


def _next(question: Question, ahead: _Ahead) -> Step:
    """Its document; what no document can tell beforehand is looked at where it is recorded."""
    if ahead.unsaid:
        return open_record(ahead.record)
    if ahead.thing is not None and not question.forms()[0].announcing:
        return open_record(ahead.thing)
    return question.issue(ahead.key)


def _questions(view: ContractView, ahead: _Ahead) -> Iterator[Question]:
    for kind in _KINDS[type(ahead.record)]:
        if not view.forms_for(kind) or _is_known(view, kind, ahead):
            continue
        for question in asked(view, kind):
            changing = {When.ON_CHANGE, When.BEFORE_START} & set(question.clause.when)
            if question.reported and changing and _concerns(question, ahead.record):
                yield question


def _concerns(question: Question, record: Dated) -> bool:
    """Whether the clause means this record; a clause on responsible persons means those in its roles."""
    if question.kind != "responsible-person" or not isinstance(record, Assignment):
        return True
    return any(role in record.role_names for role in question.asks.roles)


def _is_known(view: ContractView, kind: str, ahead: _Ahead) -> bool:
    """Whether nobody is to be told any more, or none of the documents would say anything of it."""
    if ahead.thing is not None:
        return not becomes_untrue(view, kind, ahead.key, ahead.on)
    return not ahead.unsaid and _known(view, kind, ahead.key)


def _known(view: ContractView, kind: str, key: str) -> bool:
    """Whether a document that counts already says what is planned."""
    return any(view.names(one, key) and not view.differs(one, key) for one in view.speaking(kind))


def _deadline(question: Question, ahead: _Ahead) -> Deadline | None:
    return end_by(question, ahead.on) if ahead.ends else question.told_by(ahead.on)


def _ahead(view: ContractView) -> Iterator[_Ahead]:
    for one in view.assignments:
        person = view.facts.find(Person, one.person)
        if person is not None:
            words = (f"{person.name}が", "から従事します", f"{person.name}の従事")
            yield from _days(view, one, stated_key(person), words, one.changed_on)
            yield from _leaving(view, one, person)
            yield from _otherwise(view, one, stated_key(person), person, view.works_until(one))
    for use in view.held(LocationUse):
        place = view.facts.find(Location, use.location)
        if place is not None:
            words = (f"{place.name}を", "から使います", f"{place.name}の使用")
            yield from _days(view, use, stated_key(use), words, use.changed_on)
            yield from _otherwise(view, use, stated_key(use), place, use.ends_on)
    for device_use in view.held(DeviceUse):
        device = view.facts.find(Device, device_use.device)
        if device is not None:
            number = device.control_number
            words = (f"{number}を", "から使います", f"{number}の使用")
            yield from _days(view, device_use, stated_key(device_use), words, None)
            yield from _otherwise(view, device_use, stated_key(device_use), device, device_use.ends_on)


def _otherwise(
    view: ContractView, one: Dated, key: str, thing: Thing, until: date | None
) -> Iterator[_Ahead]:
    """Each later day from which the ledger says something else of a thing, while it is part of the work."""
    after = max(view.day, view.contract.starts_on, one.starts_on)
    for day in begins_ahead(thing, after, min(until or date.max, view.contract.last_day)):
        labels = [
            thing.spec.field(name).label
            for name in dated(thing)
            if any(on == day for _was, on in began(thing, name))
        ]
        now = as_of(thing, view.day)
        called = now.control_number if isinstance(now, Device) else now.name
        yield _Ahead(f"{called}の{'、'.join(labels)}が{shown(day)}に変わります。", one, key, day, thing=thing)


def _leaving(view: ContractView, one: Assignment, person: Person) -> Iterator[_Ahead]:
    """Whoever leaves the company works no more, whether or not the assignment has an end yet."""
    until = view.works_until(one)
    if until is not None and until != one.ends_on and view.day <= until < view.contract.last_day:
        text = f"{person.name}が{shown(until)}に退職し、従事が終わります。"
        yield _Ahead(text, one, stated_key(person), until, ends=True, unsaid=True)


def _days(
    view: ContractView,
    one: Dated,
    key: str,
    words: tuple[str, str, str],
    changed_on: date | None,
) -> Iterator[_Ahead]:
    """The start, the end and the change of one record, as far as they lie ahead and within the work.

    What starts with the work itself is no change, and neither is what ends with it.
    """
    contract, after = view.contract, max(view.day, view.contract.starts_on)
    who, starts, what = words
    if after < one.starts_on <= contract.last_day:
        yield _Ahead(f"{who}{shown(one.starts_on)}{starts}。", one, key, one.starts_on)
    if one.ends_on is not None and view.day <= one.ends_on < contract.last_day:
        yield _Ahead(f"{what}が{shown(one.ends_on)}に終わります。", one, key, one.ends_on, ends=True)
    if changed_on is not None and after < changed_on <= contract.last_day:
        yield _Ahead(f"{what}の内容が{shown(changed_on)}に変わります。", one, key, changed_on)
