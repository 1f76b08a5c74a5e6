"""What a careful vendor records to prove that its duties are done, for the bench of the duty engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count, product

from app.annexes.catalogue import Catalogue
from app.records import (
    AccessReview,
    Approval,
    Attestation,
    BackupRun,
    Check,
    Contract,
    DeviceCheck,
    Oath,
    Record,
    Rule,
    Structure,
    System,
    Training,
    TransferAgreement,
)
from app.records.approval import Basis, Serves
from app.records.check import CheckItem, CheckKind, Measure
from app.records.for_contract import ForContract
from app.records.training import Attendance, Topic, TrainingTopic
from app.records.transfer_agreement import TransferPerson

COPYING, TAKING_OUT = "複写", "持出"
_EACH = 1_000_000
"""Added to the id of an event, the id of the approval that serves it alone."""


def approvals(contract: int, told: date) -> Iterator[Approval]:
    """For all copies and all take-outs of a contract: the client's consent, and its instruction."""
    for offset, (kind, basis) in enumerate(
        product((COPYING, TAKING_OUT), (Basis.APPROVAL, Basis.INSTRUCTION))
    ):
        yield _approval(contract * 4 + offset, contract, kind, basis, Serves.MANY, told)


def each_time(event: int, contract: int, kind: str, asset: int, told: date) -> Iterator[Approval]:
    """The consent to one copy or take-out, for an annex that wants one each time; one in 33 has none."""
    if kind in (COPYING, TAKING_OUT) and asset % 33:
        yield _approval(_EACH + event, contract, kind, Basis.APPROVAL, Serves.ONE, told)


def approval_of(kind: str, contract: int, asset: int, event: int, *, each: bool) -> int | None:
    """The approval that an event names; one in thirty-three names none."""
    if kind not in (COPYING, TAKING_OUT) or asset % 33 == 0:
        return None
    return _EACH + event if each else contract * 4 + 2 * (kind == TAKING_OUT)


def _approval(number: int, contract: int, kind: str, basis: Basis, serves: Serves, told: date) -> Approval:
    return Approval(
        id=number,
        contract=contract,
        number=f"AP-{number:07}",
        kind=kind,
        basis=basis,
        written=True,
        serves=serves,
        purpose="入力のため",
        destination="架空市役所" if kind == TAKING_OUT else "",
        safeguards=("暗号化",) if kind == TAKING_OUT else (),
        applied_on=told,
        granted_on=told,
        granted_by="架空市長",
    )


def of_contract(contract: int, people: list[int], told: date) -> Iterator[Record]:
    """The structure of a contract and how things change hands."""
    for offset, person in enumerate(people[:3]):
        yield Structure(
            id=contract * 3 + offset,
            contract=contract,
            unit="入力課",
            part="実行" if offset else "統括管理",
            person=person,
            reports_to=people[0] if offset else None,
            starts_on=told,
        )
    yield TransferAgreement(
        id=contract,
        contract=contract,
        agreed_on=told,
        persons=(TransferPerson(person=people[0]),),
        client_persons="税務課 田中",
        media="紙",
        methods="手渡し",
    )


def of_group(number: int, contracts: Iterable[int], day: date) -> Iterator[Record]:
    """What five contracts share: a system with its reviews, monthly backups and quarterly checks."""
    yield System(
        id=number,
        name=f"入力システム{number}",
        contracts=tuple(ForContract(contract=one) for one in contracts),
        authentication="ICカードとパスワード",
        access_rights="担当者のみ",
        logged=True,
        log_kept_months=12,
        monitoring="毎日",
    )
    covered = tuple(ForContract(contract=one) for one in contracts)
    checked = tuple(ForContract(contract=one) for one in contracts)
    items = tuple(
        CheckItem(item=f"{measure}安全管理措置", measure=measure, result="適") for measure in Measure
    )
    for month in range(7):
        on = day - timedelta(days=30 * month + 5)
        yield BackupRun(
            id=number * 10 + month, what="入力データ", contracts=covered, done_on=on, encrypted=True
        )
        if month % 3:
            continue
        for offset, kind in enumerate(CheckKind):
            if kind != CheckKind.SUBCONTRACTOR:
                yield Check(
                    id=(number * 10 + month) * 10 + offset,
                    kind=kind,
                    contracts=checked,
                    done_on=on,
                    subject="保管庫と書類",
                    items=items,
                )
        yield AccessReview(
            id=number * 10 + month,
            system=number,
            period_from=on - timedelta(days=90),
            period_to=on,
            reviewed_on=on,
            anomalies=False,
        )


def device_checks(devices: range, day: date) -> Iterator[DeviceCheck]:
    """Every device, looked at this month and the month before."""
    for device in devices:
        for month in range(2):
            yield DeviceCheck(
                id=device * 2 + month,
                device=device,
                checked_on=day - timedelta(days=30 * month + 3),
                patches=True,
                anti_malware=True,
                forbidden=False,
            )


def rules() -> Iterator[Rule]:
    """The vendor's own rules, which hold for every contract."""
    yield Rule(id=1, title="個人情報取扱規程", kind="自社の規程", version="3", starts_on=date(2025, 4, 1))


def attestations(catalogue: Catalogue, contracts: tuple[Contract, ...], day: date) -> Iterator[Attestation]:
    """Two of three clauses of every contract, confirmed within the year."""
    ids = count(1)
    for contract in contracts:
        for row in contract.annexes:
            for number, clause in enumerate(catalogue.annex(row.annex).clauses):
                if number % 3:
                    yield Attestation(
                        id=next(ids),
                        contract=contract.id,
                        annex=row.annex,
                        clause=clause.number,
                        confirmed_on=day - timedelta(days=40),
                        kept=True,
                        how="記録の確認",
                    )


def oaths(people: Mapping[int, list[int]], told: date) -> Iterator[Oath]:
    """One of each person for all their contracts (``people``: contract → workers); a few are unsigned."""
    covered: dict[int, list[int]] = {}
    for contract, workers in people.items():
        for person in workers:
            covered.setdefault(person, []).append(contract)
    for person, contracts in covered.items():
        yield Oath(
            id=person,
            person=person,
            contracts=tuple(ForContract(contract=number) for number in contracts),
            kind="着手時",
            form="誓約書",
            explained_by_company="株式会社架空入力",
            explained_by_title="部長",
            explained_by_name="山田",
            explained_on=told,
            signed_on=None if person % 30 == 0 else told,
        )


def trainings(number: int, people: Mapping[int, list[int]], days: tuple[date, ...]) -> Iterator[Training]:
    """A session on each of ``days`` for some contracts, which all their workers attended."""
    attended = dict.fromkeys(person for workers in people.values() for person in workers)
    for offset, held in enumerate(days):
        yield Training(
            id=number * len(days) + offset,
            title=f"個人情報保護研修{number}",
            held_on=held,
            place="本社",
            lecturer="山田",
            material="教材",
            topics=tuple(TrainingTopic(topic=topic) for topic in Topic),
            contracts=tuple(ForContract(contract=contract) for contract in people),
            attendance=tuple(Attendance(person=person, outcome="出席") for person in attended),
        )
