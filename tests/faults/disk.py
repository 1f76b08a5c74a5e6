"""The faulty disk: ``interpose.c`` compiled and put before the C library of a process, and its levers."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("interpose.c")
WHY_NOT = "it needs Linux and a C compiler (cc), since it stands between the program and the C library"


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the chosen call: the C side's mode, and the error for those that fail."""

    name: str
    mode: int
    code: int = 0
    kills: bool = False
    every: int = 1
    """So many calls from one that is tried to the next."""
    replayed: bool = False
    """Whether what is left is made from the record of a run without fault: a death changes nothing more."""


FAULTS = {
    fault.name: fault
    for fault in (
        Fault("kill", 1, kills=True, replayed=True),
        Fault("torn", 2, kills=True, replayed=True),
        Fault("kill-9", 1, kills=True, every=8),
        Fault("eio", 3, errno.EIO),
        Fault("eio-on", 4, errno.EIO),
        Fault("full", 3, errno.ENOSPC),
        Fault("full-on", 4, errno.ENOSPC),
        Fault("short", 5),
    )
}


def possible() -> bool:
    """Whether this computer can have a faulty disk."""
    return sys.platform.startswith("linux") and shutil.which("cc") is not None


def library() -> Path:
    """The compiled library, made once for each state of its source."""
    mark = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    made = Path(tempfile.gettempdir()) / f"jutaku-faults-{os.getuid()}-{mark}.so"
    if not made.exists():
        beside = made.with_name(f"{made.name}.{os.getpid()}")
        subprocess.run(  # our own source, no shell
            ["cc", "-O2", "-shared", "-fPIC", "-o", beside, SOURCE, "-ldl"],  # whichever cc there is
            check=True,
        )
        beside.replace(made)
    return made


class Disk:
    """The levers of the library in this process, which was started with it.

    A fault of mode ``TORN`` writes half of what it was given before the process dies.
    """

    TORN = 2

    def __init__(self) -> None:
        self._c = ctypes.CDLL(None)
        self._c.faults_arm.argtypes = [
            ctypes.c_char_p,
            ctypes.c_long,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_char_p,
        ]
        self._c.faults_seen.restype = self._c.faults_fired.restype = ctypes.c_long

    def arm(self, folder: Path, at: int = 0, fault: Fault | None = None, log: Path | None = None) -> None:
        """Watch ``folder`` from here on; at call number ``at`` the fault happens."""
        mode, code = (fault.mode, fault.code) if fault else (0, 0)
        self._c.faults_arm(os.fsencode(folder), at, mode, code, os.fsencode(log) if log else b"")

    def rest(self) -> None:
        """Watch nothing."""
        self._c.faults_rest()

    @property
    def seen(self) -> int:
        """Calls that change files, since ``arm``."""
        return int(self._c.faults_seen())


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it was carried out; ``what`` is the first letter of its name."""

    what: str
    path: str
    other: str
    at: int
    data: bytes


def calls(log: Path) -> Iterator[Call]:
    """Every call of a log."""
    held, at = log.read_bytes(), 0
    head = struct.Struct("<ciiqq")
    while at < len(held):
        what, path, other, place, size = head.unpack_from(held, at)
        at += head.size
        parts = []
        for length in (path, other, size):
            parts.append(held[at : at + length])
            at += length
        yield Call(what.decode(), os.fsdecode(parts[0]), os.fsdecode(parts[1]), place, parts[2])
