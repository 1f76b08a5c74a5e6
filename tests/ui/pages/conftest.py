"""A contract at work: people, a place, a machine and information, three weeks after its start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.duties.case import Case
from app.exchange.documents.issuing import issue
from app.ledger.door import Ledger
from app.records import (
    Asset,
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Event,
    Location,
    LocationUse,
    Person,
    Submission,
)
from app.records.assignment import AssignmentRole
from app.records.contract import ContractAnnex
from app.records.device import Storage
from app.start import Product
from app.ui.context import Context
from app.ui.operations import Operations
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import Target

START = date(2026, 4, 1)


@dataclass
class Work:
    """What is recorded for the one contract."""

    contract: Contract
    manager: Person
    worker: Person
    location: Location
    use: LocationUse
    device: Device
    asset: Asset


@pytest.fixture
def work(ledger: Ledger, sample: Any) -> Work:
    """The contract of ``sample`` with two workers, a place, a machine and one asset received."""
    with ledger.write() as change:
        both = (ContractAnnex(annex="kimitsu-hoji"), ContractAnnex(annex="kawaguchi"))
        contract = change.change(replace(sample.contract, annexes=both, oath_wording="市の様式の文です。"))
        manager = change.add(Person(name="髙橋 美咲", employment="社員", department="業務部", post="部長"))
        worker = change.add(Person(name="𠮷田 さくら", employment="社員", department="業務部", post="主任"))
        for person, role in ((manager, "業務責任者"), (worker, "従事者")):
            change.add(
                Assignment(
                    person=person.id,
                    contract=contract.id,
                    roles=(AssignmentRole(role=role),),
                    information="氏名、住所",
                    starts_on=START,
                )
            )
        location = change.add(
            Location(
                name="本社 保管庫",
                kind="作業",
                address="みなと北市1-2-3",
                room="3階",
                area="取扱区域",
                lock="電子錠",
                entry_control="ICカード",
                store="施錠保管庫",
            )
        )
        use = change.add(
            LocationUse(location=location.id, contract=contract.id, purpose="入力作業", starts_on=START)
        )
        device = change.add(
            Device(
                kind="PC",
                maker="みほん電機",
                model="M-1",
                serial="S-1",
                os="Windows 11",
                owner="自社",
                storages=(Storage(name="SSD", encryption="全体", tool="BitLocker"),),
                anti_malware="Defender",
            )
        )
        change.add(
            DeviceUse(
                device=device.id,
                contract=contract.id,
                person=worker.id,
                location=location.id,
                starts_on=START,
            )
        )
        asset = change.add(
            Asset(contract=contract.id, item="納税者一覧", classification="個人情報", medium="紙", unit="枚")
        )
        change.add(
            Event(
                asset=asset.id,
                kind="受領",
                status="実績",
                happened_at=datetime(2026, 4, 2, 10, 0),  # noqa: DTZ001  # local time, as the ledger keeps it
                quantity=30,
                from_party="みなと北市 税務課",
                to_party="髙橋 美咲",
                method="手渡し",
                location=location.id,
            )
        )
    return Work(contract, manager, worker, location, use, device, asset)


@pytest.fixture
def others(ledger: Ledger, work: Work) -> tuple[Contract, ...]:
    """Three more contracts of the same client under the same annex, each with the same worker."""
    made = []
    with ledger.write() as change:
        for number in (1, 2, 3):
            contract = replace(
                work.contract,
                id=0,
                revision=0,
                number=f"R8-2{number}",
                title=f"第{number}期の入力業務",
                annexes=(ContractAnnex(annex="kimitsu-hoji"),),
            )
            made.append(change.add(contract))
            change.add(
                Assignment(
                    person=work.worker.id,
                    contract=made[-1].id,
                    roles=(AssignmentRole(role="従事者"),),
                    starts_on=START,
                )
            )
    return tuple(made)


@pytest.fixture
def issued(ledger: Ledger, product: Product, work: Work) -> Callable[..., Submission]:
    """Issues a form for the contract, and hands it in if a day for that is given."""

    def make(form: str, on: date, submitted: date | None = None, only: tuple[str, ...] = ()) -> Submission:
        facts = ledger.facts()
        contract = facts.get(Contract, work.contract.id)
        case = Case(facts, product.catalogue, contract, on, only, forms=product.forms)
        made = issue(ledger, product.forms[form], case)
        return ledger.submit(made, submitted, "持参", "税務課") if submitted else made

    return make


@pytest.fixture
def wanted(context: Context) -> list[Target]:
    """Where the pages asked to go."""
    seen: list[Target] = []
    context.wanted.connect(seen.append)
    return seen


@pytest.fixture
def reckoned(context: Context, qtbot: QtBot, operations: Operations) -> Callable[[], Assessment]:
    """Waits until the newest facts are reckoned for the day that is shown, and the pages show them."""

    def wait() -> Assessment:
        as_of = AsOf.of(context)

        def newest() -> bool:
            made = as_of.latest
            return made is not None and made.facts is context.facts() and not operations.busy

        qtbot.waitUntil(newest, timeout=15_000)
        # What was put into a layout is shown in the turn after.
        QCoreApplication.processEvents()
        assert as_of.latest is not None
        return as_of.latest

    return wait
