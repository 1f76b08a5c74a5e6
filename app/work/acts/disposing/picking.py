"""What was picked to be disposed of, as lines of one disposal: as much as is here on the day, never more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.duties.holding.destruction import DESTROYING
from app.records import Asset, Contract, Device, Disposal, Event, Facts, Record
from app.records.amounts import Amount, amount_text
from app.records.asset import Medium
from app.records.days import wareki
from app.records.disposal import DisposalLine
from app.records.event import EventKind
from app.records.status import Status
from app.work.acts.devices.contents import contents
from app.work.acts.devices.uses import destroyed, uses_of
from app.work.acts.disposing.rest import Rest, Rests
from app.work.acts.plan import Answers, Ask, Ground, all_of


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked, of one contract, and what keeps it from being disposed of on the day."""

    contract: Contract | None
    lines: tuple[DisposalLine, ...]
    refusals: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    remarks: tuple[str, ...] = ()


def assets_of(records: tuple[Record, ...]) -> tuple[Asset, ...]:
    """The assets that an act is done to. Raises ``TypeError`` for another record."""
    return all_of(records, Asset)


def devices_of(records: tuple[Record, ...]) -> tuple[Device, ...]:
    """The devices that an act is done to. Raises ``TypeError`` for another record."""
    return all_of(records, Device)


def called(records: Iterable[Record]) -> str:
    """The numbers of what was picked, in one line."""
    return "、".join(
        one.number if isinstance(one, Asset) else one.control_number
        for one in records
        if isinstance(one, Asset | Device)
    )


def picked_assets(ground: Ground, assets: tuple[Asset, ...], answers: Answers) -> Picked:
    facts, day = ground.facts, answers["on"]
    contract = facts.get(Contract, assets[0].contract)
    if told := mixed(facts, assets):
        return Picked(None, (), (told,))
    rests = {one.held.asset.id: one for one in Rests(facts, contract, min(day, ground.today)).all()}
    device = facts.find(Device, answers.get("device"))
    part: Amount | None = answers.get("quantity") if len(assets) == 1 else None
    refusals = tuple(_too_much(rests.get(one.id), one, day, part) for one in assets)
    found = tuple(sentence for sentence in refusals if sentence)
    if found:
        return Picked(contract, (), found)
    lines = tuple(of_asset(rests[one.id], part, device) for one in assets)
    homeless = [one.number for one in assets if one.medium == Medium.DATA and device is None]
    asks: tuple[Ask, ...] = ()
    if homeless and answers["method"] in DESTROYING:
        asks = (
            Ask(
                f"{'、'.join(homeless)}は電子データのため、「{answers['method']}」したPC・媒体を選んでください。",
                "device",
                needed=True,
            ),
        )
    received = [one.number for one in assets if came(facts, one)]
    if received:
        asks += (
            Ask(
                f"発注者から受け取ったもの（{'、'.join(received)}）を廃棄・消去します。"
                "返還ではなく廃棄・消去とする発注者の指示又は了解があるかを確かめてください。"
            ),
        )
    return Picked(contract, lines, (), asks)


def came(facts: Facts, asset: Asset) -> bool:
    """Whether any of it came from the client: what was made in the work is counted as it is, and did not."""
    return any(
        one.kind == EventKind.RECEIVED and one.status != Status.PLANNED
        for one in facts.of(Event, "asset", asset.id)
    )


def mixed(facts: Facts, assets: Iterable[Asset]) -> str:
    """That the assets are of several contracts, which one disposal cannot be; else empty."""
    contracts = tuple(dict.fromkeys(one.contract for one in assets))
    numbers = "、".join(facts.key_of("contract", one) for one in contracts)
    told = f"{numbers}の情報資産が混じっています。契約ごとに選んで登録してください。"
    return told if len(contracts) > 1 else ""


def _too_much(rest: Rest | None, asset: Asset, day: date, part: Amount | None) -> str:
    """Why so much of it cannot be disposed of; else empty."""
    named = f"{asset.number}（{asset.item}）"
    if rest is None:
        return (
            f"{named}は、{wareki(day)}の時点で手元に残っていません。"
            "既に返還・廃棄した記録、持出し中の記録と日付を確かめてください。"
        )
    if part is not None and part > rest.quantity:
        return (
            f"{named}の数量が、手元にある{amount_text(rest.quantity)}{asset.unit}を超えます。"
            "数量を確かめてください。"
        )
    return ""


def of_asset(rest: Rest, part: Amount | None, device: Device | None, result: str = "") -> DisposalLine:
    """The line of an asset, of all that is here or of ``part``. ``device``: on which data was."""
    asset = rest.held.asset
    on = device if asset.medium == Medium.DATA else None
    return DisposalLine(
        asset=asset.id,
        device=on.id if on else None,
        item=asset.item,
        medium=asset.medium,
        quantity=part or rest.quantity,
        unit=asset.unit,
        serial=asset.identifier or (on.serial if on else ""),
        result=result,
    )


