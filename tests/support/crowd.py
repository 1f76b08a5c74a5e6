"""A sample ledger blown up: many people with long and rare names, places, roles, devices and absentees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.annexes.catalogue import Catalogue
from app.records import (
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Location,
    LocationUse,
    Person,
    Training,
    Vendor,
)
from app.records.assignment import AssignmentRole
from app.records.device import Storage
from app.records.training import Attendance
from tests.support.sample import KIMITSU, Sample

NAMES = (
    "𠮷田　﨑子",
    "髙濵　邉",
    "葛\U000e0100城　辻\U000e0100",
    "\ufa19谷　修",
    "ジョン・スミス＝ドゥ・ラ・クルス",
    "John Alexander Fitzgerald-Montgomery III",
    "ﾔﾏﾀﾞ ﾀﾛｳ",
    "Łukasz Żółć",
    "𣘺本　𡈽田　槗",
    "長" * 30 + "　" + "名" * 29,
)
TITLE = "令和８年度" + "国民健康保険税納税通知書作成及び封入封緘業務委託" * 8 + "長"
ADDRESS = "東京都架空区中央一丁目２番３号　" + "北斗第一中央総合ビルディング" * 7 + "４階"
REASON = "事業所の移転及び作業量の増加に伴う体制の見直しのため、" * 7
_ERAS = (date(1989, 1, 7), date(1989, 1, 8), date(2019, 4, 30), date(2019, 5, 1))


@dataclass(frozen=True)
class Size:
    """How many of each are added."""

    people: int
    roles: int
    places: int
    devices: int
    absent: int


def crowd(catalogue: Catalogue, size: Size) -> Sample:
    """The sample with all of it on one contract."""
    sample = Sample(catalogue)
    sample.change(Contract, KIMITSU, title=TITLE[:200])
    sample.change(Vendor, 1, address=ADDRESS[:120])
    made = [*_people(size), *_places(size), *_devices(size)]
    sample.facts = sample.facts.replaced(made)
    held = sample.facts.get(Training, 1)
    rows = tuple(
        Attendance(
            person=1000 + at,
            outcome="欠席" if at < size.absent else "出席",
            score=None if at < size.absent else at % 101,
        )
        for at in range(size.people)
    )
    sample.change(Training, 1, attendance=(*held.attendance, *rows), hours="13時から14時30分まで")
    lines = sample.facts.get(Disposal, 2).lines
    sample.change(
        Disposal, 2, lines=tuple(replace(lines[0], item=f"項目{at}　{TITLE[:60]}") for at in range(9))
    )
    return sample


def changed(sample: Sample, size: Size, day: date) -> None:
    """Let all that was notified differ on ``day``, for one long reason."""
    for at in range(size.places):
        sample.change(Location, 1000 + at, room=f"別棟{at}階", lock="電子錠", area="管理区域")
        sample.change(LocationUse, 1000 + at, changed_on=day, change_reason=REASON[:200])
    for at in range(0, size.people, 3):
        sample.change(Person, 1000 + at, department="業務部　検査課")
        sample.change(Assignment, 1000 + at, changed_on=day, change_reason=REASON[:200])


def name_of(at: int) -> str:
    """The name of one of the people, each with its own number."""
    return f"{NAMES[-1 - at % len(NAMES)]}{at}"


def _people(size: Size) -> Iterator[Person | Assignment]:
    for at in range(size.people):
        start = _ERAS[at % 4] if at % 3 else date(2026, 4, 1)
        yield Person(
            id=1000 + at,
            name=name_of(at),
            kana=f"カナ{at}",
            employee_number=f"X-{at}",
            department=f"業務部　第{at}課",
            post="主任",
            employment="社員",
        )
        role = AssignmentRole(role="授受担当者" if at < size.roles else "従事者")
        yield Assignment(
            id=1000 + at,
            person=1000 + at,
            contract=KIMITSU,
            roles=(role,),
            work="封入封緘、宛名の印字及び検査",
            information="氏名、住所、納付額",
            starts_on=start,
            ends_on=date(2026, 12, 31) + timedelta(days=at) if at % 5 == 0 else None,
        )


def _places(size: Size) -> Iterator[Location | LocationUse]:
    for at in range(size.places):
        yield Location(
            id=1000 + at,
            name=f"第{at}作業室",
            kind="作業",
            address=ADDRESS[:120],
            country="日本",
            room=f"本棟{at}階",
            area="取扱区域",
            lock="シリンダー錠",
            entry_control="ICカード",
            store="金庫",
        )
        yield LocationUse(
            id=1000 + at,
            location=1000 + at,
            contract=KIMITSU,
            purpose=f"作業{at}",
            starts_on=date(2026, 4, 1),
        )


def _devices(size: Size) -> Iterator[Device | DeviceUse]:
    maker = "富士通クライアントコンピューティング株式会社"
    storage = Storage(name="内蔵SSD", encryption="全体", tool="BitLocker", method="XTS-AES 256bit")
    for at in range(size.devices):
        yield Device(
            id=1000 + at,
            control_number=f"ZZ-{at:05}",
            kind="PC",
            maker=maker,
            model=f"FMV LIFEBOOK U93{at}",
            serial=f"R{at:08}",
            os="Windows 11 Pro 24H2",
            capacity="512GB",
            storages=(storage,),
            anti_malware="Microsoft Defender",
            owner="自社",
        )
        yield DeviceUse(
            id=1000 + at,
            device=1000 + at,
            contract=KIMITSU,
            person=at % 8 + 1,
            location=1,
            status="実績",
            starts_on=date(2026, 4, 1),
        )
