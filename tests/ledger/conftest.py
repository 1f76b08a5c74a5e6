"""A ledger to try things on: cheap to unlock, with one record of every type on request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app.ledger.access.creation import create_file
from app.ledger.content.calendar import Entry
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.records import (
    SPECS,
    Asset,
    Assignment,
    Attachment,
    Attestation,
    BreachHandling,
    Client,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Field,
    ImportRun,
    Location,
    LocationUse,
    Oath,
    Person,
    ReadingExample,
    Record,
    SavedList,
    Statement,
    Training,
    Vendor,
    fields_of,
)
from app.records.assignment import AssignmentRole
from app.records.contract import ContractAnnex, ContractParameter
from app.records.dated import with_former
from app.records.device import Storage
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.import_run import ImportAnswer, ImportColumn
from app.records.kinds import Choice, Day, Flag, Many, Moment, Number, Ref, Rows
from app.records.person import FormerName
from app.records.saved_list import ListCondition
from app.records.training import Attendance, TrainingTopic
from tests.support.ledgers import Original

PASSPHRASE = "とても長い合言葉です"
CHEAP = Cost(memory=64, passes=1, lanes=1)
JAPAN = timezone(timedelta(hours=9))
PDF = b"%PDF-1.7 drawn"
SCAN = b"scanned receipt"


@dataclass
class Clock:
    """Time that moves only when told, in steps of a second per look."""

    now: datetime = field(default=datetime(2026, 4, 1, 9, 0, tzinfo=JAPAN))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def cheap() -> Cost:
    return CHEAP


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Callable[..., tuple[Ledger, str]]:
    """Make a new ledger under a name in the test's own folder; return it with its recovery code."""

    def made(name: str = "台帳.jutaku", **kwargs: Any) -> tuple[Ledger, str]:
        return Ledger.create(
            tmp_path / name,
            kwargs.pop("passphrase", PASSPHRASE),
            "担当 花子",
            cost=CHEAP,
            clock=clock,
            **kwargs,
        )

    return made


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Original, datetime]:
    """A ledger as it is when it was just made by ``make``, and what time it is then."""
    clock = Clock()
    path = tmp_path_factory.mktemp("blank") / "台帳.jutaku"
    key = create_file(path, PASSPHRASE, "担当 花子", CHEAP, clock)
    return Original(path, key), clock.now


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock, blank: tuple[Original, datetime]) -> Iterator[Ledger]:
    """As ``make`` makes it, but for an id and a key that all tests share."""
    original, clock.now = blank
    path = tmp_path / "台帳.jutaku"
    made = Ledger.open(path, original.copy_to(path), clock=clock)
    yield made
    made.close()


R = TypeVar("R", bound=Record)


def moved(record: R, **before: Any) -> R:
    """``record``, with what it said before the day on which the year began."""
    return with_former(replace(record, **before), record, date(2026, 4, 1))


