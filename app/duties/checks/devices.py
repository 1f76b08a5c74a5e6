"""Cross-checks of machines and media: where they stand, who has them, how they are protected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter

from app.duties.checks.check import Check, Found, found, from_duties
from app.duties.evaluators.devices import holds_data, unregistered
from app.duties.evaluators.encrypting import weak_storages
from app.duties.finding import Severity
from app.duties.questions import asked
from app.duties.verdict import Question, add, shown
from app.duties.view import ContractView
from app.records import Asset, Device, DeviceUse, Disposal, Event, Location, LocationUse, stated_key
from app.records.dated import as_of
from app.records.location import LocationKind
from app.records.status import Status

_DEVICE: attrgetter[int | None] = attrgetter("device")
_CLIENTS = (LocationKind.CLIENT_PREMISES, LocationKind.CLIENT_SYSTEM)


def _in_use(view: ContractView) -> Iterator[tuple[DeviceUse, Device]]:
    """Devices that are really in use now."""
    return (
        (use, device)
        for use, device in view.device_uses
        if use.status == Status.ACTUAL and use.starts_on <= view.as_of
    )


def _outside(view: ContractView) -> Iterator[Found]:
    """Machines that stand where no work is recorded or notified, unless an approval let them go there."""
    used = {place.id: use for use, place in view.location_uses if use.starts_on <= view.as_of}
    untold = {place: question for place, use in used.items() if (question := _untold(view, use))}
    for use, device in _in_use(view):
        number = use.location
        if use.approval is not None or number is None or (number in used and number not in untold):
            continue
        place = view.facts.find(Location, number)
        if place is None or place.kind in _CLIENTS:
            continue
        if number in untold:
            question = untold[number]
            text = f"{device.control_number}が、届出書を提出していない{place.name}で使われています。"
            step = question.issue(stated_key(used[number]))
            yield found(text, use, step)._replace(clause=question.clause)
        else:
            text = (
                f"{device.control_number}が{place.name}で使われていますが、作業場所として登録されていません。"
            )
            yield found(text, use, add("location_use", location=place.id))


def _untold(view: ContractView, at: LocationUse) -> Question | None:
    """The first clause under which the use of a place had to be notified and was not."""
    for question in asked(view, "work-location"):
        if question.reported and view.proof(question.kind, stated_key(at)) is None:
            return question
    return None


def _unkept(view: ContractView) -> Iterator[Found]:
    """Nobody answers for it, or nobody knows where it is."""
    for use, device in _in_use(view):
        for lack in unregistered(use, device):
            if lack.record == "device_use":
                yield Found(lack.text, lack.record, lack.id, lack.step)


def _unencrypted(view: ContractView) -> Iterator[Found]:
    """Storage that is not, or not known to be, encrypted: in use, or an asset was last put on it."""
    bare = {device.id: "" for _use, device in _in_use(view) if _bare(device)}
    for number, asset in _last_on_bare(view).items():
        bare[number] = f"{asset.number}を保存した"
    for number, why in bare.items():
        device = as_of(view.facts.get(Device, number), view.day)
        if not device.storages:
            text = f"{why}{device.control_number}の記憶装置が暗号化されているか分かりません。"
            yield found(text, device, known=False)
        for lack in weak_storages(device):
            yield found(f"{why}{lack.text}", device)


def _bare(device: Device) -> bool:
    return holds_data(device) and (not device.storages or any(weak_storages(device)))


def _last_on_bare(view: ContractView) -> Mapping[int, Asset]:
    """Device without full encryption → an asset that is held and was last put on it."""
    used = set(map(_DEVICE, chain.from_iterable(view.happened.values())))
    devices = (view.facts.find(Device, number) for number in used)
    bare = {device.id for device in devices if device is not None and _bare(as_of(device, view.day))}
    if not bare:
        return {}
    last: dict[int, Event] = {}
    for event in chain.from_iterable(view.happened.values()):
        before = last.get(event.asset)
        if event.device is not None and (before is None or before.happened_at <= event.happened_at):
            last[event.asset] = event
    put = (
        (one.asset, last[one.asset.id].device) for one in view.balances if one.asset.id in last and one.held
    )
    return {device: asset for asset, device in put if device in bare and device is not None}


def _retired(view: ContractView) -> Iterator[Found]:
    for use, device in _in_use(view):
        gone = device.retired_on
        if gone is not None and gone < view.as_of:
            yield found(_goes_on(device, f"{shown(gone)}に使用を終えて"), use)
        elif day := _destroyed(view, device):
            yield found(_goes_on(device, f"{shown(day)}に廃棄・消去されて"), use)


def _goes_on(device: Device, what: str) -> str:
    return f"{device.control_number}は{what}いますが、この契約での使用が続いています。"


def _destroyed(view: ContractView, device: Device) -> date | None:
    """The day on which the machine itself was finished with, before the day asked."""
    done = (
        disposal.done_on
        for disposal in view.facts.of(Disposal, "lines.device", device.id)
        for line in disposal.lines
        if line.device == device.id and line.asset is None and disposal.ended(line)
    )
    return min((day for day in done if day < view.as_of), default=None)


def _plan_left(view: ContractView) -> Iterator[Found]:
    """A plan whose day has come and that no fact has followed."""
    actual = {use.device for use in view.held(DeviceUse) if use.status == Status.ACTUAL}
    for use in view.held(DeviceUse):
        if use.status == Status.PLANNED and use.starts_on < view.as_of and use.device not in actual:
            device = view.facts.find(Device, use.device)
            number = device.control_number if device else "機器"
            text = f"{number}の使用は{shown(use.starts_on)}からの予定のままで、実績の記録がありません。"
            yield found(text, use)


CHECKS = (
    Check("device-outside", "届け出ていない場所の機器", Severity.VIOLATION, ("work-location",), _outside),
    Check(
        "device-unkept",
        "管理者か設置場所のない機器",
        Severity.WARNING,
        ("equipment-register",),
        _unkept,
    ),
    Check(
        "storage-unencrypted", "暗号化されていない記憶装置", Severity.VIOLATION, ("encryption",), _unencrypted
    ),
    Check(
        "private-device",
        "私物の機器",
        Severity.VIOLATION,
        ("private-device-ban",),
        from_duties("private-device-ban", "device_use"),
    ),
    Check(
        "device-retired-in-use",
        "使用を終えた機器の使用",
        Severity.WARNING,
        ("equipment-register",),
        _retired,
    ),
    Check("device-plan-left", "実績のない使用の予定", Severity.REMARK, (), _plan_left),
    Check(
        "software-unchecked",
        "期限を過ぎたソフトウェア点検",
        Severity.WARNING,
        ("software-hygiene",),
        from_duties("software-hygiene", "device", late=True),
    ),
)
