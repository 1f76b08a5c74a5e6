"""One contract on one day: the records that evaluators ask for, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from app.annexes.choices import AppliesTo, Medium, Workers
from app.duties.answers import shared
from app.duties.holding.balance import Balance, balances_of, events_by_kind
from app.duties.papers.documents import Documents
from app.records import (
    Asset,
    Assignment,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Location,
    LocationUse,
    Person,
    Record,
    Subcontract,
    Training,
    stated_key,
)
from app.records import asset as assets
from app.records.contract import Information, Option
from app.records.dated import as_of
from app.records.days import LATEST, When
from app.records.kinds import OTHER
from app.records.person import Employment
from app.records.status import Status
from app.records.training import Outcome

R = TypeVar("R", bound=Record)
_ID: attrgetter[int] = attrgetter("id")
_ASSET: attrgetter[int] = attrgetter("asset")
_AT: attrgetter[When] = attrgetter("happened_at")

_MEDIA = (assets.Medium.USB, assets.Medium.OPTICAL, assets.Medium.HDD)
"""What holds electronic data and can be carried; a device of that kind has the same name."""

_GROUPS: Mapping[Workers, tuple[str, ...]] = {
    Workers.OWN: (Employment.OFFICER, Employment.EMPLOYEE, Employment.PART_TIME),
    Workers.TEMPORARY: (Employment.DISPATCHED,),
    Workers.SUBCONTRACTOR: (Employment.SUBCONTRACTOR,),
}


class Worker(NamedTuple):
    """A person who works on the contract now or will: ``assignments`` are those not ended, by start.

    ``since`` is the first day on this contract at all, ``starts_on`` that of the first running assignment.
    """

    person: Person
    assignments: tuple[Assignment, ...]
    since: date

    @property
    def starts_on(self) -> date:
        return self.assignments[0].starts_on

    @property
    def subject(self) -> str:
        return stated_key(self.person)


class Former(NamedTuple):
    """A person who worked on the contract and does so no more: all assignments, by start.

    ``since`` and ``until``: the first and the last day of work on this contract.
    """

    person: Person
    assignments: tuple[Assignment, ...]
    since: date
    until: date

    @property
    def subject(self) -> str:
        return stated_key(self.person)


class ContractView(Documents):
    """What the ledger says about one contract on one day. Nothing in it changes once asked."""

    def held(self, cls: type[R]) -> tuple[R, ...]:
        """The records of a type that name the contract, by ascending id, whenever they happened."""
        return self.facts.of(cls, "contract", self.contract.id)

    def covering(self, cls: type[R]) -> tuple[R, ...]:
        """The records of a type that cover several contracts, this one among them."""
        return self.facts.covering(cls, self.contract.id)

    # people

    @shared
    def assignments(self) -> tuple[Assignment, ...]:
        return self.facts.of(Assignment, "contract", self.contract.id)

    def works_until(self, one: Assignment) -> date | None:
        """The last day of an assignment: nobody works on after the day on which they left the company."""
        person = self.facts.find(Person, one.person)
        left = person.left_on if person is not None else None
        if left is None or (one.ends_on is not None and one.ends_on <= left):
            return one.ends_on
        return left

    def works(self, one: Assignment, day: date) -> bool:
        """Whether somebody was, or will be, at work by this assignment on ``day``."""
        until = self.works_until(one)
        return one.starts_on <= day and (until is None or day <= until)

    @shared
    def at_work(self) -> Mapping[int, tuple[Assignment, ...]]:
        """Person → every assignment to the contract, whenever it was, by start; by the id of the person."""
        found: dict[int, list[Assignment]] = {}
        for one in self.assignments:
            found.setdefault(one.person, []).append(one)
        return {person: tuple(sorted(held, key=_by_start)) for person, held in sorted(found.items())}

    @shared
    def workers(self) -> tuple[Worker, ...]:
        """Everyone whose work has not ended, those who will start included, by the id of the person."""
        found = []
        for number, held in self.at_work.items():
            running = tuple(one for one in held if self._runs(self.works_until(one)))
            person = self.facts.find(Person, number) if running else None
            if person is not None:
                found.append(Worker(as_of(person, self.day), running, held[0].starts_on))
        return tuple(found)

    @shared
    def former(self) -> tuple[Former, ...]:
        """Everyone who worked on the contract and neither does any more nor will, by the id of the person."""
        found = []
        still = {worker.person.id for worker in self.workers}
        for number, held in self.at_work.items():
            person = self.facts.find(Person, number)
            begun = tuple(one for one in held if one.starts_on <= self.as_of)
            ends = [until for one in begun if (until := self.works_until(one)) and until >= one.starts_on]
            if person is not None and number not in still and ends:
                found.append(Former(as_of(person, max(ends)), begun, begun[0].starts_on, max(ends)))
        return tuple(found)

    def workers_of(self, groups: tuple[Workers, ...]) -> tuple[Worker, ...]:
        """The workers that a clause means; no group named means all."""
        if not groups:
            return self.workers
        return tuple(worker for worker in self.workers if employed_as(groups, worker.person))

    def former_of(self, groups: tuple[Workers, ...]) -> tuple[Former, ...]:
        """Those of a clause's workers who work on the contract no more; no group named means all."""
        return tuple(one for one in self.former if employed_as(groups, one.person))

    @shared
    def trainings(self) -> tuple[Training, ...]:
        """The sessions that cover the contract, by the day on which they were held."""
        return tuple(sorted(self.covering(Training), key=lambda t: (t.held_on, t.id)))

    @shared
    def attended(self) -> Mapping[int, tuple[tuple[date, Training], ...]]:
        """Person → the days and sessions attended until the day, by day."""
        found: dict[int, list[tuple[date, Training]]] = {}
        for training in self.trainings:
            for row in training.attendance:
                day = training.held_on if row.outcome == Outcome.ATTENDED else row.made_up_on
                if day is not None and day <= self.day and row.outcome != Outcome.ABSENT:
                    found.setdefault(row.person, []).append((day, training))
        return {person: tuple(sorted(held, key=_by_day)) for person, held in found.items()}

    @shared
    def missed(self) -> Mapping[int, Training]:
        """Person → the last session for which the person is listed and which is still to be made up."""
        return {
            row.person: training
            for training in self.trainings
            for row in training.attendance
            if row.outcome == Outcome.ABSENT
        }

    # places and devices

    @shared
    def location_uses(self) -> tuple[tuple[LocationUse, Location], ...]:
        """Places in use or to be used, as they are on the day."""
        return tuple(
            (use, as_of(place, self.day))
            for use in self.facts.of(LocationUse, "contract", self.contract.id)
            if self._runs(use.ends_on) and (place := self.facts.find(Location, use.location))
        )

    @shared
    def former_location_uses(self) -> tuple[tuple[LocationUse, Location], ...]:
        """Places that were used and are no more: as they were on the last day of that."""
        return tuple(
            (use, as_of(place, use.ends_on or self.day))
            for use in self.facts.of(LocationUse, "contract", self.contract.id)
            if not self._runs(use.ends_on) and (place := self.facts.find(Location, use.location))
        )

    @shared
    def device_uses(self) -> tuple[tuple[DeviceUse, Device], ...]:
        """Devices in use or to be used, as they are on the day."""
        return tuple(
            (use, as_of(device, self.day))
            for use in self.facts.of(DeviceUse, "contract", self.contract.id)
            if self._runs(use.ends_on) and (device := self.facts.find(Device, use.device))
        )

    @shared
    def former_device_uses(self) -> tuple[tuple[DeviceUse, Device], ...]:
        """Devices that were used, or were to be used, and are no more: as they were when last used."""
        return tuple(
            (use, as_of(device, use.ends_on or self.day))
            for use in self.facts.of(DeviceUse, "contract", self.contract.id)
            if not self._runs(use.ends_on) and (device := self.facts.find(Device, use.device))
        )

    def _runs(self, ends_on: date | None) -> bool:
        return ends_on is None or ends_on >= self.as_of

    # assets

    @shared
    def assets(self) -> Mapping[int, Asset]:
        """The assets of the contract by id."""
        return {asset.id: asset for asset in self.held(Asset)}

    @shared
    def happened(self) -> Mapping[str, tuple[Event, ...]]:
        """Kind of event → what happened to the assets of the contract until the day, in no order of time."""
        return events_by_kind(self.facts, self.contract.id, self.day)

    @shared
    def balances(self) -> tuple[Balance, ...]:
        """Every asset of the contract with its balance at the end of the day."""
        return balances_of(self.facts, self.contract.id, self.happened, self.day)

    @shared
    def bound_until(self) -> date:
        """The last day on which what comes round again may fall due: that of the work.

        While information is still held after it there is none: what is kept has to be guarded as before.
        """
        last = self.contract.last_day
        if self.day > last and any(one.held > 0 for one in self.balances):
            return LATEST
        return last

    @shared
    def spread(self) -> tuple[date, date] | None:
        """The days of the first and the last of what ``happened``; None where nothing did."""
        moments = [tuple(map(_AT, held)) for held in self.happened.values()]
        return (min(map(min, moments)).date(), max(map(max, moments)).date()) if moments else None

    def events_of(self, *kinds: str) -> tuple[tuple[Event, Asset], ...]:
        """What happened to the assets of the contract until the day, of some kinds, in order of time."""
        return self.once(_events_of, frozenset(map(str, kinds)))

    def in_time(self, events: Iterable[Event]) -> tuple[tuple[Event, Asset], ...]:
        """``events`` of the contract, each with its asset, in order of time."""
        assets, found = self.assets, sorted(sorted(events, key=_ID), key=_AT)
        # No call of our own for each: over 100,000 events, asked of a dozen times, they would be felt.
        return tuple(zip(found, map(assets.__getitem__, map(_ASSET, found)), strict=True))

    @shared
    def disposals(self) -> tuple[Disposal, ...]:
        """Disposals of the contract done until the day, by day; a plan is none."""
        held = self.facts.of(Disposal, "contract", self.contract.id)
        done = (one for one in held if one.done_on <= self.day and one.status != Status.PLANNED)
        return tuple(sorted(done, key=_when_done))

    @shared
    def planned_disposals(self) -> tuple[Disposal, ...]:
        """Disposals of the contract that are only planned, by the day meant."""
        held = self.facts.of(Disposal, "contract", self.contract.id)
        return tuple(sorted((one for one in held if one.status == Status.PLANNED), key=_when_done))

    # information

    def concerns(self, applies_to: AppliesTo) -> bool:
        """Whether the contract handles what a clause speaks of; True where the contract does not say.

        What the contract says it handles, what its options say, what its assets are: any one is enough.
        """
        if applies_to is AppliesTo.ALL or not self.contract.information:
            return True
        return any(covers(applies_to, kind) for kind in self.once(_information))

    def speaks_for(self, option: str) -> bool:
        """Whether the ledger shows what an option stands for, whatever the option itself says."""
        return self.once(_shows, option)


