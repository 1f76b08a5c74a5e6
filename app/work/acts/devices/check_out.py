"""機器の持出し: machines and media leave the places of work, or enter the client's, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.duties.holding.premises import clients_of, elsewhere
from app.duties.questions import asked
from app.duties.view import ContractView
from app.records import Approval, Contract, Device, DeviceUse, Field, Location, Person, Record
from app.records.days import wareki
from app.records.device import Owner
from app.records.kinds import Day, Ref, Text
from app.records.location import LocationKind
from app.work.acts.devices.allowing import Allowing, Going, Terms
from app.work.acts.devices.contents import contents
from app.work.acts.devices.permits import APPROVAL, ASSET_OUT, DEVICE_IN, DEVICE_OUT, without
from app.work.acts.devices.persons import gone, kept_by, strangers, unfit
from app.work.acts.devices.uses import (
    away_on,
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
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, numbered, unanswered

PERSON = Field("person", Ref(label="持ち出す者", to="person"), required=False, default=None)
PURPOSE = Field("purpose", Text(label="目的", longest=300), required=False, default="")
UNTIL = Field("until", Day(label="持帰りの予定日"), required=False, default=None)
WITHOUT = without(ASSET_OUT)
_TO = Field("to", Ref(label="持出し先", to="location"), required=True, default=None)
_DAY = Field("on", Day(label="持ち出す日", back=2), required=True, default=None)


def terms_of(ground: Ground, answers: Answers, day: date) -> Terms:
    """What was said of a taking out on ``day``, whatever goes out."""
    until = answers.get("until")
    return Terms(
        day=day,
        approval=ground.facts.find(Approval, answers.get("approval")),
        person=answers.get("person") or None,
        purpose=str(answers.get("purpose") or ""),
        until=until if isinstance(until, date) else None,
        without=str(answers.get("without") or ""),
    )


def back_before_out(terms: Terms) -> Iterator[str]:
    """That it would be back before it goes."""
    if terms.until is not None and terms.until < terms.day:
        yield (
            f"持帰りの予定日（{wareki(terms.until)}）が持ち出す日（{wareki(terms.day)}）より前です。"
            "日付を確かめてください。"
        )


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    return drafted(ground, records, answers, "持出し")


def drafted(ground: Ground, records: tuple[Record, ...], answers: Answers, what: str) -> Draft:
    """Machines and media that go where ``answers`` say; ``what``: 持出し or 持込み."""
    devices = devices_of(records)
    title, day = f"機器の{what}　{numbers_of(devices)}", answers.get("on")
    place = ground.facts.find(Location, answers.get("to"))
    if place is None or not isinstance(day, date):
        open_ = unanswered(
            (place, "to", f"{what}先を選んでください。"),
            (isinstance(day, date), "on", f"{what}の日を入力してください。"),
        )
        return Draft(title, title, asks=open_)
    terms = replace(terms_of(ground, answers, day), destination=place.name, premises=place.id)
    taking = _Taking(ground, devices, place, terms)
    refusals = tuple(taking.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    named = f"{title}を{place.name}へ（{wareki(day)}）"
    return taking.allowing().outcome().draft(named, title, taking.asks(), taking.remarks())


class _Taking:
    """Some devices that are at ``place``, away from where work is done, from a day on."""

    def __init__(self, ground: Ground, devices: tuple[Device, ...], place: Location, terms: Terms) -> None:
        self._ground, self._facts, self._terms = ground, ground.facts, terms
        self._devices, self._place = devices, place

    def allowing(self) -> Allowing:
        """The uses as they will be, held against the clauses of their contracts."""
        writes = numbered(write for use, device in self._uses() for write in self._written(use, device))
        rest = [one for one in writes if not self._goes(one)]
        going = [self._going(one) for one in writes if self._goes(one)]
        return Allowing(self._ground, self._terms, going, rest)

    def asks(self) -> Iterator[Ask]:
        yield from self._nobody()
        yield from self._unknown_to_its_client()
        for device in self._devices:
            held = contents(self._facts, device, min(self._terms.day, self._ground.today))
            if names := "、".join(one.named for one in held if one.sure):
                yield Ask(
                    f"{device.control_number}には{names}が入っています。"
                    "入れたまま持ち出すときは、「情報資産の持出し」も登録してください。"
                )

    def _unknown_to_its_client(self) -> Iterator[Ask]:
        """What enters a client's building and is in use for none of its contracts: no clause of theirs would
        ever ask for it."""
        day, clients = self._terms.day, clients_of(self._facts, self._place)
        if self._place.kind == LocationKind.OUTSIDE or not clients:
            return
        theirs = [
            one
            for one in self._facts.all(Contract)
            if one.client in clients and one.starts_on <= day <= one.last_day and self._asks(one)
        ]
        meant = {one.id for one in theirs}
        strange = [one for one in self._devices if not meant & {use.contract for use in self._of(one)}]
        if theirs and strange:
            contracts = "、".join(one.number for one in theirs)
            yield Ask(
                f"{self._place.name}は{contracts}の発注者の施設ですが、{numbers_of(strange)}は{contracts}では"
                f"使われていないため、{contracts}が求める持込みの承諾を確かめられません。"
                f"{contracts}のために持ち込むときは、先に「契約のPC・媒体」に使用を登録してください。"
            )

    def _asks(self, contract: Contract) -> bool:
        ground = self._ground
        view = ContractView(self._facts, ground.catalogue, ground.forms, contract, ground.today)
        return bool(asked(view, DEVICE_IN.duty))

    def _nobody(self) -> Iterator[Ask]:
        """Who has it takes it, where nobody is named: not who had left by then."""
        if self._terms.person is not None:
            return
        for use, device in self._uses():
            person = gone(self._facts, use.person, self._terms.day)
            if person is not None and person.left_on is not None:
                yield Ask(
                    f"{device.control_number}の管理者（使用者）の{person.name}は{wareki(person.left_on)}に"
                    "退職しています。持ち出す者を選んでください。",
                    "person",
                    needed=True,
                )
                return

    def refusals(self) -> Iterator[str]:
        day = self._terms.day
        if not is_away(self._place):
            yield f"{self._place.name}は作業場所のため、持出し先にできません。「移動」で登録してください。"
        if (person := self._person()) is not None:
            yield from unfit(person, day, "持ち出す者")
        yield from back_before_out(self._terms)
        for device in self._devices:
            if sentence := unused(self._facts, device, day):
                yield sentence
            elif out := next(iter(out_on(self._facts, device, day)), None):
                place = self._facts.title(self._facts.find(Location, out.location))
                yield (
                    f"{device.control_number}は{wareki(out.starts_on)}から{place}に持ち出されています。"
                    "先に「機器の持帰り」を登録してください。"
                )
            elif away_on(self._facts, device, day):
                # Uses know days alone: a second trip of the day would stand in the place of the first.
                yield (
                    f"{device.control_number}は{wareki(day)}に持ち帰ったと登録されています。同じ日に再び持ち出したときは、"
                    "その持帰りを元に戻し、最後に戻した日で登録してください。"
                )
            elif late := begun_since(self._facts, self._of(device), day, self._ground.today):
                yield f"{late}持ち出す日を、その日以後にしてください。"

    def remarks(self) -> Iterator[str]:
        if (person := self._person()) is not None:
            contracts = (use.contract for use, _device in self._uses())
            yield from strangers(self._facts, person, contracts, self._terms.day)
        yield from self._elsewhere()

    def _elsewhere(self) -> Iterator[str]:
        """That the building is another client's, of each contract for which it is."""
        if self._place.kind == LocationKind.OUTSIDE:
            return
        numbers = dict.fromkeys(use.contract for use, _device in self._uses())
        for contract in (self._facts.get(Contract, one) for one in numbers):
            if elsewhere(self._facts, contract, self._place):
                yield (
                    f"{self._place.name}は{contract.number}の発注者の施設ではないため、"
                    f"{contract.number}では機器の持出しになります。"
                )

    def _person(self) -> Person | None:
        return self._facts.find(Person, self._terms.person)

    def _of(self, device: Device) -> tuple[DeviceUse, ...]:
        return going_on(self._facts, device, self._terms.day)

    def _uses(self) -> Iterable[tuple[DeviceUse, Device]]:
        return [(use, device) for device in self._devices for use in self._of(device)]

    def _written(self, use: DeviceUse, device: Device) -> Iterator[Write]:
        """``reason``: that a device is private has to be told wherever it is."""
        reason = use.reason if device.owner == Owner.PRIVATE else ""
        person = self._terms.person or kept_by(self._facts, use, self._terms.day)
        yield from otherwise(
            use,
            self._terms.day,
            location=self._place.id,
            person=person,
            approval=None,
            return_by=self._terms.until,
            reason=reason,
        )

    def _goes(self, write: Write) -> bool:
        return isinstance(write.record, DeviceUse) and write.record.location == self._place.id

    def _going(self, write: Write) -> Going:
        use = write.record
        if not isinstance(use, DeviceUse):
            raise TypeError(use)
        device = self._facts.get(Device, use.device)
        out = elsewhere(self._facts, self._facts.get(Contract, use.contract), self._place)
        permit = DEVICE_OUT if out else DEVICE_IN
        return Going(write, use.contract, device, 1, permit)


CHECK_OUT = Act(
    name="check-out",
    title="機器の持出し",
    words=("持出し", "持ち出し", "持ち出す", "外出", "客先"),
    hint="条項が求める承諾と照らして登録し、承諾がなければ申請書を示します。",
    about=Device,
    fields=(_TO, _DAY, PERSON, APPROVAL, PURPOSE, UNTIL, WITHOUT),
    draft=_draft,
    many=True,
    offered=usable,
    unfit=unusable,
)
