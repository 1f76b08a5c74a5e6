"""Linux: what the file system tells anybody of the machine, its system and what encrypts its disks."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.exchange.machine.machine import Disk, Machine, capacity, named
from app.records.device import Encryption

_SECTOR = 512
"""Bytes in which the kernel counts, whatever the disk's own sectors are."""
_UNREAL = re.compile(r"(loop|ram|zram|dm-|sr|fd|md|nbd)\d*")
_CRYPT = re.compile(r"CRYPT-(LUKS\d?|PLAIN|VERITY|TCRYPT|BITLK)", re.IGNORECASE)
_ENCRYPTS = ("LUKS", "PLAIN", "TCRYPT", "BITLK")


def machine(on: date, root: Path = Path("/"), name: str = "") -> Machine:
    """The machine whose file system begins at ``root``, on that day."""
    board = root / "sys/class/dmi/id"
    disks = list(_disks(root))
    return Machine(
        on=on,
        name=named(name or platform.node()),
        maker=named(_text(board / "sys_vendor")),
        model=named(_text(board / "product_name")),
        serial=named(_text(board / "product_serial")),
        os=_system(root),
        capacity=capacity([_size(disk) for disk in disks]),
        disks=tuple(_disk(root, disk) for disk in disks),
    )


def _text(path: Path) -> str:
    """One value of the kernel; empty where there is none, or it is kept for the administrator."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _system(root: Path) -> str:
    for line in _text(root / "etc/os-release").splitlines():
        key, _, value = line.partition("=")
        if key == "PRETTY_NAME":
            return named(value.strip().strip("\"'"))
    return ""


def _disks(root: Path) -> Iterator[Path]:
    try:
        found = sorted((root / "sys/block").iterdir())
    except OSError:
        return
    for disk in found:
        if not _UNREAL.fullmatch(disk.name) and _text(disk / "removable") != "1" and _size(disk):
            yield disk


def _size(disk: Path) -> int:
    text = _text(disk / "size")
    return int(text) * _SECTOR if text.isascii() and text.isdigit() else 0


def _disk(root: Path, disk: Path) -> Disk:
    name = named(_text(disk / "device/model")) or disk.name
    parts = [disk / entry.name for entry in _entries(disk) if (disk / entry.name / "partition").is_file()]
    crypted = [_crypt(part) for part in parts or [disk]]
    if all(crypted):
        return Disk(name, Encryption.FULL, next(iter(crypted)))
    if any(crypted):
        return Disk(name, Encryption.PARTIAL, next(filter(None, crypted)))
    # What is mounted straight from a part of the disk has nothing that encrypts between them.
    used = _mounted(root)
    if any(part.name in used for part in parts or [disk]):
        return Disk(name, Encryption.NONE)
    return Disk(name, None)


def _crypt(part: Path) -> str:
    """What encrypts all of a part of a disk; empty where nothing is seen to."""
    for holder in _entries(part / "holders"):
        match = _CRYPT.match(_text(part / "holders" / holder.name / "dm/uuid"))
        if match and match[1].upper().startswith(_ENCRYPTS):
            return match[1].upper().rstrip("0123456789")
    return ""


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _mounted(root: Path) -> frozenset[str]:
    """The names of the devices that are mounted as they are."""
    lines = _text(root / "proc/self/mounts").splitlines()
    return frozenset(line.split()[0].rpartition("/")[2] for line in lines if line.startswith("/dev/"))