def _information(view: ContractView) -> frozenset[str]:
    """The kinds of information of which the contract, its options or its assets speak."""
    found = {*view.contract.information, *(asset.classification for asset in view.assets.values())}
    if any(Option.SPECIFIC_PERSONAL in row.options for row in view.contract.annexes):
        found.add(Information.SPECIFIC_PERSONAL)
    return frozenset(map(str, found))


def _shows(view: ContractView, option: str) -> bool:
    match option:
        case Option.SPECIFIC_PERSONAL:
            return Information.SPECIFIC_PERSONAL in view.once(_information)
        case Option.ELECTRONIC_MEDIA:
            media = any(asset.medium in _MEDIA for asset in view.assets.values())
            return media or any(
                device.kind in _MEDIA
                for use in view.held(DeviceUse)
                if (device := view.facts.find(Device, use.device))
            )
        case Option.DISPATCHED:
            return _employs(view, Employment.DISPATCHED)
        case Option.SUBCONTRACTING:
            return bool(view.held(Subcontract)) or _employs(view, Employment.SUBCONTRACTOR)
    return False


def _employs(view: ContractView, employment: Employment) -> bool:
    people = (view.facts.find(Person, one.person) for one in view.assignments)
    return any(person and as_of(person, view.day).employment == employment for person in people)


