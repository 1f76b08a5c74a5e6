"""持帰り: what is out is back, in one step; where it was, with whom and since when stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.records import (
    Approval,
    Device,
    DeviceUse,
    Facts,
    Field,
    Location,
    Record,
)
from app.records.days import DayOnly, When, ahead_of, wareki, wareki_moment
from app.records.device import Owner
from app.records.kinds import Day, Ref
from app.work.acts.devices.persons import kept_by, kept_by_none
from app.work.acts.devices.uses import (
    destroyed_before,
    devices_of,
    is_away,
    numbers_of,
    out_on,
    uses_of,
)
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, with_values

_DAY = Field("on", Day(label="持ち帰った日", past=True, back=2), required=True, default=None)
TO = Field(
    "to",
    Ref(label="戻した場所", to="location", hint="空欄は、持ち出す前の場所"),
    required=False,
    default=None,
)


def late(promised: date | None, approval: Approval | None, called: str, day: date) -> Iterator[str]:
    """That it came back after it was allowed or promised to be out."""
    last = approval.last_day if approval is not None else None
    if approval is not None and last is not None and last < day:
        yield f"{called}は、{approval.number}の期限（{wareki(last)}）の後の持帰りです。"
    elif promised is not None and promised < day:
        yield f"{called}は、持帰りの予定日（{wareki(promised)}）の後の持帰りです。"


def future(at: When, ground: Ground) -> Iterator[str]:
    """What is still to come is not back."""
    if ahead := ahead_of(at, ground.now):
        when = "日" if isinstance(at, DayOnly) else "日時"
        yield (
            f"持ち帰った{when}（{wareki_moment(at)}）が{ahead}より後です。"
            f"持ち帰ってから、その{when}を登録してください。"
        )


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices = devices_of(records)
    title, day = f"機器の持帰り　{numbers_of(devices)}", answers.get("on")
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("持ち帰った日を入力してください。", "on", needed=True),))
    back = _Devices(ground, devices, day, ground.facts.find(Location, answers.get("to")))
    refusals = tuple(back.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = tuple(back.writes())
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(back.asks()),
        remarks=tuple(back.remarks()),
    )


class _Devices:
    """Some devices that are back on ``day``."""

    def __init__(self, ground: Ground, devices: tuple[Device, ...], day: date, to: Location | None) -> None:
        self._ground, self._facts = ground, ground.facts
        self._devices, self._day, self._to = devices, day, to

    def writes(self) -> Iterator[Write]:
        for device in self._devices:
            for use in out_on(self._facts, device, self._day):
                home = self._home(use)
                if home is not None:
                    yield Write(with_values(use, ends_on=self._day), use)
                    yield Write(self._back(use, device, home))

    def asks(self) -> Iterator[Ask]:
        for device in self._devices:
            if any(self._home(use) is None for use in out_on(self._facts, device, self._day)):
                yield Ask(
                    f"{device.control_number}を持ち出す前の場所が登録されていません。戻した場所を選んでください。",
                    "to",
                    needed=True,
                )

    def refusals(self) -> Iterator[str]:
        yield from future(DayOnly(self._day), self._ground)
        if self._to is not None and is_away(self._to):
            to = self._to
            yield f"{to.name}は{to.kind}のため、戻した場所にできません。作業場所を選んでください。"
        for device in self._devices:
            if why := destroyed_before(self._facts, device, self._day):
                yield why
            elif not out_on(self._facts, device, self._day):
                yield (
                    f"{device.control_number}は{wareki(self._day)}に持ち出されていません。"
                    "管理番号と日付を確かめてください。"
                )

    def remarks(self) -> Iterator[str]:
        for device in self._devices:
            for use in out_on(self._facts, device, self._day):
                approval = self._facts.find(Approval, use.approval)
                yield from late(use.return_by, approval, device.control_number, self._day)
        uses = (use for device in self._devices for use in out_on(self._facts, device, self._day))
        yield from kept_by_none(self._facts, uses, self._day)

    def _home(self, use: DeviceUse) -> int | None:
        return self._to.id if self._to is not None else _home(self._facts, use)

    def _back(self, use: DeviceUse, device: Device, home: int) -> DeviceUse:
        """The use at home. Of a trip within one day, that day belongs to the trip: it must not vanish."""
        since = self._day if use.starts_on < self._day else self._day + timedelta(days=1)
        reason = use.reason if device.owner == Owner.PRIVATE else ""
        return with_values(
            use,
            id=0,
            revision=0,
            starts_on=since,
            ends_on=None,
            location=home,
            person=kept_by(self._facts, use, self._day),
            approval=None,
            return_by=None,
            reason=reason,
        )


def _home(facts: Facts, use: DeviceUse) -> int | None:
    """Where it stood before it was taken out, for the same contract; None where nothing tells."""
    former = [
        one
        for one in uses_of(facts, facts.get(Device, use.device), use.contract)
        if one.starts_on <= use.starts_on and one.id != use.id and _kept(facts, one)
    ]
    return former[-1].location if former else None


def _kept(facts: Facts, use: DeviceUse) -> bool:
    place = facts.find(Location, use.location)
    return place is not None and not is_away(place)


def _given_devices(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """Today, and where all of them stood before."""
    facts = ground.facts
    uses = [use for one in devices_of(records) for use in out_on(facts, one, ground.today)]
    home = same_of(_home(facts, use) for use in uses)
    return {"on": ground.today, "to": home} if home else {"on": ground.today}


def same_of(found: Iterable[int | None]) -> int | None:
    """What all of them say; None where they differ."""
    held = set(found)
    return held.pop() if len(held) == 1 else None


def _device_out(ground: Ground, one: Record) -> bool:
    if not isinstance(one, Device) or destroyed_before(ground.facts, one, ground.today + timedelta(days=1)):
        return False
    return bool(out_on(ground.facts, one, ground.today))


CHECK_IN = Act(
    name="check-in",
    title="機器の持帰り",
    words=("持帰り", "持ち帰り", "返却", "戻した", "帰った"),
    hint="持ち出す前の場所に戻します。",
    about=Device,
    fields=(_DAY, TO),
    draft=_draft,
    many=True,
    offered=_device_out,
    given=_given_devices,
)