def fill(ledger: Ledger) -> None:
    """Enter one record of every type, nested rows and files included, and issue two documents."""
    day = date(2026, 4, 1)
    ledger.renew_calendar(lambda _held: [Entry("uid", day, "期限", "説明", 1)])
    vendor = Vendor(
        name="株式会社見本𠮷",
        address="千葉県君津市久保2-13-1",
        representative_title="代表取締役",
        representative_name="髙橋 一郎",
        seal=hashlib.sha256(b"seal").hexdigest(),
    )
    ledger.add(
        moved(vendor, address="千葉県君津市久保2-13-0"),
        {hashlib.sha256(b"seal").hexdigest(): b"seal"},
    )
    client = ledger.add(moved(Client(name="見本市", addressee="見本市長"), addressee="見本町長"))
    contract = ledger.add(
        moved(
            Contract(
                client=client.id,
                number="第12号",
                title="納税通知書作成業務",
                signed_on=day,
                starts_on=day,
                ends_on=date(2027, 3, 31),
                annexes=(ContractAnnex(annex="kimitsu-hoji", options=("電磁的記録媒体",)),),
                parameters=(ContractParameter(annex="kimitsu-hoji", clause="第6条", name="days", value="7"),),
            ),
            items="旧い情報項目",
        )
    )
    person = ledger.add(
        moved(
            Person(
                name="髙﨑 葛󠄀子",
                kana="タカサキ カツコ",
                employment="社員",
                joined_on=day,
                former_names=(FormerName(name="山﨑 葛󠄀子", kana="ヤマサキ カツコ", until=day),),
            ),
            department="旧所属",
        )
    )
    ledger.add(
        Assignment(
            person=person.id, contract=contract.id, roles=(AssignmentRole(role="従事者"),), starts_on=day
        )
    )
    ledger.add(
        Oath(
            kind="着手時",
            form="誓約書",
            person=person.id,
            contracts=(ForContract(contract=contract.id),),
            explained_on=day,
        )
    )
    ledger.add(
        Training(
            title="着手前研修",
            held_on=day,
            topics=(TrainingTopic(topic="遵守事項"), TrainingTopic(topic="罰則")),
            contracts=(ForContract(contract=contract.id),),
            attendance=(Attendance(person=person.id, outcome="出席", score=90),),
        )
    )
    location = ledger.add(
        moved(Location(name="本社2階", kind="作業", address="千葉県君津市久保2-13-1", room="2階"), room="1階")
    )
    ledger.add(LocationUse(location=location.id, contract=contract.id, purpose="印刷", starts_on=day))
    device = ledger.add(
        moved(
            Device(
                kind="PC",
                owner="自社",
                storages=(Storage(name="内蔵SSD", encryption="全体", tool="BitLocker"),),
            ),
            os="Windows 10",
        )
    )
    ledger.add(DeviceUse(device=device.id, contract=contract.id, person=person.id, starts_on=day))
    asset = ledger.add(
        Asset(
            contract=contract.id,
            item="納税者氏名",
            classification="個人情報",
            medium="紙",
            unit="枚",
            persons=120,
        )
    )
    received = ledger.add(
        Event(
            asset=asset.id,
            kind="受領",
            status="実績",
            happened_at=datetime(2026, 4, 2, 10, 30),  # noqa: DTZ001  # naive local time is what the record holds
            quantity=3,
        )
    )
    ledger.add(
        Disposal(
            contract=contract.id,
            status="実績",
            done_on=date(2026, 5, 1),
            method="裁断",
            responsible=person.id,
            lines=(
                DisposalLine(
                    asset=asset.id, item="納税者氏名", medium="紙", quantity=1, unit="枚", result="完了"
                ),
            ),
        )
    )
    ledger.add(
        Attachment(
            record_kind="event",
            record_id=received.id,
            title="受領書",
            kind="受領書",
            file_name="受領書.pdf",
            data=hashlib.sha256(SCAN).hexdigest(),
        ),
        {hashlib.sha256(SCAN).hexdigest(): SCAN},
    )
    ledger.add(
        BreachHandling(
            contract=contract.id,
            annex="kimitsu-hoji",
            clause="第6条",
            record_kind="event",
            record_id=received.id,
            since=day,
            what="受領の記録が期限の後になった",
            handled="発注者へ報告した",
            handled_on=date(2026, 5, 1),
            told_by=person.id,
            client_person="総務課",
        )
    )
    ledger.add(
        Attestation(contract=contract.id, annex="kimitsu-hoji", clause="第2条", confirmed_on=day, kept=True)
    )
    conditions = (ListCondition(field="employment", value="派遣"),)
    ledger.add(SavedList(record_kind="person", name="派遣の者", words="", conditions=conditions))
    ledger.add(
        ImportRun(
            record_kind="device",
            file_name="PC台帳.xlsx",
            sheet="PC",
            digest="0" * 64,
            new=2,
            columns=(
                ImportColumn(title="資産番号", field="control_number"),
                ImportColumn(title="備考", erases=True),
            ),
            answers=(ImportAnswer(title="種別", shown="箱型", value="PC"),),
        )
    )
    ledger.add(
        ReadingExample(
            name="秘密保持",
            source="町の特記事項",
            text="乙は、知ったことを話してはならない。",
            client="甲",
            vendor="乙",
            asks='kinds = ["secrecy"]\nwhen = ["standing"]',
            mark="0" * 64,
            sketch="-" * 128,
        )
    )
    _fill_the_rest(ledger)
    first = issue(ledger, statement(contract.id))
    ledger.submit(first, date(2026, 4, 3), "持参")
    issue(ledger, statement(contract.id), PDF + b"2")


def _fill_the_rest(ledger: Ledger) -> None:
    """Enter a plain record of every type that has none yet, with one nested row in each of its tables."""
    for spec in SPECS.values():
        if spec.by_hand and not ledger.facts().all(spec.cls):
            ledger.add(_plain(ledger, spec.cls))


def _plain(ledger: Ledger, cls: type[Any]) -> Any:
    return cls(
        **{f.name: _value(ledger, f) for f in fields_of(cls) if f.required or isinstance(f.kind, Rows)}
    )


def _value(ledger: Ledger, field: Field) -> Any:
    match field.kind:
        case Rows(of=row):
            return (_plain(ledger, row),)
        case Ref(to=kind):
            return ledger.facts().all(SPECS[kind].cls)[0].id
        case Choice(choices=choices):
            return choices[0]
        case Many(choices=choices):
            return choices[:1]
        case Day():
            return date(2026, 4, 1)
        case Moment():
            return datetime(2026, 4, 2, 10, 30)  # noqa: DTZ001  # naive local time is what the record holds
        case Flag():
            return True
        case Number(least=least):
            return least
        case _:
            return "見本"


def statement(contract: int, on: date = date(2026, 4, 2)) -> Statement:
    return Statement(form="location-notice", contract=contract, on=on, facts={"宛名": "見本市長"})


def issue(ledger: Ledger, what: Statement, pdf: bytes = PDF) -> Any:
    return ledger.issue(ledger.reserve(what), "作業場所届出書", pdf)


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with one record of every type and two documents."""
    fill(ledger)
    return ledger


@pytest.fixture
def issued() -> Callable[..., Any]:
    """Issue a document for a statement."""
    return issue


@pytest.fixture
def stated() -> Callable[..., Statement]:
    """A statement for a contract id."""
    return statement


@pytest.fixture
def filled() -> Callable[[Ledger], None]:
    """Fill any ledger as ``full`` is."""
    return fill
