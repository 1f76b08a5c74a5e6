"""A small ledger built by hand: records with believable defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from app.annexes.annex import Annex, Part
from app.annexes.asks import Asks
from app.annexes.catalogue import Catalogue
from app.annexes.clause import Clause
from app.duties.case import Case, FormFace
from app.duties.duty import Duty
from app.duties.engine import duties
from app.duties.rules.over_records import Problem, problems
from app.records import (
    AccessReview,
    Approval,
    Asset,
    Assignment,
    Attestation,
    Audit,
    BackupRun,
    BreachHandling,
    Check,
    Client,
    Contract,
    Device,
    DeviceCheck,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Improvement,
    Incident,
    Instruction,
    Location,
    LocationUse,
    Oath,
    Person,
    Record,
    Request,
    Rule,
    Structure,
    Subcontract,
    Subcontractor,
    Submission,
    System,
    Training,
    TransferAgreement,
)
from app.records.amounts import Amount
from app.records.approval import ApprovalSubject
from app.records.assignment import AssignmentRole
from app.records.audit import Finding
from app.records.check import CheckPerson
from app.records.contract import ContractAnnex
from app.records.days import DayOnly, When
from app.records.device import Storage
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.incident import IncidentNotice, Stage
from app.records.subcontract import SubcontractDuty
from app.records.training import Attendance, TrainingTopic
from app.records.transfer_agreement import TransferPerson
from tests.support.papers import FORMS

R = TypeVar("R", bound=Record)

START = date(2026, 4, 1)
END = date(2027, 3, 31)
EVE = START - timedelta(days=1)
BEFORE = date(2026, 3, 20)
DURING = date(2026, 6, 1)
AFTER = END + timedelta(days=10)


def moment(day: date, hour: int | None) -> When:
    """``day`` at the full hour; None: at an hour that nobody knows."""
    return DayOnly(day) if hour is None else datetime.combine(day, time(hour))


def names_a_field(problem: Problem) -> bool:
    """Whether the sentence has a place in the window: a field, or a cell of a nested row that there is."""
    name, _, rest = problem.path.partition(".")
    field = next((f for f in problem.record.spec.fields if f.name == name), None)
    if field is None or not rest:
        return field is not None
    number, _, inner = rest.partition(".")
    rows = getattr(problem.record, name)
    return 0 < int(number) <= len(rows) and hasattr(rows[int(number) - 1], inner)


class World:
    """Collects records; ids count up over all types, so that no id fits two of them by chance."""

    def __init__(self, catalogue: Catalogue, forms: Mapping[str, FormFace] = FORMS) -> None:
        self.forms = forms
        self._shipped = catalogue
        self._records: dict[int, Record | None] = {}
        """None for what was removed: its id stays used."""
        self._clauses: list[Clause] = []
        self.in_force_from: date | None = None
        client = self.add(Client(name="架空市", addressee="架空市長"))
        self.contract = self.add(
            Contract(
                client=client.id,
                number="R8-001",
                title="架空業務",
                signed_on=date(2026, 3, 1),
                starts_on=START,
                ends_on=END,
                annexes=(ContractAnnex(annex="own"),),
            )
        )

    def add(self, record: R) -> R:
        made = replace(record, id=len(self._records) + 1, revision=1)
        self._records[made.id] = made
        return made

    def change(self, record: R, **values: Any) -> R:
        made = replace(record, **values)
        self._records[made.id] = made
        if isinstance(made, Contract) and made.id == self.contract.id:
            self.contract = made
        return made

    def remove(self, record: Record) -> None:
        self._records[record.id] = None

    def under(self, *annexes: str, options: tuple[str, ...] = (), **values: Any) -> None:
        """Put the contract under these annexes of the product."""
        rows = tuple(ContractAnnex(annex=key, options=options) for key in annexes)
        self.change(self.contract, annexes=rows, **values)

    # people

    def person(self, name: str = "佐藤花子", **values: Any) -> Person:
        number = f"E-{len(self._records):03}"
        values.setdefault("employment", "社員")
        return self.add(Person(name=name, employee_number=number, **values))

    def worker(
        self,
        name: str = "佐藤花子",
        *roles: str,
        starts: date = START,
        ends: date | None = None,
        **values: Any,
    ) -> Person:
        person = self.person(name, **values)
        self.assign(person, *roles, starts=starts, ends=ends)
        return person

    def assign(
        self, person: Person, *roles: str, starts: date = START, ends: date | None = None
    ) -> Assignment:
        rows = tuple(AssignmentRole(role=role) for role in roles or ("従事者",))
        return self.add(
            Assignment(
                person=person.id, contract=self.contract.id, roles=rows, starts_on=starts, ends_on=ends
            )
        )

    def oath(self, person: Person, signed: date | None = BEFORE, **values: Any) -> Oath:
        contracts = (ForContract(contract=self.contract.id),)
        given = {"kind": "着手時", "form": "誓約書", **values}
        return self.add(Oath(person=person.id, contracts=contracts, signed_on=signed, **given))

    def training(
        self,
        *people: Person,
        held: date = BEFORE,
        topics: Iterable[str] = ("遵守事項", "罰則"),
        **values: Any,
    ) -> Training:
        return self.add(
            Training(
                title="研修",
                held_on=held,
                topics=tuple(TrainingTopic(topic=topic) for topic in topics),
                contracts=(ForContract(contract=self.contract.id),),
                attendance=tuple(Attendance(person=person.id, outcome="出席") for person in people),
                **values,
            )
        )

    # places and devices

    def place(self, name: str = "本社", **values: Any) -> Location:
        given = {
            "kind": "作業",
            "address": "架空市1-1",
            "room": "3階",
            "country": "日本",
            "lock": "電子錠",
            **values,
        }
        return self.add(Location(name=name, **given))

    def use(self, place: Location, starts: date = START, ends: date | None = None) -> LocationUse:
        return self.add(
            LocationUse(
                location=place.id,
                contract=self.contract.id,
                purpose="入力作業",
                starts_on=starts,
                ends_on=ends,
            )
        )

    def device(self, encryption: str | None = "全体", **values: Any) -> Device:
        rows = (Storage(name="内蔵SSD", encryption=encryption),) if encryption else ()
        number = f"PC-{len(self._records):03}"
        given = {"control_number": number, "kind": "PC", "owner": "自社", "storages": rows, **values}
        return self.add(Device(**given))

    def device_use(self, device: Device, starts: date = START, **values: Any) -> DeviceUse:
        given = {"contract": self.contract.id, **values}
        return self.add(DeviceUse(device=device.id, starts_on=starts, **given))

    # assets

    def asset(self, **values: Any) -> Asset:
        number = f"A-{len(self._records):04}"
        given = {"item": "申請書", "classification": "個人情報", "medium": "紙", "unit": "枚", **values}
        return self.add(Asset(contract=self.contract.id, number=number, **given))

    def event(self, asset: Asset, kind: str, quantity: Amount = 1, day: date = START, **values: Any) -> Event:
        at = moment(day, values.pop("hour", 10))
        if kind == "持出":
            values.setdefault("destination", "架空市役所")
        values.setdefault("status", "実績")
        return self.add(Event(asset=asset.id, kind=kind, happened_at=at, quantity=quantity, **values))

    def received(self, quantity: int = 1, **values: Any) -> Asset:
        asset = self.asset(**values)
        self.event(asset, "受領", quantity, from_party="架空市", to_party="当社", method="手渡し")
        return asset

    def disposal(
        self, *assets: Asset, method: str = "裁断", done: date = DURING, result: str = "完了", **values: Any
    ) -> Disposal:
        known = (one for one in self._records.values() if isinstance(one, Person))
        person = next(known, None) or self.person("高橋次郎")
        lines = tuple(
            DisposalLine(
                asset=one.id,
                item=one.item,
                medium=one.medium,
                quantity=values.get("quantity", 1),
                unit=one.unit,
                result=result,
                followed="再実施" if result == "不良" else "",
            )
            for one in assets
        )
        values.pop("quantity", None)
        values.setdefault("status", "実績")
        if values["status"] == "実績" and method not in ("裁断", "溶解", "焼却", "物理的破壊"):
            values.setdefault("outcome", "合格")
        return self.add(
            Disposal(
                contract=self.contract.id,
                done_on=done,
                method=method,
                lines=lines,
                responsible=person.id,
                **values,
            )
        )

    # what the client asks, and what went wrong

    def instruction(self, kind: str, received: date = DURING, **values: Any) -> Instruction:
        given = {"what": "求められた内容", **values}
        return self.add(Instruction(contract=self.contract.id, kind=kind, received_on=received, **given))

    def incident(self, *kinds: str, found: date = DURING, **values: Any) -> Incident:
        return self.add(
            Incident(
                contract=self.contract.id,
                number=f"I-{len(self._records):03}",
                kinds=kinds or ("漏えい",),
                found_at=datetime.combine(found, time(10)),
                **values,
            )
        )

    def tell(self, incident: Incident, stage: str, on: date, hour: int | None = 11) -> Incident:
        """Report an incident to the client, by the way that its stage says."""
        how = "電話" if stage == Stage.FIRST else "持参"
        row = IncidentNotice(stage=stage, notified_at=moment(on, hour), how=how)
        current = self._records[incident.id]
        assert isinstance(current, Incident)
        return self.change(current, notices=(*current.notices, row))

    def request(self, received: date = DURING, **values: Any) -> Request:
        given = {"requester": "本人", "kind": "開示", **values}
        return self.add(Request(contract=self.contract.id, received_on=received, **given))

    def audit(self, kind: str = "実地調査", findings: Iterable[Finding] = (), **values: Any) -> Audit:
        number = f"AU-{len(self._records):03}"
        return self.add(
            Audit(contract=self.contract.id, number=number, kind=kind, findings=tuple(findings), **values)
        )

    def improvement(self, found: date = DURING, **values: Any) -> Improvement:
        given = {"contract": self.contract.id, "source": "発注者の求め", "finding": "施錠の徹底", **values}
        return self.add(Improvement(found_on=found, **given))

    def handle(
        self, about: Record, since: date | None, clause: Clause | None = None, **values: Any
    ) -> BreachHandling:
        """Record how a breach was handled: reported in writing on the day the clause (the first) wants."""
        meant = clause or self._clauses[0]
        given = {
            "annex": meant.annex,
            "clause": meant.number,
            "what": "期限の後に行った",
            "handled": "発注者へ報告した",
            "handled_on": DURING,
            "client_person": "総務課 高橋",
            "written": True,
            **values,
        }
        return self.add(
            BreachHandling(
                contract=self.contract.id,
                record_kind=about.spec.name,
                record_id=about.id,
                since=since,
                **given,
            )
        )

    # what the client allowed, and what is delegated

    def approval(
        self, kind: str, *things: Asset | Device, granted: date | None = BEFORE, **values: Any
    ) -> Approval:
        """An approval for these things (none: for whatever the contract holds), in writing."""
        rows = tuple(
            ApprovalSubject(asset=one.id) if isinstance(one, Asset) else ApprovalSubject(device=one.id)
            for one in things
        )
        number = f"AP-{len(self._records):03}"
        given = {"basis": "承諾", "written": True, "serves": "期間中繰返し", "subjects": rows, **values}
        return self.add(
            Approval(contract=self.contract.id, number=number, kind=kind, granted_on=granted, **given)
        )

    def subcontractor(self, name: str = "架空データ株式会社", **values: Any) -> Subcontractor:
        return self.add(Subcontractor(name=name, **values))

    def delegate(
        self,
        to: Subcontractor,
        *duties: str,
        starts: date = START,
        agreed: date | None = BEFORE,
        **values: Any,
    ) -> Subcontract:
        rows = tuple(SubcontractDuty(duty=duty) for duty in duties)
        given = {"work": "入力作業", **values}
        return self.add(
            Subcontract(
                subcontractor=to.id,
                contract=self.contract.id,
                starts_on=starts,
                agreed_on=agreed,
                duties=rows,
                **given,
            )
        )

    # what is done again and again, and what only a person can say

    def attest(self, clause: str = "第1条", on: date = BEFORE, **values: Any) -> Attestation:
        """Confirm a clause of the annex of its own; the first one asked about is 第1条."""
        given = {"annex": "own", "kept": True, **values}
        return self.add(Attestation(contract=self.contract.id, clause=clause, confirmed_on=on, **given))

    def check(self, kind: str, *people: Person, on: date = BEFORE, **values: Any) -> Check:
        contracts = (ForContract(contract=self.contract.id),)
        rows = tuple(CheckPerson(person=person.id) for person in people)
        return self.add(Check(kind=kind, contracts=contracts, done_on=on, persons=rows, **values))

    def rule(self, title: str = "個人情報保護規程", kind: str = "自社の規程", **values: Any) -> Rule:
        given = {"version": "第2版", "starts_on": BEFORE, **values}
        return self.add(Rule(title=title, kind=kind, **given))

    def structure(self, person: Person, part: str = "統括管理", **values: Any) -> Structure:
        given = {"unit": "総務部", "starts_on": START, **values}
        return self.add(Structure(contract=self.contract.id, person=person.id, part=part, **given))

    def agreement(self, person: Person, agreed: date = BEFORE, **values: Any) -> TransferAgreement:
        given = {
            "client_persons": "総務課 高橋",
            "media": "紙",
            "methods": "手渡し",
            "record_kept": "授受票",
            "persons": (TransferPerson(person=person.id),),
            **values,
        }
        return self.add(TransferAgreement(contract=self.contract.id, agreed_on=agreed, **given))

    def system(self, name: str = "申請管理", **values: Any) -> System:
        contracts = (ForContract(contract=self.contract.id),)
        return self.add(System(name=name, contracts=contracts, **values))

    def review(self, system: System, on: date = DURING, **values: Any) -> AccessReview:
        given = {"period_from": START, "period_to": on, "anomalies": False, **values}
        return self.add(AccessReview(system=system.id, reviewed_on=on, **given))

    def device_check(self, device: Device, on: date = DURING, **values: Any) -> DeviceCheck:
        given = {"patches": True, "anti_malware": True, "forbidden": False, **values}
        return self.add(DeviceCheck(device=device.id, checked_on=on, **given))

    def backup(self, on: date = DURING, **values: Any) -> BackupRun:
        contracts = (ForContract(contract=self.contract.id),)
        given = {"what": "申請データ", "encrypted": True, **values}
        return self.add(BackupRun(contracts=contracts, done_on=on, **given))

    # documents

    def issue(
        self,
        form: str,
        on: date = BEFORE,
        submitted: date | None = BEFORE,
        only: tuple[str, ...] = (),
        **values: Any,
    ) -> Submission:
        """Print a form from what is recorded now, and submit it unless ``submitted`` is None."""
        facts = self.facts()
        case = Case(facts, self.catalogue, self.contract, on, only=only, forms=self.forms)
        statement = self.forms[form].gather(case)
        return self.add(
            Submission(
                number=f"2026-{len(self._records):04}",
                form=form,
                title=self.forms[form].title,
                contract=self.contract.id,
                issued_on=on,
                submitted_on=submitted,
                how="持参" if submitted else "",
                pdf="0" * 64,
                statement=statement.canonical(),
                code="0" * 20,
                head="0" * 64,
                head_sequence=1,
                **values,
            )
        )

    # asking

    def facts(self) -> Facts:
        return Facts(record for record in self._records.values() if record is not None)

    @property
    def catalogue(self) -> Catalogue:
        """The annexes of the product, and one of its own with the clauses asked about."""
        part = Part(key="", title="試験の特記事項", words=MappingProxyType({"client": "甲", "vendor": "乙"}))
        own = Annex(
            key="own",
            title="試験の特記事項",
            version=1,
            source="試験",
            parts=(part,),
            options=(),
            clauses=tuple(self._clauses),
            in_force_from=self.in_force_from,
        )
        return Catalogue((*self._shipped.annexes, own))

    def clause(
        self, kind: str, *when: str, options: tuple[str, ...] = (), also: tuple[str, ...] = (), **asks: Any
    ) -> Clause:
        """Add a clause of one kind (and kinds ``also``) to the annex of its own."""
        made = Clause(
            annex="own",
            key=f"c{len(self._clauses) + 1}",
            number=f"第{len(self._clauses) + 1}条",
            heading="見出し",
            summary="要約",
            kinds=(kind, *also),
            when=when or ("standing",),
            options=options,
            asked=MappingProxyType({name: Asks(**asks) for name in (kind, *also)}),
        )
        self._clauses.append(made)
        return made

    def clause_called(self, heading: str, kind: str, *when: str, **asks: Any) -> Clause:
        """As ``clause``, under a heading of its own, whose words may choose its document."""
        made = replace(self.clause(kind, *when, **asks), heading=heading)
        self._clauses[-1] = made
        return made

    def duties(self, day: date) -> tuple[Duty, ...]:
        return duties(self.facts(), self.catalogue, self.forms, day, self.contract.id)

    def duty(self, day: date, kind: str, *when: str, **asks: Any) -> Duty:
        """The duty of a clause of this kind, made for the purpose, on ``day``."""
        clause = self.clause(kind, *when, **asks)
        return next(
            d for d in self.duties(day) if d.clause.key == clause.key and d.annex == "own" and d.kind == kind
        )

    def under_clause(self, day: date, number: str, kind: str) -> Duty:
        """The duty of a clause of the product's annexes."""
        return next(d for d in self.duties(day) if d.clause.number == number and d.kind == kind)

    def problems(self, *changed: Record) -> tuple[Problem, ...]:
        """What the rules say of these records, as they stand in this world; each at a field that there is."""
        found = problems(self.catalogue, self.facts(), changed)
        for problem in found:
            assert problem.record in changed, problem
            assert names_a_field(problem), problem
        return found
