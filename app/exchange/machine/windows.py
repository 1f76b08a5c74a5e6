"""Windows: one script asks its own interfaces, and what it answers is read here. No rights, no network.

Of BitLocker the shell tells without administrator rights (``System.Volume.BitLockerProtection``); the class
of WMI that says more is closed to others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.exchange.machine.machine import Disk, Machine, capacity, named
from app.records.days import wareki
from app.records.device import Encryption

FORMAT = "jutaku-pc"
VERSION = 1

QUESTIONS = r"""
$ErrorActionPreference = 'SilentlyContinue'
function Ask($class, $space) {
    try { @(Get-CimInstance -ClassName $class -Namespace $space -OperationTimeoutSec 10 -ErrorAction Stop) }
    catch { @() }
}
$cim = 'root/cimv2'
$computer = Ask 'Win32_ComputerSystem' $cim | Select-Object -First 1
$bios = Ask 'Win32_BIOS' $cim | Select-Object -First 1
$system = Ask 'Win32_OperatingSystem' $cim | Select-Object -First 1
$kept = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
$shell = New-Object -ComObject Shell.Application
$volumes = @(Ask 'Win32_LogicalDisk' $cim | Where-Object { $_.DriveType -eq 3 } | ForEach-Object {
    $told = $null
    try { $told = $shell.NameSpace($_.DeviceID).Self.ExtendedProperty('System.Volume.BitLockerProtection') }
    catch { }
    @{ name = $_.DeviceID; protection = $told }
})
$disks = @(Ask 'Win32_DiskDrive' $cim |
    Where-Object { $_.InterfaceType -ne 'USB' -and $_.MediaType -like 'Fixed*' } |
    ForEach-Object { @{ model = $_.Model; size = $_.Size } })
$watching = @(Ask 'AntiVirusProduct' 'root/SecurityCenter2' |
    ForEach-Object { @{ name = $_.displayName; state = $_.productState } })
$fixes = @(Ask 'Win32_QuickFixEngineering' $cim | Where-Object { $_.InstalledOn } |
    Sort-Object InstalledOn | Select-Object -Last 1 |
    ForEach-Object { @{ id = $_.HotFixID; on = $_.InstalledOn.ToString('yyyy-MM-dd') } })
$found = @{
    format = 'jutaku-pc'; version = 1; on = (Get-Date).ToString('yyyy-MM-dd')
    name = $env:COMPUTERNAME; maker = $computer.Manufacturer; model = $computer.Model
    serial = $bios.SerialNumber; caption = $system.Caption; kind = $system.ProductType
    release = $kept.DisplayVersion; build = $kept.CurrentBuild; revision = $kept.UBR
    volumes = $volumes; disks = $disks; watching = $watching; fixes = $fixes
}
$json = ConvertTo-Json -InputObject $found -Depth 4
"""
"""Leaves in ``$json`` what this PC tells of itself."""

_WORKSTATION = 1
_BITLOCKER: Mapping[int | None, tuple[Encryption | None, str]] = {
    1: (Encryption.FULL, ""),
    2: (Encryption.NONE, ""),
    3: (Encryption.PARTIAL, ""),
    4: (Encryption.PARTIAL, ""),
    5: (None, "BitLockerの保護が中断されています"),
    6: (Encryption.FULL, ""),
    8: (None, "BitLockerがまだ有効になっていません"),
}
"""What the number of a volume says; while protection is suspended its key lies open beside the data."""


def machine(told: Mapping[str, Any], on: date) -> Machine:
    """The PC of an answer to ``QUESTIONS``, on that day. What is missing or strange in it is not told."""
    watching, remarks = _watching(_maps(told, "watching"))
    return Machine(
        on=on,
        name=named(told.get("name")),
        maker=named(told.get("maker")),
        model=named(told.get("model")),
        serial=named(told.get("serial")),
        os=_system(told),
        capacity=capacity([size for one in _maps(told, "disks") if (size := _number(one.get("size")))]),
        disks=tuple(_disk(one) for one in _maps(told, "volumes")),
        anti_malware=watching,
        patched=_patched(told),
        server=_number(told.get("kind")) not in (None, _WORKSTATION),
        remarks=remarks,
    )


def _system(told: Mapping[str, Any]) -> str:
    caption = named(told.get("caption")).removeprefix("Microsoft ")
    return f"{caption} {named(told.get('release'))}".strip() if caption else ""


def _disk(told: Mapping[str, Any]) -> Disk:
    name = named(told.get("name")).rstrip(":")
    encryption, why = _BITLOCKER.get(_number(told.get("protection")), (None, ""))
    return Disk(f"{name}ドライブ", encryption, "BitLocker" if _protects(encryption) else "", why=why)


def _protects(encryption: Encryption | None) -> bool:
    return encryption in (Encryption.FULL, Encryption.PARTIAL)


def _watching(told: list[Mapping[str, Any]]) -> tuple[str, tuple[str, ...]]:
    """The programs that watch, and what is to be said of them. The state's bits are Windows' own."""
    running: dict[str, None] = {}
    remarks: list[str] = []
    for one in told:
        name, state = named(one.get("name")), _number(one.get("state"))
        if not name or state is None:
            continue
        if (state >> 12) & 0xF != 1:
            remarks.append(f"{name}は動作していません。")
            continue
        running[name] = None
        if (state >> 4) & 0xF:
            remarks.append(f"{name}の定義ファイルが最新ではありません。")
    return "、".join(running), tuple(remarks)


def _patched(told: Mapping[str, Any]) -> str:
    build = ".".join(str(part) for key in ("build", "revision") if (part := told.get(key)) not in (None, ""))
    found: list[tuple[date, str]] = []
    for one in _maps(told, "fixes"):
        try:
            found.append((date.fromisoformat(str(one.get("on"))), named(one.get("id"))))
        except ValueError:
            continue
    if not found:
        return ""
    day, what = max(found)
    return f"{what}（{wareki(day)}）" + (f"　ビルド{build}" if build else "")


def _maps(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of objects; one that stands alone is what PowerShell makes of a list of one."""
    held = told.get(name)
    listed = held if isinstance(held, list) else [held]
    return [one for one in listed if isinstance(one, Mapping)]


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() else None
