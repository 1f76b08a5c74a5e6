"""What goes over from a contract to the one that renews it, what is left behind, and why."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from app.duties.holding.destruction import DESTROYING
from app.duties.rules.contracts import former
from app.records import (
    Assignment,
    ClauseText,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Facts,
    Location,
    LocationUse,
    PaperSetting,
    Person,
    Record,
    Structure,
)
from app.records.assignment import Role
from app.records.days import wareki
from app.records.device import Owner
from app.records.for_contract import ForContract
from app.records.person import Employment
from app.work.acts.plan import Ask, Left, Write, with_values
from app.work.acts.year.fates import FATES, Fate

R = TypeVar("R", bound=Record)
Item = Write | Left | Ask
"""What the renewal finds of one record: it goes over, it is left, or a person has to say something."""

_GOES_ON = "更新前の契約の最終日まで続いているため"
_LATER = "新しい契約についても承諾を得て再委託を登録してから、加えてください。"


@dataclass(frozen=True, slots=True)
class Turn:
    """From ``old`` to ``new``, which is not in the ledger yet."""

    facts: Facts
    old: Contract
    new: Contract

    def held(self, cls: type[R]) -> tuple[R, ...]:
        """The records of a type that name the old contract, alone or among others."""
        names = {field.name for field in cls.spec.fields}
        if "contracts" in names:
            return self.facts.covering(cls, self.old.id)
        return self.facts.of(cls, "contract", self.old.id) if "contract" in names else ()

    def lasting(self, cls: type[R], key: Callable[[R], Hashable]) -> Iterator[tuple[R, str]]:
        """Of each group the record that holds last, and why it is given up; empty where it goes on."""
        groups: dict[Hashable, list[R]] = {}
        for one in self.held(cls):
            groups.setdefault(key(one), []).append(one)
        for held in groups.values():
            last = max(held, key=_by_start)
            end: date | None = getattr(last, "ends_on", None)
            given_up = end is not None and end < self.old.last_day
            yield last, f"{wareki(end)}に終わっています。" if end and given_up else ""

    def until(self, one: Any) -> date | None:
        """The last day of what goes over: with the contract where it had one, else open as before."""
        return self.new.ends_on if one.ends_on is not None else None

    def over(self, one: Record, why: str = _GOES_ON, **values: Any) -> Write:
        """The new record that ``one`` becomes under the new contract."""
        made = with_values(one, id=0, revision=0, contract=self.new.id, note="", **values)
        return Write(made, source=one, why=why)

    def person_gone(self, number: int | None) -> str:
        """Why the person cannot be at work on the first day; empty where nothing is known against it."""
        person, first = self.facts.find(Person, number), self.new.starts_on
        if person is None:
            return "要員の登録が取り消されています。"
        if person.left_on is not None and person.left_on < first:
            return f"{person.name}は{wareki(person.left_on)}に退職するためです。"
        if person.agency_to is not None and person.agency_to < first:
            return f"{person.name}の派遣期間が{wareki(person.agency_to)}に終わるためです。"
        if person.employment == Employment.SUBCONTRACTOR:
            return f"{person.name}は再委託先の者のためです。{_LATER}"
        return ""

    def place_gone(self, number: int | None) -> str:
        """Why the place cannot be used on the first day; empty where nothing is known against it."""
        place = self.facts.find(Location, number)
        if place is None:
            return "作業場所の登録が取り消されています。"
        if place.subcontractor is not None:
            return f"{place.name}は再委託先の場所のためです。{_LATER}"
        uses = [one for one in self.held(LocationUse) if one.location == place.id]
        ends = [one.ends_on for one in uses]
        if ends and all(end is not None and end < self.old.last_day for end in ends):
            return f"{place.name}の使用を終えているためです。"
        return ""


def carried_over(turn: Turn) -> Iterator[Item]:
    """Everything that the renewal finds of the old contract's records, type by type."""
    for cls, fate in FATES.items():
        if fate is Fate.COPIED and cls is not Contract:
            yield from COPYING[cls](turn)
        elif fate is Fate.EXTENDED:
            yield from _extended(turn, cls)
        elif fate is Fate.ANEW:
            for one in turn.held(cls):
                yield Left(one, ANEW)


ANEW = "新しい契約の分として改めて行うためです。"


def _assignments(turn: Turn) -> Iterator[Item]:
    followed: set[str] = set()
    wanted: dict[str, None] = {}
    placeless = []
    for one, ended in turn.lasting(Assignment, lambda one: one.person):
        why = ended or turn.person_gone(one.person)
        if not ended:
            wanted.update(dict.fromkeys(one.role_names))
        if why:
            yield Left(one, why)
            continue
        followed.update(one.role_names)
        place = one.location if one.location is not None and not turn.place_gone(one.location) else None
        if place != one.location:
            placeless.append(_name(turn, one.person))
        yield turn.over(
            one,
            location=place,
            starts_on=turn.new.starts_on,
            ends_on=turn.until(one),
            changed_on=None,
            change_reason="",
        )
    if placeless:
        yield Ask(f"{'、'.join(placeless)}の作業場所は使用を終えています。更新のあとに選び直してください。")
    for role in wanted:
        if role != Role.WORKER and role not in followed:
            yield Ask(f"新しい契約の{role}がいません。更新のあとに登録してください。")


