"""encryption: devices, backups and what is taken out of electronic data are encrypted, or as good as that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import AppliesTo, Medium, Within
from app.annexes.kinds import State, When
from app.duties.duty import Remark
from app.duties.evaluators.areas import moved_out
from app.duties.evaluators.backups import backups, newest_backups
from app.duties.evaluators.devices import holds_data
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.transport import safeguards_of
from app.duties.evaluators.unlisted import unlisted_devices
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by, covers
from app.records import Approval, Asset, BackupRun, Device, DeviceUse, Event
from app.records import asset as assets
from app.records.dated import as_of, spans
from app.records.device import Encryption
from app.records.event import EventKind
from app.records.safeguard import Safeguard
from app.records.status import Status

Taken = tuple[Event, Asset]


def judge(question: Question) -> Verdict:
    view = question.view
    taken = view.once(_taken, question.asks.applies_to)
    if question.clause.when == (When.EACH_TIME,):
        return _each_time(question, taken)
    devices = tuple({d.id: d for _use, d in view.device_uses if holds_data(d)}.values())
    runs = view.once(newest_backups)
    remarks = tuple(_over(question, devices))
    if not devices and not taken and not runs:
        return _nothing(question)._replace(remarks=remarks)
    bare, doubts = _unprotected(question, taken)
    doubts.extend(_unknown(view))
    lacks = [*_unstated(devices), *bare, *_unsaid(runs)]
    weak = [lack for device in devices for lack in weak_storages(device)]
    weak.extend(_open_backup(run) for run in runs if run.encrypted is False)
    (doubts if question.asks.best_effort else lacks).extend(weak)
    evidence = [question.evidence(device) for device in devices if device.storages]
    evidence.extend(question.evidence(event, event.happened_at.date()) for event, _asset in taken)
    evidence.extend(question.evidence(run, run.done_on) for run in runs if run.encrypted)
    if doubts and not lacks:
        why = (
            "暗号化していないもの、又は措置が文章だけで記録されたものがあるため、"
            "同等以上の保護措置をとっているかを確かめてください。"
        )
        return question.confirm(why, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    satisfied = _encrypted(len(devices), len(taken), len(runs))
    return question.judge((*lacks, *doubts), evidence, satisfied, remarks=remarks)


def _each_time(question: Question, taken: tuple[Taken, ...]) -> Verdict:
    """A clause on take-outs alone."""
    if not taken:
        return question.not_due(
            "電子データの持出しの記録はありませんが、持ち出すときは保護の措置が必要です。"
        )
    bare, doubts = _unprotected(question, taken)
    evidence = [question.evidence(event, event.happened_at.date()) for event, _asset in taken]
    if doubts and not bare:
        why = "持出しの措置が暗号化でないか文章だけのため、暗号化に当たる対策かを確かめてください。"
        return question.confirm(why, doubts, evidence, doubts[0].step)
    return question.judge((*bare, *doubts), evidence, _encrypted(0, len(taken), 0))


def _nothing(question: Question) -> Verdict:
    """Nothing that could be encrypted is recorded; whether there is nothing, the assets may tell."""
    data = any(one.held and one.asset.medium != assets.Medium.PAPER for one in question.view.balances)
    if question.view.device_uses and not data:
        return question.not_applicable("使用する機器に、電子データを記録するものがありません。")
    why = "契約で使うPC・媒体が登録されていないため、暗号化の状況を示せません。"
    if question.view.device_uses:
        why = "電子データがありますが、それを記録する機器が登録されていないため、暗号化の状況を示せません。"
    return question.unrecorded(why, "device_use")


def _taken(view: ContractView, applies_to: AppliesTo) -> tuple[Taken, ...]:
    """Electronic data that was taken out, or moved to a place outside."""
    return tuple(
        (event, asset)
        for event, asset in view.events_of(EventKind.TAKEN_OUT, EventKind.MOVED)
        if carried_by((Medium.ELECTRONIC,), asset.medium)
        and covers(applies_to, asset.classification)
        and (event.kind == EventKind.TAKEN_OUT or moved_out(view, event, Within.PREMISES))
    )


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


def _unprotected(question: Question, taken: tuple[Taken, ...]) -> tuple[list[Lack], list[Lack]]:
    """Take-outs without any measure, and those with another than encryption or one in words only."""
    bare: list[Lack] = []
    doubts: list[Lack] = []
    for event, asset in taken:
        stated = safeguards_of(question.view, event)
        if weak := _on_weak(question.view, event) if Safeguard.ENCRYPTED in stated else None:
            doubts.append(_denied(event, asset, weak))
            continue
        if Safeguard.ENCRYPTED in stated or _on_encrypted(question.view, event):
            continue
        said = "、".join(stated) or _told(question.view, event)
        what = f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）"
        text = f"{what}に保護の措置が記録されていません。"
        if said:
            text = f"{what}の措置は「{said}」のため、暗号化又は同等以上の措置かを確かめてください。"
        (doubts if said else bare).append(
            Lack(
                text,
                "電子データを持ち出すときは、暗号化又は同等以上の保護の措置を記録する必要があります。",
                "event",
                event.id,
                None,
                open_record(event),
            )
        )
    return bare, doubts


def _told(view: ContractView, event: Event) -> str:
    approval = view.facts.find(Approval, event.approval)
    return event.protection or (approval.protection if approval else "")


def _on_weak(view: ContractView, event: Event) -> Device | None:
    """The device that carried it, where its own record says that it is not encrypted throughout."""
    device = _then(view, event)
    return device if device is not None and any(weak_storages(device)) else None


def _then(view: ContractView, event: Event) -> Device | None:
    """The device that carried it, as it was on that day: what was encrypted later was not then."""
    device = view.facts.find(Device, event.device)
    return as_of(device, event.happened_at.date()) if device is not None else None


def _denied(event: Event, asset: Asset, device: Device) -> Lack:
    text = (
        f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）は暗号化とされていますが、"
        f"使われた{device.control_number}には暗号化されていない部分があります。"
    )
    why = "持ち出したデータそのものが暗号化されていたかを確かめてください。"
    return Lack(text, why, "event", event.id, step=open_record(event))


def _unknown(view: ContractView) -> Iterator[Lack]:
    """Devices that a record names as used, nobody recorded as in use, and that are not fully encrypted."""
    for one in unlisted_devices(view):
        if holds_data(one.device) and _weak(one.device):
            text = (
                f"{one.device.control_number}は{one.what}（{shown(one.on)}）に使われていますが、"
                "全体の暗号化も使用の期間も記録されていません。"
            )
            yield Lack(text, "", "device", one.device.id, step=open_record(one.device))


def _on_encrypted(view: ContractView, event: Event) -> bool:
    device = _then(view, event)
    return device is not None and bool(device.storages) and not any(weak_storages(device))


def _over(question: Question, now: tuple[Device, ...]) -> Iterator[Remark]:
    """Devices used for a time without full encryption, in use or not, and open backups that were replaced."""
    still, day = {device.id for device in now}, question.view.day
    for use in question.view.held(DeviceUse):
        device = question.view.facts.find(Device, use.device)
        if device is None or use.status != Status.ACTUAL or not holds_data(device):
            continue
        if device.id not in still and (use.ends_on is None or use.ends_on > question.view.as_of):
            continue
        for since, until in spans(device, day, _weak):
            # What is so to this day is judged as it is now.
            if until == day and device.id in still:
                continue
            since, until = max(since, use.starts_on), min(until, use.ends_on or until)
            if since <= until:
                yield _used_weak(use, as_of(device, until), since, until)
    yield from _replaced(question.view)


def _weak(device: Device) -> bool:
    return not device.storages or any(weak_storages(device))


def _used_weak(use: DeviceUse, device: Device, since: date, until: date) -> Remark:
    how = "全体を暗号化しないまま" if device.storages else "暗号化の記録がないまま"
    text = f"{device.control_number}は、{how}、{shown(since)}から{shown(until)}まで使われました。"
    return Remark(text, "device_use", use.id, since, until, late=False)


def _replaced(view: ContractView) -> Iterator[Remark]:
    """Backups that were not encrypted, until the next of the same thing took their place."""
    last: dict[str, BackupRun] = {}
    for run in view.once(backups):
        before = last.get(run.what)
        if before is not None and before.encrypted is False:
            text = (
                f"{before.what}のバックアップ（{shown(before.done_on)}）は、"
                f"{shown(run.done_on)}まで暗号化されないままでした。"
            )
            yield Remark(text, "backup_run", before.id, before.done_on, run.done_on, late=False)
        last[run.what] = run


EVALUATOR = evaluator(
    "encryption",
    judge,
    State.DUE,
    State.CONFIRM,
    State.NOT_DUE,
    State.SATISFIED,
    State.NOT_APPLICABLE,
)
