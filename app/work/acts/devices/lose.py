"""紛失・盗難・誤送付 and other accidents, from the machine, the medium or the asset to which they happened.

Nothing about the thing itself is ended: it was lost, and what was held is not returned by that.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.records import Asset, Device, DeviceUse, Field, Location, Person, Record
from app.records.amounts import Amount, amount_text
from app.records.dated import as_of
from app.records.days import wareki
from app.records.device import DeviceKind
from app.records.incident import IncidentAsset
from app.records.kinds import Quantity
from app.work.acts.devices.accident import ASTRAY, FIELDS, Accident, Concerned, known_before
from app.work.acts.devices.contents import (
    Content,
    balance_of,
    contents,
    device_of,
    protected,
    trips,
)
from app.work.acts.devices.uses import devices_of, gone_before, numbers_of, uses_of
from app.work.acts.plan import Act, Answers, Ask, Begin, Draft, Ground

_WORDS = (
    "紛失",
    "なくした",
    "失くした",
    "落とした",
    "置き忘れ",
    "盗難",
    "盗まれた",
    "誤送付",
    "誤送信",
    "漏えい",
    "漏洩",
    "ウイルス",
    "感染",
    "不正アクセス",
    "事故",
)
_ACCOUNTS = (DeviceKind.PC, DeviceKind.SERVER, DeviceKind.MOBILE)
"""Machines by which whoever has them may come at other things."""
_QUANTITY = Field(
    "quantity",
    Quantity(label="数量", hint="一部だけのとき。空欄は、残っている数量のすべて"),
    required=False,
    default=None,
)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    return _Device(ground, devices_of(records), answers).draft()


def _draft_asset(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets = tuple(one for one in records if isinstance(one, Asset))
    return _Assets(ground, assets, answers).draft()


class _Device:
    """An accident with some machines or media, found together."""

    def __init__(self, ground: Ground, devices: tuple[Device, ...], answers: Answers) -> None:
        self._facts, self._devices = ground.facts, devices
        self._accident = Accident(ground, answers)

    def draft(self) -> Draft:
        accident, named = self._accident, numbers_of(self._devices)
        refusals = list(accident.refusals())
        needed = tuple(accident.open())
        if refusals or needed:
            title = f"{accident.kind or '事故'}　{named}"
            return Draft(title, title, asks=needed, refusals=tuple(refusals))
        concerned = self._concerned()
        if not concerned:
            sentence = (
                f"{named}は、{wareki(accident.day)}にどの契約でも使われておらず、情報資産の記録もありません。"
                "関係する契約が分かるときは、「事故」を登録してその契約を選んでください。"
            )
            lost = tuple(self._empty(one) for one in self._devices)
            begin = Begin("incident", "事故を登録…", {**accident.said(), "assets": lost})
            refused = (*self._gone(), sentence)
            return Draft(f"{accident.kind}　{named}", named, refusals=refused, begin=begin)
        rows = [row for held in concerned.values() for row in held.rows]
        remarks = (*self._remarks(), *known_before(self._facts, concerned, rows))
        return accident.draft(named, concerned, remarks, self._asks())

    def _concerned(self) -> dict[int, Concerned]:
        """Every contract that used one of the devices then, or whose information is on one."""
        found: dict[int, Concerned] = {}
        for device in self._devices:
            kept = [one for one in self._contents(device) if one.sure]
            contracts = dict.fromkeys(
                (*(use.contract for use in self._uses(device)), *(one.asset.contract for one in kept))
            )
            for contract in sorted(contracts):
                held = found.setdefault(contract, Concerned())
                held.things.append(f"{device.control_number}（{device.kind}）")
                if self._accident.gone:
                    held.protection.append(protected(device, self._accident.day))
                of_contract = [one for one in kept if one.asset.contract == contract]
                held.rows += [self._kept(device, one) for one in of_contract] or [self._empty(device)]
        return dict(sorted(found.items()))

    def _kept(self, device: Device, one: Content) -> IncidentAsset:
        return self._accident.row(
            asset=one.asset.id,
            device=device.id,
            item=one.asset.item,
            medium=device.kind,
            quantity=one.quantity,
            persons=one.asset.persons,
        )

    def _empty(self, device: Device) -> IncidentAsset:
        return self._accident.row(device=device.id, medium=device.kind, quantity=1)

    def _contents(self, device: Device) -> tuple[Content, ...]:
        return contents(self._facts, device, self._accident.day)

    def _uses(self, device: Device) -> Iterator[DeviceUse]:
        """The uses that held at any time from the day of the accident until it was found."""
        for use in uses_of(self._facts, device):
            if use.starts_on <= self._accident.until and (
                use.ends_on is None or use.ends_on >= self._accident.day
            ):
                yield use

    def _gone(self) -> Iterator[str]:
        for device in self._devices:
            yield from gone_before(self._facts, device, self._accident.day)

    def _remarks(self) -> Iterator[str]:
        yield from self._gone()
        for device in self._devices:
            number = device.control_number
            for use in self._uses(device):
                person, place = self._facts.find(Person, use.person), self._facts.find(Location, use.location)
                yield (
                    f"{number}は{self._facts.key_of('contract', use.contract)}で"
                    f"{person.name if person else '管理者の記録がない者'}が"
                    f"{place.name if place else '場所の記録がないところ'}で使っていました"
                    f"（{wareki(use.starts_on)}から）。"
                )
            yield f"{wareki(self._accident.day)}現在の登録　{protected(device, self._accident.day)}"
            if kept := [one.named for one in self._contents(device) if one.sure]:
                yield f"{number}に入っていた情報：{'、'.join(kept)}"

    def _asks(self) -> Iterator[Ask]:
        if machines := [one for one in self._devices if self._accident.lost and one.kind in _ACCOUNTS]:
            yield Ask(
                f"{numbers_of(machines)}で使える利用者アカウントを停止し、パスワードを変更してください。"
            )
        for device in self._devices:
            number, held = device.control_number, self._contents(device)
            if doubtful := [one.named for one in held if not one.sure]:
                yield Ask(
                    f"{number}で使われた{'、'.join(doubtful)}が残っていなかったかを確かめ、"
                    "残っていたときは事故の「対象の情報」に加えてください。"
                )
            elif not held:
                yield Ask(
                    f"{number}に情報資産が入っていた記録はありません。入っていた情報を確かめ、"
                    "事故の「対象の情報」に入力してください。"
                )


class _Assets:
    """An accident with some assets, found together."""

    def __init__(self, ground: Ground, assets: tuple[Asset, ...], answers: Answers) -> None:
        self._facts, self._assets = ground.facts, assets
        self._accident = Accident(ground, answers)
        self._part: Amount | None = answers.get("quantity") if len(assets) == 1 else None

    def draft(self) -> Draft:
        accident, named = self._accident, "、".join(one.number for one in self._assets)
        refusals = tuple(accident.refusals())
        needed = tuple(accident.open())
        if refusals or needed:
            title = f"{accident.kind or '事故'}　{named}"
            return Draft(title, title, asks=needed, refusals=refusals)
        concerned = self._concerned()
        rows = [row for held in concerned.values() for row in held.rows]
        remarks = (*self._remarks(), *known_before(self._facts, concerned, rows))
        return accident.draft(named, concerned, remarks, ())

    def _concerned(self) -> dict[int, Concerned]:
        found: dict[int, Concerned] = {}
        for asset in self._assets:
            held = found.setdefault(asset.contract, Concerned())
            device = device_of(self._facts, asset, self._accident.day)
            held.things.append(f"{asset.number}（{asset.item}）")
            held.protection.extend(self._protected(asset, device))
            held.rows.append(
                self._accident.row(
                    asset=asset.id,
                    device=device.id if device else None,
                    item=asset.item,
                    medium=device.kind if device else asset.medium,
                    quantity=self._part or self._left(asset) or None,
                    persons=asset.persons if self._part is None else None,
                )
            )
        return dict(sorted(found.items()))

    def _left(self, asset: Asset) -> Amount:
        return balance_of(self._facts, asset, self._accident.day).held

    def _protected(self, asset: Asset, device: Device | None) -> Iterator[str]:
        """How the lost thing was protected on its day, as far as the ledger says so of that very day.

        How it was carried another time says nothing of it, nor does the disk from which data was sent.
        """
        accident = self._accident
        out = trips(self._facts, asset, accident.day)
        if accident.lost and device is not None:
            yield protected(device, accident.day)
        if accident.gone and out:
            for one, _quantity in out:
                measures = "、".join(text for text in (*one.safeguards, one.protection) if text)
                day = wareki(one.happened_at.date())
                yield f"{asset.number}：持出し（{day}）の措置は{measures or '記録なし'}"
        elif accident.lost and device is None:
            place = balance_of(self._facts, asset, accident.day).place
            if place is not None:
                then = as_of(place, accident.day)
                store = f"（保管設備：{then.store}）" if then.store else ""
                yield f"{asset.number}：記録上の保管場所は{then.name}{store}"

    def _remarks(self) -> Iterator[str]:
        for asset in self._assets:
            left, day = self._left(asset), wareki(self._accident.day)
            if not left:
                yield (
                    f"{asset.number}は、{day}に手元に残っている記録がありません。"
                    "授受・廃棄の記録と、起きた日時を確かめてください。"
                )
            elif self._part is not None and self._part > left:
                yield (
                    f"{asset.number}の数量は、{day}に残っている{amount_text(left)}{asset.unit}を超えます。"
                    "数量を確かめてください。"
                )


LOSE = Act(
    name="lose",
    title="紛失・盗難などの事故",
    words=("USBを紛失", "PCを紛失", *_WORDS),
    hint="関係するすべての契約の事故を登録し、電話する相手と速報を示します。",
    about=Device,
    fields=FIELDS,
    draft=_draft,
    many=True,
    urgent=True,
)
LOSE_ASSET = Act(
    name="lose-asset",
    title="紛失・誤送付などの事故",
    words=_WORDS,
    hint="契約ごとの事故を登録し、電話する相手と速報を示します。",
    about=Asset,
    fields=(*FIELDS, *ASTRAY, _QUANTITY),
    draft=_draft_asset,
    asked=lambda _ground, records: (*FIELDS, *ASTRAY, *((_QUANTITY,) if len(records) == 1 else ())),
    many=True,
    urgent=True,
)
