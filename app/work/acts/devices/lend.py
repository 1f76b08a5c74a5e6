"""使用者の変更: a machine or medium is in another person's hands from a day on; who had it before stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Contract, Device, DeviceUse, Field, Person, Record
from app.records.days import wareki
from app.records.kinds import Day, Ref
from app.work.acts.devices.persons import strangers, unfit
from app.work.acts.devices.uses import (
    begun_since,
    devices_of,
    going_on,
    numbers_of,
    unusable,
    unused,
    usable,
)
from app.work.acts.following import otherwise
from app.work.acts.plan import Act, Answers, Draft, Ground, Write, unanswered

_TO = Field("to", Ref(label="新しい管理者（使用者）", to="person"), required=True, default=None)
_DAY = Field("on", Day(label="渡す日", back=2), required=True, default=None)
_CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="空欄は、使用が続くすべての契約"),
    required=False,
    default=None,
)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices = devices_of(records)
    title, day = f"使用者の変更　{numbers_of(devices)}", answers.get("on")
    person = ground.facts.find(Person, answers.get("to"))
    if person is None or not isinstance(day, date):
        open_ = unanswered(
            (person, "to", "新しい管理者（使用者）を選んでください。"),
            (isinstance(day, date), "on", "渡す日を入力してください。"),
        )
        return Draft(title, title, asks=open_)
    lending = _Lending(ground, devices, person, day, answers)
    refusals = tuple(lending.refusals())
    writes = () if refusals else tuple(lending.writes())
    return Draft(
        f"{title}を{person.name}へ（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        refusals=refusals,
        remarks=()
        if refusals
        else tuple(strangers(ground.facts, person, (one.contract for one in lending.uses()), day)),
    )


class _Lending:
    """Some devices that ``person`` has from ``day`` on."""

    def __init__(
        self, ground: Ground, devices: tuple[Device, ...], person: Person, day: date, answers: Answers
    ) -> None:
        self._ground, self._facts = ground, ground.facts
        self._devices, self._person, self._day = devices, person, day
        contract = ground.facts.find(Contract, answers.get("contract"))
        self._contract = contract.id if contract is not None else None

    def uses(self) -> tuple[DeviceUse, ...]:
        """The uses that pass into other hands."""
        return tuple(one for device in self._devices for one in self._of(device))

    def writes(self) -> Iterator[Write]:
        for use in self.uses():
            yield from otherwise(use, self._day, person=self._person.id)

    def refusals(self) -> Iterator[str]:
        yield from unfit(self._person, self._day, "使用者")
        for device in self._devices:
            if sentence := unused(self._facts, device, self._day, self._contract):
                yield sentence
            elif not (passing := self._of(device)):
                yield (
                    f"{device.control_number}の管理者（使用者）は既に{self._person.name}です。"
                    "管理番号と渡す相手を確かめてください。"
                )
            elif late := begun_since(self._facts, passing, self._day, self._ground.today):
                yield f"{late}その日以後に渡すか、対象の契約を選んでください。"

    def _of(self, device: Device) -> tuple[DeviceUse, ...]:
        going = going_on(self._facts, device, self._day, self._contract)
        return tuple(one for one in going if one.person != self._person.id)


LEND = Act(
    name="lend",
    title="使用者の変更",
    words=("貸与", "貸す", "渡す", "使用者", "管理者の変更", "引継ぎ"),
    hint="使用が続くすべての契約の管理者（使用者）をその日から改めます。",
    about=Device,
    fields=(_TO, _DAY, _CONTRACT),
    draft=_draft,
    many=True,
    offered=usable,
    unfit=unusable,
)
