"""One contract on one day: the records that evaluators ask for, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.duties.balance import Balance, balance
from app.duties.case import FormFace
from app.duties.catalogue import Catalogue
from app.duties.clause import AppliesTo, Medium, Workers
from app.duties.drift import Drift, drift_of, in_order, last_standing, open_on, statement_of
from app.records import (
    Asset,
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Location,
    LocationUse,
    Person,
    Statement,
    Submission,
    Training,
)
from app.records import asset as assets
from app.records.contract import Information
from app.records.kinds import OTHER
from app.records.person import Employment
from app.records.training import Outcome

_GROUPS: Mapping[Workers, tuple[str, ...]] = {
    Workers.OWN: (Employment.OFFICER, Employment.EMPLOYEE, Employment.PART_TIME),
    Workers.TEMPORARY: (Employment.DISPATCHED,),
    Workers.SUBCONTRACTOR: (Employment.SUBCONTRACTOR,),
}


@dataclass(frozen=True, slots=True)
class Worker:
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
        return f"person:{self.person.id}"


class ContractView:
    """What the ledger says about one contract on one day. Nothing in it changes once asked."""

    def __init__(
        self,
        facts: Facts,
        catalogue: Catalogue,
        forms: Mapping[str, FormFace],
        contract: Contract,
        day: date,
    ) -> None:
        self.facts = facts
        self.catalogue = catalogue
        self.forms = forms
        self.contract = contract
        self.day = day
        self.as_of = min(day, contract.last_day)
        """People, places and devices count as of this day: the end of the work takes nothing away."""
        self._drifts: dict[int, Drift] = {}
        self._statements: dict[int, Statement | None] = {}

    @property
    def ended(self) -> bool:
        """Whether the last day of the work has come."""
        return self.day >= self.contract.last_day

    # people

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        return self.facts.of(Assignment, "contract", self.contract.id)

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        """Everyone whose work has not ended, those who will start included, by the id of the person."""
        running: dict[int, list[Assignment]] = {}
        since: dict[int, date] = {}
        for one in self.assignments:
            since[one.person] = min(since.get(one.person, one.starts_on), one.starts_on)
            if one.ends_on is None or one.ends_on >= self.as_of:
                running.setdefault(one.person, []).append(one)
        return tuple(
            Worker(person, tuple(sorted(held, key=lambda a: (a.starts_on, a.id))), since[person_id])
            for person_id, held in sorted(running.items())
            if (person := self.facts.find(Person, person_id))
        )

    def workers_of(self, groups: tuple[Workers, ...]) -> tuple[Worker, ...]:
        """The workers that a clause means; no group named means all."""
        if not groups:
            return self.workers
        kinds = {kind for group in groups for kind in _GROUPS[group]}
        return tuple(worker for worker in self.workers if worker.person.employment in kinds)

    @cached_property
    def trainings(self) -> tuple[Training, ...]:
        """The sessions that cover the contract, by the day on which they were held."""
        held = (t for t in self.facts.all(Training) if self.contract.id in t.contract_ids)
        return tuple(sorted(held, key=lambda t: (t.held_on, t.id)))

    @cached_property
    def attended(self) -> Mapping[int, tuple[tuple[date, Training], ...]]:
        """Person → the days and sessions attended until the day, by day."""
        found: dict[int, list[tuple[date, Training]]] = {}
        for training in self.trainings:
            for row in training.attendance:
                day = training.held_on if row.outcome == Outcome.ATTENDED else row.made_up_on
                if day is not None and day <= self.day and row.outcome != Outcome.ABSENT:
                    found.setdefault(row.person, []).append((day, training))
        return {person: tuple(sorted(held, key=_by_day)) for person, held in found.items()}

    @cached_property
    def missed(self) -> Mapping[int, Training]:
        """Person → the last session for which the person is listed and which is still to be made up."""
        return {
            row.person: training
            for training in self.trainings
            for row in training.attendance
            if row.outcome == Outcome.ABSENT
        }

    # places and devices

    @cached_property
    def location_uses(self) -> tuple[tuple[LocationUse, Location], ...]:
        """Places in use or to be used."""
        return tuple(
            (use, place)
            for use in self.facts.of(LocationUse, "contract", self.contract.id)
            if self._runs(use.ends_on) and (place := self.facts.find(Location, use.location))
        )

    @cached_property
    def device_uses(self) -> tuple[tuple[DeviceUse, Device], ...]:
        """Devices in use or to be used."""
        return tuple(
            (use, device)
            for use in self.facts.of(DeviceUse, "contract", self.contract.id)
            if self._runs(use.ends_on) and (device := self.facts.find(Device, use.device))
        )

    def _runs(self, ends_on: date | None) -> bool:
        return ends_on is None or ends_on >= self.as_of

    # assets

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """Every asset of the contract with its balance at the end of the day."""
        return balance(self.facts, self.contract.id, self.day)

    @cached_property
    def events(self) -> tuple[tuple[Event, Asset], ...]:
        """What happened to the assets of the contract until the day, in order of time."""
        found = [
            (event, one.asset)
            for one in self.balances
            for event in self.facts.of(Event, "asset", one.asset.id)
            if event.happened_at.date() <= self.day
        ]
        return tuple(sorted(found, key=lambda pair: (pair[0].happened_at, pair[0].id)))

    @cached_property
    def disposals(self) -> tuple[Disposal, ...]:
        """Disposals of the contract until the day, by day."""
        done = (d for d in self.facts.of(Disposal, "contract", self.contract.id) if d.done_on <= self.day)
        return tuple(sorted(done, key=lambda d: (d.done_on, d.id)))

    # information

    def concerns(self, applies_to: AppliesTo) -> bool:
        """Whether the contract handles what a clause speaks of; True where the contract does not say."""
        if applies_to is AppliesTo.ALL or not self.contract.information:
            return True
        return any(covers(applies_to, kind) for kind in self.contract.information)

    # documents

    @cached_property
    def _documents(self) -> Mapping[str, tuple[Submission, ...]]:
        found: dict[str, list[Submission]] = {}
        for submission in self.facts.of(Submission, "contract", self.contract.id):
            found.setdefault(submission.form, []).append(submission)
        return {form: tuple(held) for form, held in found.items()}

    def forms_for(self, kind: str) -> tuple[FormFace, ...]:
        """The forms that discharge a kind of duty, in the order of the table of forms."""
        return tuple(form for form in self.forms.values() if kind in form.kinds)

    def standing(self, form: FormFace) -> tuple[Submission, ...]:
        """Documents of the form that stood on the day, in the order of their submission."""
        return in_order(self._documents.get(form.id, ()), self.day)

    def counting(self, form: FormFace) -> tuple[Submission, ...]:
        """Of these, the ones that no later document has replaced."""
        return last_standing(self._documents.get(form.id, ()), self.day)

    def printed(self, form: FormFace) -> tuple[Submission, ...]:
        """Documents printed and not yet submitted, the newest first."""
        held = (s for s in self._documents.get(form.id, ()) if open_on(s, self.day))
        return tuple(sorted(held, key=lambda s: -s.id))

    def ready(self, form: FormFace, *keys: str, after: int = 0) -> Submission | None:
        """The newest printed document that names one of ``keys`` (none: any) and could be submitted as it is.

        One that no longer fits the ledger is not offered: the client would get what is already wrong.
        """
        for document in self.printed(form):
            named = not keys or any(self.names(document, key) for key in keys)
            if named and document.id > after and not self.drift(form, document).stale:
                return document
        return None

    def statement(self, submission: Submission) -> Statement | None:
        """What the document was printed from; None where it cannot be read."""
        if submission.id not in self._statements:
            self._statements[submission.id] = statement_of(submission)
        return self._statements[submission.id]

    def names(self, submission: Submission, key: str) -> bool:
        """Whether a document states or was made for ``key``."""
        statement = self.statement(submission)
        return statement is not None and (key in statement.stated or key in statement.subjects)

    def drift(self, form: FormFace, submission: Submission) -> Drift:
        """How a document differs from the ledger."""
        if submission.id not in self._drifts:
            self._drifts[submission.id] = drift_of(
                self.facts, self.catalogue, form, self.contract, submission, self.as_of
            )
        return self._drifts[submission.id]

    def proof(self, kind: str, key: str) -> Submission | None:
        """The first document that told the client of ``key``, if the ones that count still do."""
        for form in self.forms_for(kind):
            if any(self.names(document, key) for document in self.counting(form)):
                return next(document for document in self.standing(form) if self.names(document, key))
        return None


def _by_day(pair: tuple[date, Training]) -> tuple[date, int]:
    return pair[0], pair[1].id


def covers(applies_to: AppliesTo, kind: str) -> bool:
    """Whether information of a kind (個人情報, 特定個人情報, 機密情報) is what a clause speaks of.

    A kind in free words (その他) may be anything and counts for every clause.
    """
    if kind.startswith(OTHER):
        return True
    personal = kind in (Information.PERSONAL, Information.SPECIFIC_PERSONAL)
    match applies_to:
        case AppliesTo.PERSONAL:
            return personal
        case AppliesTo.SPECIFIC:
            return kind == Information.SPECIFIC_PERSONAL
        case AppliesTo.NOT_PERSONAL:
            return not personal
        case _:
            return True


def carried_by(media: Iterable[Medium], medium: str) -> bool:
    """Whether an asset on ``medium`` is among the carriers a clause speaks of; none named means all."""
    carrier = Medium.PAPER if medium == assets.Medium.PAPER else Medium.ELECTRONIC
    wanted = tuple(media)
    return not wanted or carrier in wanted


def days_before(start: date, days: int | None) -> date:
    """The last day on which something counts as done beforehand: the day before, or ``days`` before."""
    return start - timedelta(days=days or 1)
