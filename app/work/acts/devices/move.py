"""移動: machines and media stand elsewhere from a day on, for every contract that goes on using them.

Where a place stood until the day before stays as it was: papers of past days are printed from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.evaluators.domestic import lies_in
from app.duties.questions import asked
from app.duties.view import ContractView
from app.records import Contract, Device, DeviceUse, Field, Location, LocationUse, Record
from app.records.dated import as_of
from app.records.days import wareki
from app.records.device import Owner
from app.records.kinds import Day, Ref, Text
from app.records.location import JAPAN, Lock
from app.work.acts.devices.contents import contents
from app.work.acts.devices.persons import kept_by, kept_by_none
from app.work.acts.devices.uses import (
    begun_since,
    devices_of,
    going_on,
    is_away,
    numbers_of,
    out_on,
    unusable,
    unused,
    usable,
)
from app.work.acts.following import otherwise
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write

_TO = Field("to", Ref(label="移動先", to="location"), required=True, default=None)
_DAY = Field("on", Day(label="移動日", back=2), required=True, default=None)
_PURPOSE = Field(
    "purpose",
    Text(label="移動先の用途", hint="届出書に印字されます"),
    required=False,
    default="",
)
_WHY = Field("why", Text(label="変更の理由", hint="変更届に印字されます"), required=False, default="")
_CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="空欄は、使用が続くすべての契約"),
    required=False,
    default=None,
)
_PROTECTION = ("room", "area", "lock", "entry_control")
"""What a notice of a place of work states of how the place is kept."""


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices = devices_of(records)
    title, day = f"移動　{numbers_of(devices)}", answers.get("on")
    place = ground.facts.find(Location, answers.get("to"))
    if place is None or not isinstance(day, date):
        asks = []
        if place is None:
            asks.append(Ask("移動先を選んでください。", "to", needed=True))
        if not isinstance(day, date):
            asks.append(Ask("移動日を入力してください。", "on", needed=True))
        return Draft(title, title, asks=tuple(asks))
    moving = _Moving(ground, devices, place, day, answers)
    refusals = tuple(moving.refusals())
    writes = () if refusals else tuple(moving.writes())
    why = str(answers.get("why") or "")
    return Draft(
        f"{title}を{place.name}へ（{wareki(day)}）",
        f"{title}（{len(writes)}件）{f'　{why}' if why else ''}",
        writes,
        () if refusals else tuple(moving.asks()),
        refusals,
        () if refusals else tuple(moving.remarks()),
    )


class _Moving:
    """Some devices that stand at ``place`` from ``day`` on."""

    def __init__(
        self, ground: Ground, devices: tuple[Device, ...], place: Location, day: date, answers: Answers
    ) -> None:
        self._ground, self._facts = ground, ground.facts
        self._devices, self._place, self._day = devices, as_of(place, day), day
        self._why = str(answers.get("why") or "")
        self._purpose = str(answers.get("purpose") or "")
        contract = ground.facts.find(Contract, answers.get("contract"))
        self._contract = contract.id if contract is not None else None

    def writes(self) -> Iterator[Write]:
        for contract, since in self._untold().items():
            if purpose := self._purpose or self._former_purpose(contract):
                yield Write(
                    LocationUse(
                        location=self._place.id,
                        contract=contract,
                        purpose=purpose,
                        starts_on=since,
                        change_reason=self._why,
                    )
                )
        for use in self._moved():
            # What the client allowed elsewhere, and why, says nothing of the new place.
            private = self._facts.get(Device, use.device).owner == Owner.PRIVATE
            reason = use.reason if private else ""
            yield from otherwise(
                use,
                self._day,
                location=self._place.id,
                person=kept_by(self._facts, use, self._day),
                approval=None,
                return_by=None,
                reason=reason,
            )

    def asks(self) -> Iterator[Ask]:
        untold = self._untold()
        for contract in untold:
            number, former = self._facts.key_of("contract", contract), self._former_purpose(contract)
            new = f"{self._place.name}は{number}の作業場所に登録されていません。"
            if not self._purpose and former:
                yield Ask(
                    f"{new}用途を「{former}」として登録します。違うときは用途を入力してください。", "purpose"
                )
            elif not self._purpose:
                yield Ask(f"{new}用途を入力してください。", "purpose", needed=True)
        if untold and not self._why:
            yield Ask("変更の理由を入力してください（変更届に印字されます）。", "why")
        for device in self._devices:
            kept = [
                one
                for one in contents(self._facts, device, min(self._day, self._ground.today))
                if one.sure and (one.place is None or one.place.id != self._place.id)
            ]
            if kept:
                names = "、".join(one.asset.number for one in kept)
                yield Ask(
                    f"{device.control_number}にある{names}の保管場所は変わりません。"
                    "ともに移すときは、取扱記録に「保管場所変更」を登録してください。"
                )

    def refusals(self) -> Iterator[str]:
        if is_away(self._place):
            yield (
                f"{self._place.name}は{self._place.kind}のため、移動先にできません。"
                "「機器の持出し」で登録してください。"
            )
        for device in self._devices:
            if sentence := unused(self._facts, device, self._day, self._contract):
                yield sentence
                continue
            if sentence := self._taken_out(device):
                yield sentence
                continue
            going = going_on(self._facts, device, self._day, self._contract)
            if all(one.location == self._place.id or self._to_come(one) for one in going):
                yield (
                    f"{device.control_number}は既に{self._place.name}にあります。移動先を確かめてください。"
                )
            elif late := begun_since(self._facts, self._moved_of(device), self._day, self._ground.today):
                yield f"{late}その日以後に移すか、移す契約を選んでください。"
        for contract in self._contracts():
            if sentence := self._closed(contract):
                yield sentence

    def remarks(self) -> Iterator[str]:
        place = self._place
        if not place.country:
            yield f"{place.name}は国が登録されていません。国内かを確かめ、「作業場所」に登録してください。"
        elif not lies_in(place, JAPAN):
            yield (
                f"{place.name}は国外（{place.country}）です。"
                f"{self._clauses('domestic-storage')}に反しないかを確かめてください。"
            )
        absent = [place.spec.field(name).label for name in _PROTECTION if not getattr(place, name)]
        if absent:
            yield (
                f"{place.name}は{'、'.join(absent)}が登録されていません。"
                "届出書に要るため、「作業場所」に登録してください。"
            )
        elif place.lock == Lock.NONE:
            yield f"{place.name}は施錠が「{place.lock}」です。施錠できる場所かを確かめてください。"
        if place.subcontractor is not None:
            yield f"{place.name}は再委託先の場所です。承諾を得た再委託の範囲かを確かめてください。"
        yield from kept_by_none(self._facts, self._moved(), self._day)
        yield from self._trips()
        for use in self._moved():
            if use.starts_on > self._day and use.location is not None:
                planned = self._facts.title(self._facts.find(Location, use.location))
                yield (
                    f"{self._facts.key_of('device', use.device)}は{wareki(use.starts_on)}から"
                    f"{planned}で使う予定でしたが、{place.name}に改まります。"
                )

    def _taken_out(self, device: Device) -> str:
        """That it is out, so that nothing can be moved: it would look as if somebody had brought it back."""
        moved = {one.id for one in self._moved_of(device)}
        out = [one for one in out_on(self._facts, device, self._day) if one.id in moved]
        if not out:
            return ""
        others = {one.contract for one in going_on(self._facts, device, self._day)} - {out[0].contract}
        contract = self._facts.key_of("contract", out[0].contract)
        way = "を登録するか、移す契約を選んで" if others and self._contract is None else "を登録して"
        return f"{self._out(device, out[0])}（{contract}）。先に「機器の持帰り」{way}ください。"

    def _out(self, device: Device, use: DeviceUse) -> str:
        place = self._facts.title(self._facts.find(Location, use.location))
        return f"{device.control_number}は{wareki(use.starts_on)}から{place}に持ち出されています"

    def _trips(self) -> Iterator[str]:
        """The trips that stay as they are: those of other contracts, and those that are still to come."""
        for device in self._devices:
            for use in out_on(self._facts, device, self._day):
                contract = self._facts.key_of("contract", use.contract)
                yield f"{self._out(device, use)}（{contract}）。その持出しは、このまま残ります。"
            for use in going_on(self._facts, device, self._day, self._contract):
                if self._to_come(use):
                    place = self._facts.title(self._facts.find(Location, use.location))
                    yield (
                        f"{device.control_number}の{wareki(use.starts_on)}からの{place}への持出しの予定は、"
                        "このまま残ります。"
                    )

    def _to_come(self, use: DeviceUse) -> bool:
        """Whether it is a trip that begins later: wherever it stands until then, it will go there."""
        place = self._facts.find(Location, use.location)
        return use.starts_on > self._day and place is not None and is_away(place)

    def _moved(self) -> Iterator[DeviceUse]:
        for device in self._devices:
            yield from self._moved_of(device)

    def _moved_of(self, device: Device) -> tuple[DeviceUse, ...]:
        """The uses that go on, do not stand there already, and are no trip that is still to come."""
        going = going_on(self._facts, device, self._day, self._contract)
        return tuple(one for one in going if one.location != self._place.id and not self._to_come(one))

    def _contracts(self) -> dict[int, date]:
        """Contract → the first day on which a device of it stands at the place."""
        found: dict[int, date] = {}
        for use in self._moved():
            since = max(use.starts_on, self._day)
            found[use.contract] = min(since, found.get(use.contract, since))
        return found

    def _places(self, contract: int) -> tuple[LocationUse, ...]:
        held = self._facts.of(LocationUse, "location", self._place.id)
        return tuple(one for one in held if one.contract == contract)

    def _untold(self) -> dict[int, date]:
        """The contracts for which the place is none of theirs yet, with the day from which it will be."""
        return {one: since for one, since in self._contracts().items() if not self._places(one)}

    def _closed(self, contract: int) -> str:
        """Why the contract has the place, but not on the day; empty where it has, or never had."""
        since, held = self._contracts()[contract], self._places(contract)
        if not held or any(_holds(one, since) for one in held):
            return ""
        where = f"{self._facts.key_of('contract', contract)}での{self._place.name}の使用"
        later = min((one.starts_on for one in held if one.starts_on > since), default=None)
        if later is not None:
            return (
                f"{where}は{wareki(later)}からです。"
                "その日以後に移すか、先に「契約の作業場所」の使用開始日を改めてください。"
            )
        ended = max(one.ends_on for one in held if one.ends_on is not None)
        return (
            f"{where}は{wareki(ended)}に終わっています。再び使うときは、"
            "先に「契約の作業場所」に使用を登録してください。"
        )

    def _former_purpose(self, contract: int) -> str:
        """What the place served from which the devices of the contract come; empty where nothing says."""
        eve = self._contracts()[contract]
        for use in self._moved():
            if use.contract == contract and use.location is not None:
                for one in self._facts.of(LocationUse, "location", use.location):
                    if one.contract == contract and one.starts_on <= eve:
                        return one.purpose
        return ""

    def _clauses(self, kind: str) -> str:
        """The clauses of the contracts that ask for ``kind``, as they are cited."""
        ground, found = self._ground, dict[str, None]()
        for contract in self._contracts():
            held = ground.facts.get(Contract, contract)
            view = ContractView(ground.facts, ground.catalogue, ground.forms, held, ground.today)
            found.update((ground.catalogue.cite(one.clause), None) for one in asked(view, kind))
        return "、".join(found) or "契約の定め"


def _holds(use: LocationUse, day: date) -> bool:
    return use.starts_on <= day and (use.ends_on is None or day <= use.ends_on)


MOVE = Act(
    name="move",
    title="移動",
    words=("移動", "移設", "場所を変える", "設置場所の変更", "いどう"),
    hint="使用が続くすべての契約の設置場所をその日から改め、要る届出を示します。",
    about=Device,
    fields=(_TO, _DAY, _PURPOSE, _WHY, _CONTRACT),
    draft=_draft,
    many=True,
    offered=usable,
    unfit=unusable,
)
