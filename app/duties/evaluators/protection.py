"""locked-storage, encryption and domestic-storage: how and where what was entrusted is kept."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.clause import Medium
from app.duties.evaluators.devices import holds_data
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import carried_by
from app.records import Asset, Device, Event, Location
from app.records.device import Encryption
from app.records.event import EventKind
from app.records.location import JAPAN, LocationKind

_STORING = (LocationKind.STORE, LocationKind.BACKUP)
_NONE = "なし"


def judge_locked(question: Question) -> Verdict:
    view = question.view
    if view.balances and not any(carried_by(question.asks.media, one.asset.medium) for one in view.balances):
        media = "・".join(str(medium) for medium in question.asks.media)
        return question.not_applicable(f"この契約には、{media}を媒体とする情報資産がありません。")
    places = _storage_places(question)
    if not places:
        return question.unrecorded(
            "保管場所が記録されていないため、施錠や立入制限を示せません。", "location_use"
        )
    lacks = [lack for place in places for lack in _unlocked(place)]
    evidence = [question.evidence(place) for place in places]
    satisfied = f"保管に使う場所{len(places)}か所のすべてに、施錠、入退室管理又は保管設備が記録されています。"
    return question.judge(lacks, evidence, satisfied)


def _storage_places(question: Question) -> tuple[Location, ...]:
    """Where things are kept: stores in use, where devices stand and assets lie; else the places of work."""
    view = question.view
    places = {place.id: place for _use, place in view.location_uses if place.kind in _STORING}
    for use, _device in view.device_uses:
        if place := view.facts.find(Location, use.location):
            places[place.id] = place
    for one in view.balances:
        if one.place and one.held and carried_by(question.asks.media, one.asset.medium):
            places[one.place.id] = one.place
    found = places or {place.id: place for _use, place in view.location_uses}
    return tuple(place for _id, place in sorted(found.items()) if place.kind != LocationKind.CLIENT_SYSTEM)


def _unlocked(place: Location) -> Iterator[Lack]:
    stated = [text for text in (place.lock, place.entry_control, place.store) if text]
    if any(text != _NONE for text in stated):
        return
    text = f"{place.name}には施錠、入退室管理、保管設備のいずれもありません。"
    if not stated:
        text = f"{place.name}の施錠、入退室管理、保管設備が登録されていません。"
    why = "情報を保管する場所には、施錠、入退室管理又は保管設備のいずれかが必要です。"
    yield Lack(text, why, "location", place.id, None, open_record(place))


def judge_encryption(question: Question) -> Verdict:
    view = question.view
    devices = tuple({d.id: d for _use, d in view.device_uses if holds_data(d)}.values())
    taken = [
        (event, asset)
        for event, asset in view.events
        if event.kind == EventKind.TAKEN_OUT and carried_by((Medium.ELECTRONIC,), asset.medium)
    ]
    if not devices and not taken:
        if view.device_uses:
            return question.not_applicable("使用する機器に、電子データを記録するものがありません。")
        return question.unrecorded(
            "PC・媒体の使用が記録されていないため、暗号化の状況を示せません。", "device_use"
        )
    lacks = [*_unstated(devices), *_unprotected(question, taken)]
    weak = [lack for device in devices for lack in _weak(device)]
    if weak and not question.asks.best_effort:
        lacks.extend(weak)
    evidence = [question.evidence(device) for device in devices if device.storages]
    evidence.extend(question.evidence(event, event.happened_at.date()) for event, _asset in taken)
    if weak and not lacks:
        return question.confirm(
            "暗号化していない記憶装置があるため、同等以上の保護措置をとっているかを確かめてください。",
            weak,
            evidence,
            weak[0].step,
        )
    return question.judge(lacks, evidence, f"機器{len(devices)}点の記憶装置は、すべて暗号化されています。")


def _unstated(devices: tuple[Device, ...]) -> Iterator[Lack]:
    for device in devices:
        if not device.storages:
            yield Lack(
                f"{device.control_number}の暗号化の状況が登録されていません。",
                "データを記録する機器は、暗号化又は同等以上の保護の状況を登録する必要があります。",
                "device",
                device.id,
                None,
                open_record(device),
            )


def _weak(device: Device) -> Iterator[Lack]:
    for storage in device.storages:
        if storage.encryption != Encryption.FULL:
            state = (
                "暗号化されていません"
                if storage.encryption == Encryption.NONE
                else "一部だけ暗号化されています"
            )
            yield Lack(
                f"{device.control_number}の{storage.name}は{state}。",
                "データを記録する機器は、記憶装置の全体を暗号化する必要があります。",
                "device",
                device.id,
                None,
                open_record(device),
            )


def _unprotected(question: Question, taken: list[tuple[Event, Asset]]) -> Iterator[Lack]:
    for event, asset in taken:
        device = question.view.facts.find(Device, event.device)
        encrypted = device is not None and bool(device.storages) and not any(_weak(device))
        if not event.protection and not encrypted:
            yield Lack(
                f"{asset.number}の持出し（{shown(event.happened_at.date())}）に保護の措置が記録されていません。",
                "電子データを持ち出すときは、暗号化又は同等以上の保護の措置を記録する必要があります。",
                "event",
                event.id,
                None,
                open_record(event),
            )


def judge_domestic(question: Question) -> Verdict:
    uses = question.view.location_uses
    if not uses:
        return question.unrecorded(
            "作業場所・保管場所が記録されていないため、国内保管を示せません。", "location_use"
        )
    country = question.asks.country or JAPAN
    places = tuple({place.id: place for _use, place in uses}.values())
    lacks = [
        Lack(
            f"{place.name}は国外（{place.country or '国の記載なし'}）です。",
            f"データはバックアップも含めて{country}国内だけに保管する必要があります。",
            "location",
            place.id,
            None,
            open_record(place),
        )
        for place in places
        if place.country != country
    ]
    evidence = [question.evidence(place) for place in places if place.country == country]
    satisfied = f"使用する場所{len(places)}か所は、すべて{country}国内です。"
    if not any(place.kind == LocationKind.BACKUP for place in places):
        satisfied = (
            f"使用する場所{len(places)}か所は{country}国内で、バックアップの保管場所の登録はありません。"
        )
    return question.judge(lacks, evidence, satisfied)


LOCKED = evaluator(judge_locked, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE)
ENCRYPTION = evaluator(judge_encryption, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE)
DOMESTIC = evaluator(judge_domestic, State.DUE, State.CONFIRM, State.SATISFIED)
