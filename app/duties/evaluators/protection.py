"""locked-storage, encryption and domestic-storage: how and where what was entrusted is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.annexes.clause import Medium
from app.annexes.kinds import State, When
from app.duties.evaluators.backups import newest_backups
from app.duties.evaluators.devices import holds_data
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.systems import in_use
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by
from app.records import Asset, BackupRun, Device, Event, Location
from app.records import asset as assets
from app.records.device import DeviceKind, Encryption
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
    media = question.asks.media
    found = {place.id: place for _use, place in view.location_uses if place.kind in _STORING}
    found |= {place.id: place for place in _device_places(view, media)}
    found |= view.once(_asset_places, media)
    if carried_by(media, assets.Medium.DATA):
        found |= {place.id: place for place in view.once(_copies_kept)}
    found = found or {place.id: place for _use, place in view.location_uses}
    return tuple(place for _id, place in sorted(found.items()) if place.kind != LocationKind.CLIENT_SYSTEM)


def _asset_places(view: ContractView, media: tuple[Medium, ...]) -> Mapping[int, Location]:
    """Where the assets lie that are still here, among those on the media of which the clause speaks."""
    # Most assets lie where others of the contract do.
    found: dict[int, Location] = {}
    for one in view.balances:
        place = one.place
        if place is not None and place.id not in found and carried_by(media, one.asset.medium) and one.held:
            found[place.id] = place
    return found


def _device_places(view: ContractView, media: tuple[Medium, ...] = ()) -> Iterator[Location]:
    """Where devices stand that carry what the clause speaks of; paper lies in boxes."""
    for use, device in view.device_uses:
        carrier = assets.Medium.PAPER if device.kind == DeviceKind.PAPER_BOX else assets.Medium.DATA
        place = view.facts.find(Location, use.location)
        if place is not None and carried_by(media, carrier):
            yield place


def _copies_kept(view: ContractView) -> tuple[Location, ...]:
    """Where the systems in use stand, and where the newest backups lie."""
    ids = [system.location for system in view.once(in_use)]
    ids.extend(run.location for run in view.once(newest_backups))
    return tuple(place for one in ids if (place := view.facts.find(Location, one)))


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
    per_event = question.clause.when == (When.EACH_TIME,)
    devices = () if per_event else tuple({d.id: d for _use, d in view.device_uses if holds_data(d)}.values())
    runs = () if per_event else view.once(newest_backups)
    taken = [
        (event, asset)
        for event, asset in view.events_of(EventKind.TAKEN_OUT)
        if carried_by((Medium.ELECTRONIC,), asset.medium)
    ]
    if not devices and not taken and not runs:
        if per_event:
            return question.not_due(
                "電子データの持出しの記録はありませんが、持ち出すときは保護の措置が必要です。"
            )
        if view.device_uses:
            return question.not_applicable("使用する機器に、電子データを記録するものがありません。")
        return question.unrecorded(
            "PC・媒体の使用が記録されていないため、暗号化の状況を示せません。", "device_use"
        )
    lacks = [*_unstated(devices), *_unprotected(question, taken), *_unsaid(runs)]
    weak = [lack for device in devices for lack in weak_storages(device)]
    weak.extend(_open_backup(run) for run in runs if run.encrypted is False)
    if weak and not question.asks.best_effort:
        lacks.extend(weak)
    evidence = [question.evidence(device) for device in devices if device.storages]
    evidence.extend(question.evidence(event, event.happened_at.date()) for event, _asset in taken)
    evidence.extend(question.evidence(run, run.done_on) for run in runs if run.encrypted)
    if weak and not lacks:
        return question.confirm(
            "暗号化していない記憶装置又はバックアップがあるため、同等以上の保護措置をとっているかを確かめてください。",
            weak,
            evidence,
            weak[0].step,
        )
    return question.judge(lacks, evidence, _encrypted(len(devices), len(taken), len(runs)))


def _encrypted(devices: int, taken: int, runs: int) -> str:
    counts = ((devices, "機器", "点の記憶装置"), (taken, "持出し", "件"), (runs, "バックアップ", "件"))
    named = "、".join(f"{what}{number}{unit}" for number, what, unit in counts if number)
    return f"{named}は、すべて暗号化又は保護の措置が記録されています。"


def _unsaid(runs: tuple[BackupRun, ...]) -> Iterator[Lack]:
    for run in runs:
        if run.encrypted is None:
            yield Lack(
                f"{run.what}のバックアップ（{shown(run.done_on)}）の暗号化の有無が登録されていません。",
                "バックアップも、暗号化又は同等以上の保護の状況を登録する必要があります。",
                "backup_run",
                run.id,
                None,
                open_record(run),
            )


def _open_backup(run: BackupRun) -> Lack:
    return Lack(
        f"{run.what}のバックアップ（{shown(run.done_on)}）は暗号化されていません。",
        "データのバックアップは、暗号化する必要があります。",
        "backup_run",
        run.id,
        None,
        open_record(run),
    )


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


def weak_storages(device: Device) -> Iterator[Lack]:
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
        encrypted = device is not None and bool(device.storages) and not any(weak_storages(device))
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
    view = question.view
    places = view.once(every_place)
    if not places:
        return question.unrecorded(
            "作業場所・保管場所が記録されていないため、国内保管を示せません。", "location_use"
        )
    country = question.asks.country or JAPAN
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
    runs = view.once(newest_backups)
    lacks.extend(_unplaced(run) for run in runs if run.location is None)
    evidence = [question.evidence(place) for place in places if place.country == country]
    satisfied = f"使用する場所{len(places)}か所は、すべて{country}国内です。"
    if not runs and not any(place.kind == LocationKind.BACKUP for place in places):
        satisfied = (
            f"使用する場所{len(places)}か所は{country}国内で、バックアップの保管場所の登録はありません。"
        )
    return question.judge(lacks, evidence, satisfied)


def every_place(view: ContractView) -> tuple[Location, ...]:
    """Every place where the information of the contract is worked on or kept, copies included."""
    found = {place.id: place for _use, place in view.location_uses}
    found |= {place.id: place for place in _device_places(view)}
    found |= view.once(_asset_places, ())
    found |= {place.id: place for place in view.once(_copies_kept)}
    return tuple(found.values())


def _unplaced(run: BackupRun) -> Lack:
    return Lack(
        f"{run.what}のバックアップ（{shown(run.done_on)}）の保管場所が登録されていません。",
        "データの保管場所は、バックアップも含めて国内であることを示す必要があります。",
        "backup_run",
        run.id,
        None,
        open_record(run),
    )


LOCKED = evaluator(
    "locked-storage", judge_locked, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE
)
ENCRYPTION = evaluator(
    "encryption",
    judge_encryption,
    State.DUE,
    State.CONFIRM,
    State.NOT_DUE,
    State.SATISFIED,
    State.NOT_APPLICABLE,
)
DOMESTIC = evaluator("domestic-storage", judge_domestic, State.DUE, State.CONFIRM, State.SATISFIED)
