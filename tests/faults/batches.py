"""Many tries in one process, each within its time and memory; a try that kills it costs only itself."""

from __future__ import annotations

import mmap
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from tests.faults.apart import GONE, Told, apart, told_of
from tests.faults.tally import Tally

AT_ONCE = 500
"""Tries of one process."""
SECONDS = 5.0
"""Processor time that one file from outside may take."""
MEMORY = 512 * 1024 * 1024
"""Bytes of data that the process may hold, the program itself among them."""
_PATIENCE = 600.0


class Bench(Protocol):
    """What the tries of one process share."""

    def try_one(self, number: int) -> object:
        """Try number ``number``: raises ``PeopleError`` for what is refused, anything else for a failure."""

    def end(self) -> None:
        """Raise ``AssertionError`` for what shows only after all of them."""


def in_batches(
    tally: Tally, numbers: Sequence[int], begin: Callable[[], AbstractContextManager[Bench]]
) -> Tally:
    """Try all ``numbers``, so many in one process that begins with ``begin``."""
    at = mmap.mmap(-1, 8)
    left = list(numbers)
    while left:
        batch = left[:AT_ONCE]
        told = apart(lambda batch=batch: _tried(batch, begin, at), patience=_PATIENCE)  # type: ignore[misc]
        if told.how == "done":
            tried, hows, failures = len(batch), told.value[0], told.value[1]
        else:
            # The one that it died of is not tried again; those before it are not told of.
            died = int.from_bytes(at[:8], "big")
            tried = batch.index(died) + 1 if told.how in GONE and died in batch else len(batch)
            hows, failures = {told.how: 1}, [[died, f"{told.how} {told.what}"]]
        tally.tried += tried
        tally.told.update(hows)
        for number, why in failures:
            tally.fail(number, why)
        left = left[tried:]
    return tally


def _tried(
    batch: Sequence[int], begin: Callable[[], AbstractContextManager[Bench]], at: mmap.mmap
) -> list[Any]:
    # Windows has no such module, and no processes to limit by it.
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    hows: Counter[str] = Counter()
    failures: list[tuple[int | str, str]] = []
    with begin() as bench:
        for number in batch:
            at[:8] = number.to_bytes(8, "big")
            told, spent = _timed(lambda number=number: bench.try_one(number))  # type: ignore[misc]
            hows[told.how] += 1
            if told.how == "bug":
                failures.append((number, told.what))
            elif spent > SECONDS:
                failures.append((number, f"{told.how} after {spent:.1f} s of processor time"))
        whole = told_of(bench.end)
    if whole.how != "done":
        failures.append((f"{batch[0]} … {batch[-1]}", f"{whole.how} {whole.what}"))
    return [hows, failures]


def _timed(work: Callable[[], object]) -> tuple[Told, float]:
    # What never comes back within twice its time is ended by the alarm, with its process.
    signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS)
    began = time.process_time()
    told = told_of(work)
    spent = time.process_time() - began
    signal.setitimer(signal.ITIMER_PROF, 0)
    return told, spent


def numbers(most: int, usual: int, at: Sequence[int]) -> Iterator[int]:
    """1 … ``most``, or ``usual`` of them, or those alone that are asked for."""
    yield from at or range(1, (most or usual) + 1)