def employed_as(groups: tuple[Workers, ...], person: Person) -> bool:
    """Whether a clause means this person by the workers it names; no group named means all."""
    return not groups or any(person.employment in _GROUPS[group] for group in groups)


def _events_of(view: ContractView, kinds: frozenset[str]) -> tuple[tuple[Event, Asset], ...]:
    held = [view.happened[kind] for kind in kinds if kind in view.happened]
    return view.in_time(chain.from_iterable(held))


def _when_done(disposal: Disposal) -> tuple[date, int]:
    return disposal.done_on, disposal.id


def _by_start(one: Assignment) -> tuple[date, int]:
    return one.starts_on, one.id


def _by_day(pair: tuple[date, Training]) -> tuple[date, int]:
    return pair[0], pair[1].id


@lru_cache(maxsize=1024)
def covers(applies_to: AppliesTo, kind: str) -> bool:
    """Whether information of a kind (個人情報, 特定個人情報, 機密情報) is what a clause speaks of.

    A kind in free words (その他) may be anything and counts for every clause.
    """
    if applies_to is AppliesTo.ALL or kind.startswith(OTHER):
        return True
    personal = kind in (Information.PERSONAL, Information.SPECIFIC_PERSONAL)
    match applies_to:
        case AppliesTo.PERSONAL:
            return personal
        case AppliesTo.SPECIFIC:
            return kind == Information.SPECIFIC_PERSONAL
        case AppliesTo.NOT_PERSONAL:
            return not personal


def carried_by(media: Iterable[Medium], medium: str) -> bool:
    """Whether an asset on ``medium`` is among the carriers a clause speaks of; none named means all.

    A medium in free words (その他) may be any and counts for every clause.
    """
    wanted = tuple(media)
    if not wanted or medium.startswith(OTHER):
        return True
    return (Medium.PAPER if medium == assets.Medium.PAPER else Medium.ELECTRONIC) in wanted
