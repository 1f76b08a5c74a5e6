"""A believable ledger for the forms: two contracts, eight people, three places, devices and assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from app.annexes.catalogue import Catalogue
from app.duties.case import Case
from app.records import (
    Asset,
    Assignment,
    Client,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Location,
    LocationUse,
    Oath,
    Person,
    Record,
    Statement,
    Submission,
    Training,
    Vendor,
)
from app.records.assignment import AssignmentRole
from app.records.contract import ContractAnnex
from app.records.device import Storage
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.training import Attendance, TrainingTopic
from forms import all_forms

R = TypeVar("R", bound=Record)

KIMITSU, KAWAGUCHI = 1, 2
"""The ids of the two contracts, called by their annex."""
DAY = date(2026, 6, 1)
LATER = date(2026, 8, 20)


class Sample:
    """Facts that can be changed a little for each test; nothing in it is shared between tests."""

    def __init__(self, catalogue: Catalogue, records: Iterable[Record] | None = None) -> None:
        self.catalogue = catalogue
        self.facts = Facts(_records() if records is None else records)

    def case(self, contract: int = KIMITSU, day: date = DAY, **more: Any) -> Case:
        """The case of a contract on a day."""
        held = self.facts.get(Contract, contract)
        return Case(self.facts, self.catalogue, held, day, forms=all_forms(), **more)

    def change(self, cls: type[R], number: int, **fields: Any) -> R:
        """Write a record anew with other values in some fields."""
        changed = replace(self.facts.get(cls, number), **fields)
        self.facts = self.facts.replaced([changed])
        return changed

    def add(self, record: R) -> R:
        """Write a new record under the next id of its type."""
        held = replace(record, id=max((r.id for r in self.facts.all(type(record))), default=0) + 1)
        self.facts = self.facts.replaced([held])
        return held

    def drop(self, cls: type[Record], *numbers: int) -> None:
        """Take records out of the facts; without numbers, all of their type."""
        chosen = numbers or tuple(record.id for record in self.facts.all(cls))
        self.facts = self.facts.replaced((), [(cls, number) for number in chosen])

    def moved(self, day: date = LATER) -> None:
        """Let something happen that each notice of a change has to tell: a room and a department change."""
        self.change(Location, 1, room="北斗ビル５階")
        self.change(LocationUse, 1, changed_on=day, change_reason="階の移転")
        self.change(Person, 4, department="業務部　検査課")
        self.change(Assignment, 41, changed_on=day, change_reason="人事異動のため")

    def submitted(self, statement: Statement, **fields: Any) -> Submission:
        """File a statement as a document that was submitted on the day after it was printed."""
        held: dict[str, Any] = {"submitted_on": statement.on, "how": "持参", **fields}
        number = len(self.facts.all(Submission)) + 1
        return self.add(
            Submission(
                number=f"2026-{number:04}",
                form=statement.form,
                title=statement.form,
                contract=statement.contract,
                issued_on=statement.on,
                pdf="0" * 64,
                statement=statement.canonical(),
                code="0" * 20,
                head="0" * 64,
                head_sequence=number,
                **held,
            )
        )


def _records() -> Iterator[Record]:
    yield from _parties()
    yield from _people()
    yield from _places()
    yield from _devices()
    yield from _assets()
    yield from _disposals()


def _parties() -> Iterator[Record]:
    yield Vendor(
        id=1,
        name="株式会社𠮷野データサービス",
        kana="カブシキガイシャヨシノデータサービス",
        postal_code="150-0001",
        address="東京都架空区中央一丁目２番３号　北斗ビル４階",
        representative_title="代表取締役",
        representative_name="渡邊　齋一郎",
        contact_person="髙橋　花子",
        department="管理部　情報管理課",
        telephone="03-0000-1234",
        email="kanri@example.jp",
    )
    yield Client(id=1, name="みなと北市", addressee="みなと北市長", department="保険年金課")
    yield Client(
        id=2, name="緑川市", addressee="緑川市長　葛\U000e0100城　徹", honorific="殿", department="企画課"
    )
    yield Contract(
        id=KIMITSU,
        client=1,
        number="MK-1024",
        title="令和８年度国民健康保険税納税通知書作成及び封入封緘業務委託",
        signed_on=date(2026, 3, 16),
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        annexes=(ContractAnnex(annex="kimitsu-hoji"),),
        information=("個人情報", "機密情報"),
    )
    yield Contract(
        id=KAWAGUCHI,
        client=2,
        number="第2026-0058号",
        title="市民意向調査票入力業務委託",
        signed_on=date(2026, 4, 20),
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 12, 25),
        annexes=(ContractAnnex(annex="kawaguchi"),),
        information=("個人情報",),
        oath_wording="　私は、市の様式の文を読みました。\n　書かれたことを守ると誓います。",
    )


_STAFF = (
    ("𠮷田　一郎", "業務部", "部長", "社員"),
    ("髙橋　花子", "管理部　情報管理課", "課長", "社員"),
    ("渡邉　由美子", "業務部　入力課", "主任", "社員"),
    ("葛\U000e0100城　健", "業務部　入力課", "", "社員"),
    ("佐藤　美咲", "業務部　印刷課", "", "パート"),
    ("𣘺本　誠", "業務部　印刷課", "", "社員"),
    ("栁田　徳次郎", "業務部　入力課", "", "派遣"),
    ("高木　ひかり", "業務部　入力課", "", "社員"),
)
_ROLES = (("総括責任者", "業務責任者"), ("個人情報保護管理責任者", "授受担当者"), ("従事者",))


def _people() -> Iterator[Record]:
    for number, (name, department, post, employment) in enumerate(_STAFF, 1):
        agency = "株式会社スタッフみらい" if employment == "派遣" else ""
        yield Person(
            id=number,
            name=name,
            kana="カナ",
            employee_number=f"E-{number:03}",
            department=department,
            post=post,
            employment=employment,
            agency=agency,
        )
        for contract, start in ((KIMITSU, date(2026, 4, 1)), (KAWAGUCHI, date(2026, 5, 1))):
            if contract == KAWAGUCHI and number in (5, 6):
                continue
            yield Assignment(
                id=number * 10 + contract,
                person=number,
                contract=contract,
                roles=tuple(AssignmentRole(role=role) for role in _ROLES[min(number, 3) - 1]),
                work="封入封緘及び検査" if contract == KIMITSU else "調査票の入力及び照合",
                information="氏名、住所、納付額" if contract == KIMITSU else "",
                starts_on=start,
            )
    yield Training(
        id=1,
        title="個人情報保護研修（着手前）",
        held_on=date(2026, 3, 25),
        place="本社３階　第一会議室",
        lecturer="管理部　髙橋　花子",
        material="個人情報取扱いの手引 第5版",
        topics=tuple(TrainingTopic(topic=t) for t in ("遵守事項", "罰則", "民事責任", "事故対応")),
        contracts=(ForContract(contract=KIMITSU), ForContract(contract=KAWAGUCHI)),
        attendance=(
            *(Attendance(person=number, outcome="出席") for number in range(1, 7)),
            Attendance(person=7, outcome="補講", made_up_on=date(2026, 3, 30)),
            Attendance(person=8, outcome="欠席", made_up_on=date(2026, 6, 15)),
        ),
    )
    yield Oath(
        id=1,
        person=1,
        contracts=(ForContract(contract=KIMITSU), ForContract(contract=KAWAGUCHI)),
        kind="着手時",
        form="誓約書",
        signed_on=date(2026, 3, 27),
    )
    yield Oath(
        id=2,
        person=3,
        contracts=(ForContract(contract=KAWAGUCHI),),
        kind="着手時",
        form="誓約書",
        explained_by_title="管理部長",
        explained_by_name="槗爪　邊",
        explained_on=date(2026, 4, 22),
    )


def _places() -> Iterator[Record]:
    shared: dict[str, Any] = {
        "address": "東京都架空区中央一丁目２番３号",
        "postal_code": "150-0001",
        "country": "日本",
    }
    yield Location(
        id=1,
        name="本社　第一作業室",
        kind="作業",
        room="北斗ビル４階　401号室",
        area="取扱区域",
        lock="電子錠",
        entry_control="ICカード",
        store="施錠保管庫",
        **shared,
    )
    yield Location(
        id=2,
        name="本社　保管庫",
        kind="保管",
        room="北斗ビル４階　405号室",
        area="管理区域",
        lock="シリンダー錠",
        entry_control="入退室記録簿",
        store="金庫",
        **shared,
    )
    yield Location(
        id=3,
        name="印刷センター",
        kind="作業",
        address="埼玉県架空市工業団地５番地",
        country="日本",
        room="１号棟１階",
        area="取扱区域",
        lock="暗証番号錠",
        entry_control="生体認証",
        store="施錠できる保管室",
    )
    uses = (
        (1, 1, "宛名データの編集"),
        (2, 1, "原票及び媒体の保管"),
        (3, 1, "印刷及び封入封緘"),
        (1, 2, "入力作業"),
    )
    for number, (location, contract, purpose) in enumerate(uses, 1):
        start = date(2026, 4, 1) if contract == KIMITSU else date(2026, 5, 1)
        yield LocationUse(id=number, location=location, contract=contract, purpose=purpose, starts_on=start)


def _devices() -> Iterator[Record]:
    kinds = ("PC",) * 7 + ("サーバ", "USBメモリ", "USBメモリ", "外付HDD", "紙保管箱")
    for number, kind in enumerate(kinds, 1):
        machine = kind in ("PC", "サーバ")
        paper = kind == "紙保管箱"
        tool = ("BitLocker", "XTS-AES 256bit") if machine else ("ハードウェア暗号化", "AES-256")
        storage = Storage(
            name="内蔵SSD" if machine else "本体", encryption="全体", tool=tool[0], method=tool[1]
        )
        yield Device(
            id=number,
            control_number=f"PC-{number:03}" if machine else f"MD-{number:03}",
            kind=kind,
            maker="" if paper else "北斗電機",
            model="" if paper else f"HK-{number}00",
            serial="" if paper else f"SN26{number:06}",
            os="Windows 11 Pro 24H2" if machine else "",
            storages=() if paper else (storage,),
            anti_malware="Microsoft Defender" if machine else "",
            owner="リース" if number == 3 else "自社",
        )
        yield DeviceUse(
            id=number,
            device=number,
            contract=KAWAGUCHI if number in (6, 7) else KIMITSU,
            person=min(number, 8),
            location=2 if not machine else 1 if number < 5 else 3,
            status="予定" if number == 5 else "実績",
            starts_on=date(2026, 7, 1) if number == 5 else date(2026, 4, 1),
            ends_on=date(2026, 5, 20) if number == 9 else None,
        )


def _assets() -> Iterator[Record]:
    media = (("紙", "枚"), ("USBメモリ", "個"), ("電子データ", "件"))
    items = ("納税通知書の原票", "納税通知書データ", "宛名データ", "口座振替の一覧", "異動届の写し")
    event = 0
    for number in range(1, 31):
        medium, unit = media[number % 3]
        contract = KAWAGUCHI if number > 24 else KIMITSU
        yield Asset(
            id=number,
            contract=contract,
            number=f"A-{number:04}",
            item="調査票" if contract == KAWAGUCHI else f"{items[number % 5]}（第{(number - 1) // 5 + 1}期）",
            classification="個人情報",
            medium=medium,
            unit=unit,
            identifier=f"封印{number:05}" if medium == "USBメモリ" else "",
        )
        event += 1
        quantity = 1200 + number if medium == "紙" else 1
        city, section = ("緑川市", "企画課") if contract == KAWAGUCHI else ("みなと北市", "保険年金課")
        month, day = (5, number % 5 + 2) if contract == KAWAGUCHI else (4, number)
        shared: dict[str, Any] = {"method": "手渡し", "protection": "施錠ケースに収めて運搬"}
        yield Event(
            id=event,
            asset=number,
            kind="受領",
            status="実績",
            happened_at=datetime(2026, month, day, 9, number),  # noqa: DTZ001  # local time, as the ledger keeps it
            quantity=quantity,
            from_party=f"{city}　{section}",
            to_party="業務部　𠮷田　一郎",
            counterpart="神谷　主査",
            location=2,
            **shared,
        )
        if number % 6 == 0:
            event += 1
            yield Event(
                id=event,
                asset=number,
                kind="返還",
                status="実績",
                happened_at=datetime(2026, 5, number, 15, 30),  # noqa: DTZ001  # local time, as the ledger keeps it
                quantity=quantity,
                from_party="業務部　髙橋　花子",
                to_party=f"{city}　{section}",
                counterpart="神谷　主査",
                **shared,
            )


def _disposals() -> Iterator[Record]:
    paper: dict[str, Any] = {"medium": "紙", "unit": "枚", "result": "完了"}
    yield Disposal(
        id=1,
        contract=KIMITSU,
        status="実績",
        done_on=date(2026, 5, 18),
        method="裁断",
        lines=(
            DisposalLine(asset=3, item="口座振替の一覧（第1期）", quantity=3, **paper),
            DisposalLine(asset=9, item="異動届の写し（第2期）", quantity=9, **paper),
        ),
        responsible=1,
        place="本社　第一作業室",
        done_by="業務部　渡邉　由美子",
        confirmed_by=2,
        tool="クロスカットシュレッダー",
    )
    yield Disposal(
        id=2,
        contract=KIMITSU,
        status="実績",
        done_on=date(2026, 5, 20),
        method="データ消去ソフトウェアによる消去",
        lines=(
            DisposalLine(
                asset=2, item="宛名データ（第1期）", medium="電子データ", quantity=1, unit="件", result="完了"
            ),
            DisposalLine(
                device=9,
                item="納税通知書データの控え",
                medium="USBメモリ",
                quantity=1,
                unit="個",
                serial="",
                result="完了",
            ),
        ),
        responsible=1,
        place="本社　保管庫",
        done_by="業務部　𣘺本　誠",
        confirmed_by=2,
        witness="みなと北市保険年金課　神谷　主査",
        level="除去（Purge）",
        standard="NIST SP 800-88",
        standard_edition="Rev. 2",
        tool="完全消去Pro",
        tool_version="7.2.1",
        verification="全領域の読出し照合",
        outcome="合格",
        verification_result="残存なし",
    )