def _structures(turn: Turn) -> Iterator[Item]:
    for one, ended in turn.lasting(Structure, lambda one: (one.unit, one.part, one.title, one.person)):
        if why := ended or turn.person_gone(one.person):
            yield Left(one, why)
            continue
        above = one.reports_to
        if above is not None and turn.person_gone(above):
            yield Ask(
                f"管理体制の{_name(turn, one.person)}の報告先がいなくなります。更新のあとに選んでください。"
            )
            above = None
        yield turn.over(one, reports_to=above, starts_on=turn.new.starts_on, ends_on=turn.until(one))


def _places(turn: Turn) -> Iterator[Item]:
    for one, ended in turn.lasting(LocationUse, lambda one: (one.location, one.purpose)):
        if why := ended or turn.place_gone(one.location):
            yield Left(one, why)
            continue
        yield turn.over(
            one,
            starts_on=turn.new.starts_on,
            ends_on=turn.until(one),
            changed_on=None,
            change_reason="",
        )


def _devices(turn: Turn) -> Iterator[Item]:
    loose = []
    for one, ended in turn.lasting(DeviceUse, lambda one: (one.device, one.status)):
        device = turn.facts.find(Device, one.device)
        if device is None or (why := ended or _device_gone(turn, device)):
            yield Left(one, why if device is not None else "PC・媒体の登録が取り消されています。")
            continue
        number = device.control_number
        person = None if one.person is None or turn.person_gone(one.person) else one.person
        place = None if one.location is None or turn.place_gone(one.location) else one.location
        if (person, place) != (one.person, one.location):
            loose.append(number)
        if device.owner == Owner.LENT:
            yield Ask(f"{number}は貸与されたものです。引き続き使えるかを貸主に確かめてください。")
        yield turn.over(
            one,
            person=person,
            location=place,
            starts_on=turn.new.starts_on,
            ends_on=turn.until(one),
            approval=None,
            reason="",
        )
    if loose:
        yield Ask(
            f"{'、'.join(loose)}の管理者（使用者）又は設置・保管場所は引き継げません。更新のあとに選び直してください。"
        )


def _device_gone(turn: Turn, device: Device) -> str:
    number = device.control_number
    if device.retired_on is not None and device.retired_on < turn.new.starts_on:
        return f"{number}は{wareki(device.retired_on)}に使用を終えるためです。"
    if device.owner == Owner.PRIVATE:
        return f"{number}は私物のためです。使ってよいかを新しい契約で確かめてから、加えてください。"
    for disposal in turn.facts.of(Disposal, "lines.device", device.id):
        lines = (line for line in disposal.lines if line.device == device.id)
        if disposal.method in DESTROYING and any(disposal.ended(line) for line in lines):
            return f"{number}は{wareki(disposal.done_on)}に廃棄したためです。"
    return ""


def _settings(turn: Turn) -> Iterator[Item]:
    """Of each form the setting of the last day; papers before the first day are printed by it too."""
    last: dict[str, PaperSetting] = {}
    for one in sorted(turn.held(PaperSetting), key=_by_start):
        if one.holds_on(turn.old.last_day):
            last[one.form] = one
    for one in last.values():
        first = min(turn.new.signed_on, turn.new.starts_on)
        yield turn.over(one, "更新前の契約の書類に使っているため", starts_on=first, ends_on=None)


def _clauses(turn: Turn) -> Iterator[Item]:
    kept = {row.annex for row in turn.new.annexes}
    found = [one for one in turn.held(ClauseText) if one.annex in kept and former(one.clause)[1] is None]
    for one in found:
        yield turn.over(one, "同じ特記事項を引き継ぐため")
    if found:
        yield Ask(f"条文の控え{len(found)}件を引き継ぎます。新しい契約書の条文と同じかを確かめてください。")


def _extended(turn: Turn, cls: type[Record]) -> Iterator[Item]:
    for one in turn.held(cls):
        held: Any = one
        if held.ends_on is not None and held.ends_on < turn.new.starts_on:
            yield Left(one, f"{wareki(held.ends_on)}に終わるためです。")
            continue
        made = with_values(one, contracts=(*held.contracts, ForContract(contract=turn.new.id)))
        yield Write(made, one, source=one, why="新しい契約も対象に加えるため")


def _name(turn: Turn, person: int) -> str:
    return turn.facts.get(Person, person).name


def _by_start(one: Record) -> tuple[date, int]:
    start: date = getattr(one, "starts_on", date.min)
    return start, one.id


COPYING: Mapping[type[Record], Callable[[Turn], Iterable[Item]]] = MappingProxyType(
    {
        Assignment: _assignments,
        Structure: _structures,
        LocationUse: _places,
        DeviceUse: _devices,
        PaperSetting: _settings,
        ClauseText: _clauses,
    }
)
"""How the records of each copied type go over."""
