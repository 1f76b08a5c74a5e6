"""Who opens a socket to anywhere but this computer is killed by the kernel: nothing can go round that."""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import sys

KILLED = str(int(getattr(signal, "SIGSYS", 31)))
"""How ``apart`` tells of a process that was killed for a socket."""

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NUMBER, _MACHINE, _FAMILY = 0, 4, 16
"""Where the call's number, the machine and the first argument stand in what the kernel shows a filter."""
_LOCAL = 1
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The machine as the kernel calls it, and its number of ``socket``."""


def possible() -> bool:
    """Whether this computer can be kept so."""
    return sys.platform.startswith("linux") and platform.machine() in _SOCKET


def keep() -> None:
    """Have this process, and whatever it starts, killed at the first such socket. Raises ``OSError``."""
    machine, call = _SOCKET[platform.machine()]
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_JUMP_IF, 0, 4, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF, 0, 3, call),
        (_LOAD, 0, 0, _FAMILY),
        (_JUMP_IF, 1, 0, _LOCAL),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    )
    held = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(held)))
    c = ctypes.CDLL(None, use_errno=True)
    if c.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or c.prctl(_SECCOMP, _FILTER, program, 0, 0):
        raise OSError(ctypes.get_errno(), "no filter of calls")
