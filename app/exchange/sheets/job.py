"""Windows' own way to bound a process: a job object, which ends with whoever holds it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen
from typing import Any

_EXTENDED_LIMITS = 9
_ACTIVE_PROCESSES, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x8, 0x100, 0x2000


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


@contextmanager
def bounded(process: Popen[bytes], memory: int) -> Iterator[None]:
    """Meanwhile ``process`` takes no more than ``memory`` bytes, starts no other, and outlives nobody.

    It has to wait for its input until then. On other systems a process bounds itself. Raises ``OSError``.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.SetInformationJobObject.argtypes = (
            ctypes.c_void_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_uint32,
        )
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        made = kernel.CreateJobObjectW(None, None)
        try:
            if not (made and _limited(kernel, made, process, memory)):
                raise ctypes.WinError(ctypes.get_last_error())
            yield
        finally:
            kernel.CloseHandle(made)
    else:
        yield


def _limited(kernel: Any, made: int, process: Popen[bytes], memory: int) -> bool:
    """Whether ``process`` is now in the job, with its limits."""
    wanted = _Extended()
    wanted.basic.flags = _PROCESS_MEMORY | _KILL_ON_CLOSE | _ACTIVE_PROCESSES
    wanted.basic.active_processes = 1
    wanted.process_memory = memory
    handle: Any = getattr(process, "_handle")  # noqa: B009  # Windows' own, which no type declares
    return bool(
        kernel.SetInformationJobObject(made, _EXTENDED_LIMITS, ctypes.byref(wanted), ctypes.sizeof(wanted))
        and kernel.AssignProcessToJobObject(made, int(handle))
    )