def picked_devices(ground: Ground, devices: tuple[Device, ...], answers: Answers) -> Picked:
    facts, day = ground.facts, answers["on"]
    contracts = contracts_of(facts, devices)
    chosen = answers.get("contract") or (contracts[0] if len(contracts) == 1 else None)
    contract = facts.find(Contract, chosen)
    refusals = tuple(gone(facts, one, day, chosen) for one in devices)
    if found := tuple(sentence for sentence in refusals if sentence):
        return Picked(contract, (), found)
    if contract is None:
        used = "、".join(facts.key_of("contract", one) for one in contracts)
        told = f"{used}で使われています。" if used else "契約での使用の記録がありません。"
        ask = Ask(
            f"{called(devices)}は{told}どの契約の廃棄・消去かを選んでください。", "contract", needed=True
        )
        return Picked(None, (), (), (ask,))
    strangers = tuple(_stranger(ground, one, contract, day) for one in devices)
    if found := tuple(sentence for sentence in strangers if sentence):
        return Picked(contract, (), found)
    lines, asks, remarks = [], list[Ask](), list[str]()
    for device in devices:
        held = contents(facts, device, min(day, ground.today))
        items = "，".join(dict.fromkeys(one.asset.item for one in held)) or str(answers.get("item") or "")
        if not items:
            asks.append(
                Ask(
                    f"{device.control_number}に入っていた情報の記録がありません。記録されていた情報を入力してください。",
                    "item",
                    needed=True,
                )
            )
        if named := "、".join(one.named for one in held if one.sure):
            asks.append(
                Ask(
                    f"{device.control_number}には{named}が入っています。"
                    "なくなった分は、「情報資産」の廃棄・消去も登録してください。"
                )
            )
        lines.append(_of_device(device, items))
    others = [one for one in contracts if one != contract.id and _without(facts, devices, one)]
    if others:
        numbers = "、".join(facts.key_of("contract", one) for one in others)
        remarks.append(f"{contract.number}の廃棄・消去として登録します（{numbers}の証明書には載りません）。")
        asks.append(
            Ask(
                f"{numbers}でも使われています。{numbers}の承諾や証明書を要するかを確かめ、"
                "同じ日の廃棄・消去として、契約を選んで続けて登録してください。"
            )
        )
    return Picked(contract, tuple(lines), (), tuple(asks), tuple(remarks))


def _stranger(ground: Ground, device: Device, contract: Contract, day: date) -> str:
    """That a machine of other contracts has nothing of this one; else empty.

    Under a contract that never had it, no clause of those that had it would ask about its end.
    """
    facts, used = ground.facts, contracts_of(ground.facts, (device,))
    inside = (one.asset.contract for one in contents(facts, device, min(day, ground.today)))
    if not used or contract.id in (*used, *inside):
        return ""
    numbers = "、".join(facts.key_of("contract", one) for one in used)
    return (
        f"{device.control_number}は{contract.number}では使われていません（使用の登録は{numbers}）。"
        "どの契約の廃棄・消去かを選び直してください。"
    )


def contracts_of(facts: Facts, devices: Iterable[Device]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(use.contract for one in devices for use in uses_of(facts, one)))


def gone(facts: Facts, device: Device, day: date, contract: int | None = None) -> str:
    """That a machine was destroyed before; else empty. One that was erased may be erased again.

    What was destroyed for one ``contract`` of several (None: whichever) is still to be written down for the
    others, as of the same day: their clauses ask about it too.
    """
    done = destroyed(facts, device, day)
    if not done:
        return ""
    first = min(done, key=lambda one: (one.done_on, one.id))
    owed = _owed(facts, device, done)
    if not (owed if contract is None else contract in owed):
        return (
            f"{device.control_number}は{wareki(first.done_on)}に廃棄済みです（{first.number}）。"
            "管理番号と日付を確かめてください。"
        )
    if day != first.done_on and contract is not None:
        return (
            f"{device.control_number}は{wareki(first.done_on)}に廃棄済みです（{first.number}）。"
            "ほかの契約の廃棄・消去も、同じ日で登録してください。"
        )
    return ""


def _owed(facts: Facts, device: Device, done: Iterable[Disposal]) -> list[int]:
    """The contracts with the machine of which no disposal of it is written down."""
    known = {one.contract for one in done}
    return [one for one in contracts_of(facts, (device,)) if one not in known]


def _without(facts: Facts, devices: Iterable[Device], contract: int) -> bool:
    """Whether a contract has one of the machines, and no disposal of it that has ended."""
    for device in devices:
        lines = (
            one.ended(line)
            for one in facts.of(Disposal, "lines.device", device.id)
            for line in one.lines
            if one.contract == contract and line.device == device.id
        )
        if not any(lines) and contract in contracts_of(facts, (device,)):
            return True
    return False


def _of_device(device: Device, item: str) -> DisposalLine:
    medium = device.kind.partition("：")[2] or device.kind
    return DisposalLine(
        device=device.id, item=item, medium=medium, quantity=1, unit="台", serial=device.serial
    )
