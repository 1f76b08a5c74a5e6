"""Facts that contradict a satisfied duty, and what each kind of duty may say to them.

A contradiction changes the records of a story as they stand, or adds one, and answers whether it found
anything to say. The table holds the states allowed, one letter each; ``R`` is satisfied with a remark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from app.records import (
    Approval,
    Attestation,
    Audit,
    BackupRun,
    Check,
    DeviceUse,
    Disposal,
    Event,
    Improvement,
    Instruction,
    Location,
    Oath,
    Person,
    Record,
    Rule,
    Subcontract,
    Submission,
)
from app.records.audit import Finding
from tests.support.world import BEFORE, START, World

R = TypeVar("R", bound=Record)
DAY = timedelta(days=1)

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "overdue": "O",
        "due": "D",
        "waiting": "W",
        "confirm": "C",
        "not-due": "N",
        "satisfied": "S",
        "remark": "R",
        "not-applicable": "A",
    }
)
"""State → its letter in the table."""

Contradiction = Callable[[World, date], bool]


def _each(world: World, cls: type[R], change: Callable[[R], R | None]) -> bool:
    """Change every record of a type for which ``change`` answers another; whether there was one."""
    changed = False
    for one in world.facts().all(cls):
        other = change(one)
        if other is not None and other != one:
            world.change(other)
            changed = True
    return changed


def _with(**values: Any) -> Callable[[R], R]:
    return lambda one: replace(one, **values)


def open_incident(world: World, day: date) -> bool:
    """A leak was found the day before, told to the client at once, and is not over."""
    incident = world.incident("漏えい", "違反", found=day - DAY)
    world.tell(incident, "第一報（口頭・電話）", day - DAY)
    return True


def person_gone(world: World, day: date) -> bool:
    """Everybody has left the company, and nobody wrote that their work here has ended."""
    return _each(world, Person, _with(left_on=day - 2 * DAY))


def place_unknown(world: World, day: date) -> bool:
    """Nothing is known of a place but its name."""
    return _each(world, Location, _with(address="", room="", lock="", entry_control="", store="", country=""))


def refusal(world: World, day: date) -> bool:
    """The client refused what it had allowed; the vendor refused the audit."""
    approvals = _each(world, Approval, _with(granted_on=None, refused_on=BEFORE))
    audits = _each(world, Audit, _with(accepted=False, held_on=None, refused_why="繁忙期のため"))
    return approvals or audits


def sent_back(world: World, day: date) -> bool:
    """The client sent back every document on the day it came."""
    return _each(
        world, Submission, lambda one: replace(one, sent_back_on=one.submitted_on, sent_back_why="不備")
    )


def void(world: World, day: date) -> bool:
    """Every document is cancelled."""
    return _each(world, Submission, _with(voided_on=day, voided_why="誤り"))


def planned(world: World, day: date) -> bool:
    """What was done is only planned."""
    found = [
        _each(world, Event, _with(status="予定")),
        _each(
            world,
            Disposal,
            lambda one: replace(
                one, status="予定", lines=tuple(replace(line, result="") for line in one.lines)
            ),
        ),
        _each(world, DeviceUse, _with(status="予定")),
        _each(world, Improvement, _with(done_on=None)),
        _each(world, Audit, lambda one: replace(one, planned_on=one.held_on or one.planned_on, held_on=None)),
        _each(world, BackupRun, _with(done_on=day + DAY)),
    ]
    return any(found)


def unsigned(world: World, day: date) -> bool:
    """The oaths are printed and not signed."""
    return _each(world, Oath, _with(signed_on=None))


def by_word(world: World, day: date) -> bool:
    """What the clause wants in writing was given, answered or agreed by word of mouth."""
    found = [
        _each(world, Approval, _with(written=False)),
        _each(world, Instruction, _with(answered_in_writing=False, document=None)),
        _each(world, Subcontract, _with(agreement_written=False)),
    ]
    return any(found)


def expired(world: World, day: date) -> bool:
    """What was allowed ended before the work began; rules and confirmations ended yesterday."""
    found = [
        _each(world, Approval, _with(ends_on=START - DAY)),
        _each(world, Rule, _with(ends_on=day - DAY)),
        _each(world, Attestation, _with(valid_until=day - DAY)),
    ]
    return any(found)


def left_over(world: World, day: date) -> bool:
    """Something received is still in hand after the work has ended."""
    if day < world.contract.last_day:
        return False
    world.received()
    return True


def unanswered(world: World, day: date) -> bool:
    """What the client asked has no answer, and the audit left a finding."""
    found = [
        _each(world, Instruction, _with(answered_on=None, document=None)),
        _each(world, Audit, _with(findings=(Finding(finding="鍵の管理簿がない"),))),
    ]
    return any(found)


def not_kept(world: World, day: date) -> bool:
    """A person found that the clause is not kept, or chose no result at all."""
    return _each(
        world, Attestation, lambda one: replace(one, kept=None if one.id % 2 else False, remark="不備")
    )


def ahead(world: World, day: date) -> bool:
    """Checks and confirmations are dated tomorrow."""
    found = [
        _each(world, Check, _with(done_on=day + DAY)),
        _each(world, Attestation, _with(confirmed_on=day + DAY)),
    ]
    return any(found)


@dataclass(frozen=True)
class Told:
    """A contradiction, and what the clause asks besides so that it is one."""

    change: Contradiction
    asks: Mapping[str, Any] = field(default_factory=dict)


CONTRADICTIONS: Mapping[str, Told] = MappingProxyType(
    {
        "open incident": Told(open_incident),
        "person gone": Told(person_gone),
        "place unknown": Told(place_unknown),
        "refusal": Told(refusal),
        "sent back": Told(sent_back),
        "void": Told(void),
        "planned": Told(planned),
        "unsigned": Told(unsigned),
        "by word": Told(by_word, {"written": True}),
        "expired": Told(expired),
        "left over": Told(left_over),
        "unanswered": Told(unanswered),
        "not kept": Told(not_kept),
        "ahead": Told(ahead),
    }
)

ALLOWED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "responsible-person": {"open incident": "S", "person gone": "CDO", "sent back": "DO", "void": "DO"},
        "worker-list": {"open incident": "S", "person gone": "CDO", "sent back": "DO", "void": "DO"},
        "work-location": {"open incident": "S", "place unknown": "CDO", "sent back": "DO", "void": "DO"},
        "equipment-register": {
            "open incident": "S",
            "person gone": "CDO",
            "place unknown": "CDOS",
            "planned": "CDNS",
        },
        "oath": {
            "open incident": "S",
            "person gone": "CDNO",
            "sent back": "DO",
            "void": "DO",
            "unsigned": "CDO",
        },
        "training": {"open incident": "S", "person gone": "CDNO"},
        "supervision": {"open incident": "S", "person gone": "CDNO", "ahead": "CDO"},
        "dispatch-contract": {"open incident": "S", "person gone": "ACDNO"},
        "management-system": {"open incident": "S", "person gone": "CDO"},
        "transfer-method": {"open incident": "S", "person gone": "CDO", "planned": "S"},
        "transfer-record": {"open incident": "S", "sent back": "DO", "void": "DO", "planned": "CDNO"},
        "secrecy": {"open incident": "C", "person gone": "CDOS", "unsigned": "CDO"},
        "retirement-secrecy": {"open incident": "S", "person gone": "DORS", "unsigned": "CDO"},
        "purpose-limit": {"open incident": "C", "expired": "DO", "not kept": "DO", "ahead": "CDO"},
        "collection-limit": {
            "open incident": "S",
            "refusal": "DO",
            "planned": "CDNO",
            "by word": "DO",
            "expired": "DO",
        },
        "law": {"open incident": "C", "expired": "DO", "not kept": "DO", "ahead": "CDO"},
        "security-measures": {"open incident": "C", "ahead": "CDO"},
        "copy-approval": {
            "open incident": "S",
            "refusal": "DO",
            "planned": "CDNO",
            "by word": "DO",
            "expired": "DO",
        },
        "takeout-approval": {
            "open incident": "S",
            "refusal": "DO",
            "planned": "CDNO",
            "by word": "DO",
            "expired": "DO",
        },
        "equipment-takeout": {
            "open incident": "S",
            "place unknown": "CS",
            "refusal": "DO",
            "planned": "CNS",
            "by word": "DO",
            "expired": "DO",
        },
        "bringin-approval": {
            "open incident": "S",
            "place unknown": "CS",
            "refusal": "DO",
            "planned": "CNS",
            "by word": "DO",
            "expired": "DO",
        },
        "private-device-ban": {"open incident": "S", "planned": "CNS"},
        "software-hygiene": {"open incident": "S", "planned": "ACN"},
        "locked-storage": {"open incident": "S", "place unknown": "CDO"},
        "encryption": {"open incident": "S", "planned": "CNS"},
        "transport": {"open incident": "S", "planned": "CN"},
        "domestic-storage": {"open incident": "S", "place unknown": "CDO"},
        "access-control": {"open incident": "S", "person gone": "D"},
        "access-log": {"open incident": "S"},
        "handling-ledger": {"open incident": "S", "planned": "CDNO"},
        "backup-check": {"open incident": "S", "planned": "CDO", "ahead": "CDO"},
        "subcontract-approval": {"open incident": "S", "refusal": "DO", "by word": "DO", "expired": "DO"},
        "subcontract-flowdown": {"open incident": "S", "ahead": "CDO", "by word": "DO"},
        "data-subject-request": {"open incident": "S"},
        "status-report": {
            "open incident": "S",
            "sent back": "DO",
            "void": "DO",
            "by word": "S",
            "left over": "S",
        },
        "audit": {"open incident": "S", "refusal": "DO", "planned": "DO", "unanswered": "DO"},
        "improvement": {"open incident": "S", "person gone": "S", "planned": "DO"},
        "management-rules": {"open incident": "S", "by word": "DO", "expired": "DO", "unanswered": "DO"},
        "incident-notice": {"open incident": "DO"},
        "incident-followup": {"open incident": "DO"},
        "return": {"open incident": "S", "planned": "CDO", "left over": "CDO"},
        "disposal": {"open incident": "S", "person gone": "S", "planned": "CDNO"},
        "disposal-approval": {
            "open incident": "S",
            "person gone": "S",
            "refusal": "DO",
            "planned": "CDNW",
            "by word": "DO",
            "expired": "DO",
        },
        "disposal-certificate": {
            "open incident": "S",
            "person gone": "S",
            "sent back": "DO",
            "void": "DO",
            "planned": "CDNO",
        },
        "witness": {"open incident": "S", "person gone": "S", "planned": "CDNO"},
    }
)
"""Kind of duty → contradiction → the states that may follow; a cell for each that finds something to say.

``S`` stands where the contradiction takes nothing from what the clause asks: a leak is no hand-over without
a receipt, a planned device may be on the register already, an oath binds those who have gone, and what they
destroyed stays destroyed.
"""
