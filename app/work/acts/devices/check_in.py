"""持帰り: what is out is back, in one step; where it was, with whom and since when stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.duties.holding.balance import Balance
from app.records import Approval, Asset, Device, DeviceUse, Event, Field, Location, Person, Record
from app.records.days import DayOnly, When, wareki
from app.records.device import Owner
from app.records.event import EventKind
from app.records.kinds import Day, Moment, Ref
from app.records.status import Status
from app.work.acts.devices.check_out_assets import assets_of
from app.work.acts.devices.contents import balance_of, taken_out
from app.work.acts.devices.persons import unfit
from app.work.acts.devices.uses import away_on, devices_of, is_away, numbers_of, uses_of
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, with_values

_DAY = Field("on", Day(label="持ち帰った日", past=True, back=2), required=True, default=None)
_WHEN = Field("on", Moment(label="持ち帰った日時", past=True, back=2), required=True, default=None)
_TO = Field(
    "to",
    Ref(label="戻した場所", to="location", hint="空欄は、持ち出す前の場所"),
    required=False,
    default=None,
)
_PERSON = Field("person", Ref(label="持ち帰った者", to="person"), required=False, default=None)


def _late(promised: date | None, approval: Approval | None, called: str, day: date) -> Iterator[str]:
    last = approval.last_day if approval is not None else None
    if approval is not None and last is not None and last < day:
        yield f"{called}は、{approval.number}の期限（{wareki(last)}）の後の持帰りです。"
    elif promised is not None and promised < day:
        yield f"{called}は、持帰りの予定日（{wareki(promised)}）の後の持帰りです。"


def _future(label: str, day: date, today: date) -> Iterator[str]:
    if day > today:
        yield f"{label}（{wareki(day)}）がきょうより後です。持ち帰ってから、その日を登録してください。"


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
            for use in away_on(self._facts, device, self._day):
                home = self._home(use)
                if home is not None:
                    yield Write(with_values(use, ends_on=self._day), use)
                    yield Write(self._back(use, device, home))

    def asks(self) -> Iterator[Ask]:
        for device in self._devices:
            if any(self._home(use) is None for use in away_on(self._facts, device, self._day)):
                yield Ask(
                    f"{device.control_number}を持ち出す前の場所が登録されていません。戻した場所を選んでください。",
                    "to",
                    needed=True,
                )

    def refusals(self) -> Iterator[str]:
        yield from _future("持ち帰った日", self._day, self._ground.today)
        if self._to is not None and is_away(self._to):
            to = self._to
            yield f"{to.name}は{to.kind}のため、戻した場所にできません。作業場所を選んでください。"
        for device in self._devices:
            if not away_on(self._facts, device, self._day):
                yield (
                    f"{device.control_number}は{wareki(self._day)}に持ち出されていません。"
                    "管理番号と日付を確かめてください。"
                )

    def remarks(self) -> Iterator[str]:
        for device in self._devices:
            for use in away_on(self._facts, device, self._day):
                approval = self._facts.find(Approval, use.approval)
                yield from _late(use.return_by, approval, device.control_number, self._day)

    def _home(self, use: DeviceUse) -> int | None:
        """Where it stood before it was taken out, for the same contract."""
        if self._to is not None:
            return self._to.id
        former = [
            one
            for one in uses_of(self._facts, self._facts.get(Device, use.device), use.contract)
            if one.starts_on <= use.starts_on and one.id != use.id and self._kept(one)
        ]
        return former[-1].location if former else None

    def _kept(self, use: DeviceUse) -> bool:
        place = self._facts.find(Location, use.location)
        return place is not None and not is_away(place)

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
            approval=None,
            return_by=None,
            reason=reason,
        )


def _draft_assets(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets, when = assets_of(records), answers.get("on")
    title = f"情報資産の持帰り　{'、'.join(one.number for one in assets)}"
    if when is None:
        return Draft(title, title, asks=(Ask("持ち帰った日時を入力してください。", "on", needed=True),))
    back = _Assets(ground, assets, when, answers)
    refusals = tuple(back.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = tuple(back.writes())
    return Draft(
        f"{title}（{wareki(when.date())}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(back.asks()),
        remarks=tuple(back.remarks()),
    )


class _Assets:
    """Some assets of which all that was out is back at one moment."""

    def __init__(self, ground: Ground, assets: tuple[Asset, ...], when: When, answers: Answers) -> None:
        self._ground, self._facts, self._assets, self._when = ground, ground.facts, assets, when
        self._to = ground.facts.find(Location, answers.get("to"))
        self._person = ground.facts.find(Person, answers.get("person"))

    def writes(self) -> Iterator[Write]:
        for asset in self._assets:
            line = self._line(asset)
            place = self._to or line.place
            yield Write(
                Event(
                    asset=asset.id,
                    kind=EventKind.BROUGHT_BACK.value,
                    status=Status.ACTUAL.value,
                    happened_at=self._when,
                    quantity=line.out,
                    person=self._person.id if self._person else None,
                    location=place.id if place else None,
                )
            )

    def asks(self) -> Iterator[Ask]:
        for asset in self._assets:
            if self._to is None and self._line(asset).place is None:
                yield Ask(f"{asset.number}を戻した場所を選んでください。", "to")

    def refusals(self) -> Iterator[str]:
        yield from _future("持ち帰った日時", self._when.date(), self._ground.today)
        if self._person is not None:
            yield from unfit(self._person, self._when.date(), "持ち帰った者")
        for asset in self._assets:
            if not self._line(asset).out:
                yield (
                    f"{asset.number}は{wareki(self._when.date())}に持ち出されたままではありません。"
                    "番号と日時を確かめてください。"
                )

    def remarks(self) -> Iterator[str]:
        for asset in self._assets:
            out = taken_out(self._facts, asset, self._when.date())
            if out is not None:
                approval = self._facts.find(Approval, out.approval)
                yield from _late(out.return_by, approval, asset.number, self._when.date())

    def _line(self, asset: Asset) -> Balance:
        return balance_of(self._facts, asset, self._when.date())


def _given_assets(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """Today, at an hour that only the officer knows, and whoever took all of it out.

    How it was carried nobody knows.
    """
    outs = [taken_out(ground.facts, one, ground.today) for one in assets_of(records)]
    people = {one.person for one in outs if one is not None and one.person is not None}
    when = DayOnly(ground.today)
    return {"on": when, "person": people.pop()} if len(people) == 1 else {"on": when}


def _device_out(ground: Ground, one: Record) -> bool:
    return isinstance(one, Device) and bool(away_on(ground.facts, one, ground.today))


def _asset_out(ground: Ground, one: Record) -> bool:
    return isinstance(one, Asset) and bool(balance_of(ground.facts, one, ground.today).out)


CHECK_IN = Act(
    name="check-in",
    title="機器の持帰り",
    words=("持帰り", "持ち帰り", "返却", "戻した", "帰った"),
    hint="持ち出す前の場所に戻します。",
    about=Device,
    fields=(_DAY, _TO),
    draft=_draft,
    many=True,
    offered=_device_out,
    given=lambda ground, _records: {"on": ground.today},
)
CHECK_IN_ASSET = Act(
    name="check-in-asset",
    title="情報資産の持帰り",
    words=("持帰り", "持ち帰り", "返却", "戻した", "帰った"),
    hint="持出し中の数量を、持ち出す前の場所に戻します。",
    about=Asset,
    fields=(_WHEN, _TO, _PERSON),
    draft=_draft_assets,
    many=True,
    offered=_asset_out,
    given=_given_assets,
)
