"""What registers and reports state of a machine or medium, and of its use for a contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.duties.case import Case
from app.records import Device, DeviceUse
from app.records.device import DeviceKind, Storage
from app.records.paths import Path
from app.records.spelling.collation import order
from app.records.status import Status
from forms.parts.cells import Cell, field
from forms.parts.lasting import lasts
from forms.parts.texts import lines, or_none, unique

_ORDER: Mapping[str, int] = {kind: number for number, kind in enumerate(DeviceKind)}


def device_of(case: Case, use: DeviceUse) -> Device:
    """The device that is used."""
    return case.facts.get(Device, use.device)


def in_use(case: Case, use: DeviceUse) -> bool:
    """What is no longer used may keep its gaps: nobody can fill them any more."""
    return lasts(use, case.day)


def electronic(case: Case, use: DeviceUse) -> bool:
    """Whether it is in use and can hold electronic data."""
    return in_use(case, use) and device_of(case, use).kind != DeviceKind.PAPER_BOX


def machine(case: Case, use: DeviceUse) -> bool:
    """Whether it is in use and runs programs."""
    return in_use(case, use) and device_of(case, use).kind in (DeviceKind.PC, DeviceKind.SERVER)


def expected(case: Case, use: DeviceUse) -> bool:
    """Whether the use is a plan on the day printed: it is marked as one."""
    return use.status == Status.PLANNED or use.starts_on > case.day


def rank(case: Case, use: DeviceUse) -> tuple[int, str, date, int]:
    """Machines first, in the order of the list of kinds; then by control number and day."""
    device = device_of(case, use)
    return _ORDER.get(device.kind, len(_ORDER)), order(device.control_number), use.starts_on, use.id


def _model(case: Case, use: DeviceUse) -> str:
    return or_none(lines(device_of(case, use).maker, device_of(case, use).model))


def _storages(case: Case, use: DeviceUse) -> str:
    return or_none(lines(*map(_protection, device_of(case, use).storages)))


def _protection(storage: Storage) -> str:
    how = "、".join(unique((storage.tool, storage.method)))
    return f"{storage.name}：{storage.encryption}" + (f"（{how}）" if how else "")


CONTROL = field(DeviceUse, "device.control_number", 8, fit=True)
KIND = field(DeviceUse, "device.kind")
MODEL = Cell("メーカー・型番", _model, 22)
SERIAL = field(DeviceUse, "device.serial", needed=electronic)
OS = field(DeviceUse, "device.os", 13, needed=machine)
STORAGES = Cell("記憶装置の暗号化", _storages, 16, rests=(Path(DeviceUse, "device.storages"),))
ANTI_MALWARE = field(DeviceUse, "device.anti_malware", label="マルウェア対策", needed=machine)
OWNER = field(DeviceUse, "device.owner", 9, "center")
KEEPER = field(DeviceUse, "person.name", 14, fit=True, label="管理者", needed=in_use)
PLACE = field(DeviceUse, "location.name", label="設置・保管場所", needed=in_use)
STARTS = field(DeviceUse, "starts_on", 12, "center", fit=True)
ENDS = field(DeviceUse, "ends_on")
