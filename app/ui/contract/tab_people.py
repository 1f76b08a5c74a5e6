"""The tabs on people, places and devices of a contract."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.duties.papers.documents import Documents
from app.records import (
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Facts,
    Location,
    LocationUse,
    Person,
    Training,
    stated_key,
)
from app.records.for_contract import ForContract
from app.records.naming import by_named
from app.records.ordering import rank
from app.records.training import Attendance
from app.ui.contract.tab import ContractTab
from app.ui.duties.signing import oath_of, sign_oaths
from app.ui.homes import begin
from app.ui.parts.tables.lines_table import Cell, Column, Line, line
from app.ui.reckoning.assessor import Assessment
from app.work.states import period, short_day


class PeopleTab(ContractTab):
    """Who works on the contract, with oath and training."""

    name = "従事者の一覧"
    acting = True
    shows = frozenset({"contract", "assignment", "person", "oath", "training"})
    columns = (
        Column("氏名", 8),
        Column("役割", 10, stretch=True),
        Column("所属", 8),
        Column("雇用区分", 5),
        Column("従事期間", 9),
        Column("誓約書", 6),
        Column("研修", 6),
    )
    nothing = "責任者・従事者を登録すると、誓約書と研修の状況がここに並びます。"

    def build(self) -> None:
        self.adding("assignment", "責任者・従事者を登録")
        self.issuing("oath")
        self.add_button("署名を一括記録", lambda: sign_oaths(self.context, self.contract), icon="check")
        self.issuing("responsible-person", "worker-list")

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        today = self.context.today()
        return [
            _person_line(facts, held, one, today)
            for one in by_named(facts, facts.of(Assignment, "contract", held.id), "person")
            if facts.find(Person, one.person)
        ]


def _person_line(facts: Facts, contract: Contract, one: Assignment, today: date) -> Line:
    person = facts.get(Person, one.person)
    gone = one.ends_on is not None and one.ends_on < today
    return line(
        ("assignment", one.id),
        Cell(f"{person.name}（終了）" if gone else person.name, rank(person), "muted" if gone else ""),
        "、".join(one.role_names),
        person.department,
        person.employment,
        Cell(period(one.starts_on, one.ends_on), one.starts_on),
        _oath_cell(facts, person.id, contract.id),
        _training_cell(facts, person.id, contract.id),
    )


def _oath_cell(facts: Facts, person: int, contract: int) -> Cell:
    oath = oath_of(facts, person, contract)
    if oath is None or oath.signed_on is None:
        return Cell("△ 未署名", date.max, "warn")
    return Cell(f"○ {short_day(oath.signed_on)}", oath.signed_on, "ok")


def _training_cell(facts: Facts, person: int, contract: int) -> Cell:
    days = [
        day
        for training in facts.all(Training)
        if contract in training.contract_ids and (day := training.attended_on(person))
    ]
    if not days:
        return Cell("△ 未受講", date.max, "warn")
    return Cell(f"○ {short_day(max(days))}", max(days), "ok")


class PlacesTab(ContractTab):
    """Where the work is done and things are kept, and whether the client knows."""

    name = "作業場所の一覧"
    shows = frozenset({"contract", "location_use", "location", "submission"})
    columns = (
        Column("名称", 9),
        Column("所在地", 14, stretch=True),
        Column("用途", 10),
        Column("使用期間", 9),
        Column("施錠", 6),
        Column("入退室管理", 6),
        Column("届出", 8),
    )
    nothing = "作業場所の使用を登録すると、届出の要否と状況がここに並びます。"

    def build(self) -> None:
        self.adding("location_use", "契約の作業場所を登録")
        self.issuing("work-location")

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        context = self.context
        told = Documents(facts, context.catalogue, context.forms, held, context.today())
        uses = facts.of(LocationUse, "contract", held.id)
        return [_place_line(facts, one, told) for one in by_named(facts, uses, "location")]


def _place_line(facts: Facts, one: LocationUse, told: Documents) -> Line:
    place = facts.find(Location, one.location)
    naming = [held for held in told.speaking("work-location") if told.names(held, stated_key(one))]
    number = naming[-1].number if naming else ""
    return line(
        ("location_use", one.id),
        place.name if place else "",
        f"{place.address}　{place.room}" if place else "",
        one.purpose,
        Cell(period(one.starts_on, one.ends_on), one.starts_on),
        place.lock if place else "",
        place.entry_control if place else "",
        Cell(f"○ {number}", None, "ok") if number else Cell("－ 届出なし", None, "muted"),
    )


class DevicesTab(ContractTab):
    """The machines and media of the contract."""

    name = "PC・媒体の一覧"
    acting = several = True
    shows = frozenset({"contract", "device_use", "device", "person", "location", "submission"})
    columns = (
        Column("管理番号", 5),
        Column("種別", 5),
        Column("メーカー・型番", 11, stretch=True),
        Column("所有", 3),
        Column("暗号化", 4),
        Column("管理者", 7),
        Column("設置・保管場所", 9),
        Column("区分", 3),
        Column("使用期間", 9),
    )
    nothing = "PC・媒体の使用を登録すると、台帳として印刷できます。"

    def build(self) -> None:
        self.adding("device_use", "契約のPC・媒体を登録")
        self.issuing("equipment-register")

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        return [
            _device_line(facts, one, device)
            for one in by_named(facts, facts.of(DeviceUse, "contract", held.id), "device")
            if (device := facts.find(Device, one.device))
        ]


def _device_line(facts: Facts, one: DeviceUse, device: Device) -> Line:
    return line(
        ("device_use", one.id),
        device.control_number,
        device.kind,
        f"{device.maker} {device.model}".strip(),
        Cell(device.owner, None, "danger" if device.owner == "私物" else ""),
        _encryption(device),
        _keeper(facts, one),
        facts.shown(one, "location"),
        one.status,
        Cell(period(one.starts_on, one.ends_on), one.starts_on),
    )


def _keeper(facts: Facts, one: DeviceUse) -> Cell:
    person = facts.find(Person, one.person)
    return Cell(person.name, rank(person)) if person else Cell("")


def _encryption(device: Device) -> Cell:
    if not device.storages:
        return Cell("－")
    states = {storage.encryption for storage in device.storages}
    if states == {"全体"}:
        return Cell("○ 全体", 0, "ok")
    return Cell("△ なし" if states == {"なし"} else "△ 一部", 1, "warn")


class TrainingTab(ContractTab):
    """The sessions that cover the contract."""

    name = "研修の一覧"
    shows = frozenset({"training"})
    columns = (
        Column("実施日", 6),
        Column("研修名", 16, stretch=True),
        Column("場所又は方法", 8),
        Column("講師", 8),
        Column("研修内容", 12),
        Column("受講", 4, right=True),
        Column("欠席", 4, right=True),
    )
    nothing = "研修を記録すると、受講の状況と報告書の材料になります。"

    def build(self) -> None:
        self.add_button("研修を登録", self._add, icon="plus", kind="primary")
        self.issuing("training")

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        return [_training_line(one) for one in facts.all(Training) if held.id in one.contract_ids]

    def _add(self) -> None:
        """A new session starts with everyone who works on the contract; who came, the officer says."""
        facts, today = self.context.facts(), self.context.today()
        people: dict[int, Any] = {
            one.person: Attendance(person=one.person, outcome="")
            for one in by_named(facts, facts.of(Assignment, "contract", self.contract), "person")
            if one.ends_on is None or one.ends_on >= today
        }
        covered = (ForContract(contract=self.contract),)
        preset = {"contracts": covered, "attendance": tuple(people.values())}
        begin(self.context, "training", given=preset)


def _training_line(one: Training) -> Line:
    attended = sum(one.attended_on(held.person) is not None for held in one.attendance)
    absent = len(one.attendance) - attended
    return line(
        ("training", one.id),
        Cell(short_day(one.held_on), one.held_on),
        one.title,
        one.place,
        one.lecturer,
        "、".join(one.topic_names),
        Cell(f"{attended}人", attended),
        Cell(f"{absent}人" if absent else "", absent, "warn" if absent else ""),
    )
