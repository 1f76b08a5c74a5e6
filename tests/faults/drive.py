"""What is on a disk after the calls of a record, and what of it a dead process or a power cut leaves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.disk import Call
from tests.faults.judging import digest_of
from tests.faults.operations import ACKNOWLEDGED

SECTOR = 512
POLICIES = ("all", "none", "sectors", "prefix", "pages")
"""What of the unsynced writes is there: all, none, random sectors, those up to a torn one, random calls."""


def files_of(folder: Path, work: Path) -> dict[str, bytes]:
    """The files of ``folder``, as though they lay in ``work``."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(work / path.relative_to(folder)): path.read_bytes() for path in found}


@dataclass
class _Inode:
    held: bytearray
    waiting: list[Call] = field(default_factory=list)


class Drive:
    """What is on a disk for certain, and what only waits to get there."""

    def __init__(self, start: dict[str, bytes], work: Path) -> None:
        self._work = work
        self._now = {path: _Inode(bytearray(held)) for path, held in start.items()}
        self._sure = dict(self._now)
        self._names: list[tuple[str, str, _Inode | None]] = []

    def run(self, record: Sequence[Call]) -> int:
        """Carry out the calls; return how many writes were acknowledged meanwhile."""
        acknowledged = 0
        for call in record:
            if call.path.endswith(ACKNOWLEDGED):
                acknowledged += len(call.data)
            else:
                self._do(call)
        return acknowledged

    def _do(self, call: Call) -> None:
        now = self._now
        match call.what:
            case "c":
                now[call.path] = _Inode(bytearray())
                self._names.append((call.path, "", now[call.path]))
            case "u" if call.path in now:
                del now[call.path]
                self._names.append((call.path, "", None))
            case "r":
                now[call.other] = now.pop(call.path)
                self._names.append((call.other, call.path, now[call.other]))
            case "l":
                now[call.other] = now[call.path]
                self._names.append((call.other, "", now[call.other]))
            case "w" | "t" if call.path in now:
                now[call.path].waiting.append(call)
            case "s":
                self._sync(call.path)

    def _sync(self, path: str) -> None:
        inode = self._now.get(path)
        if inode is None:
            self._settle(len(self._names))
            return
        # A journalling file system writes the names up to that of a synced file along with it.
        known = [number for number, name in enumerate(self._names) if name[2] is inode]
        self._settle(known[-1] + 1 if known else 0)
        for call in inode.waiting:
            _apply(inode.held, call)
        inode.waiting.clear()

    def _settle(self, count: int) -> None:
        for path, gone, inode in self._names[:count]:
            if gone:
                self._sure.pop(gone, None)
            if inode is None:
                self._sure.pop(path, None)
            else:
                self._sure[path] = inode
        del self._names[:count]

    def lose(self, policy: str, draw: Random) -> None:
        """The power goes."""
        count = len(self._names)
        self._settle({"all": count, "none": 0}.get(policy, draw.randint(0, count)))
        for inode in {id(one): one for one in self._sure.values()}.values():
            for call in _survivors(inode.waiting, policy, draw):
                _apply(inode.held, call)

    def write_out(self) -> None:
        """Put what is sure into the work folder."""
        shutil.rmtree(self._work, ignore_errors=True)
        for path, held in self.files().items():
            target = Path(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(held)

    @property
    def names(self) -> Iterable[str]:
        """The paths of the files that are there for certain."""
        return self._sure

    def digest(self) -> str:
        """What tells this state from every other that leads to another ledger."""
        return digest_of((path, inode.held) for path, inode in self._sure.items())

    def files(self) -> dict[str, bytes]:
        """What is on the disk for certain."""
        return {path: bytes(inode.held) for path, inode in self._sure.items()}


def _survivors(waiting: list[Call], policy: str, draw: Random) -> Iterator[Call]:
    cut, share = draw.randint(0, len(waiting)), draw.choice((0.1, 0.5, 0.9))
    for number, call in enumerate(waiting):
        whole = policy == "all" or (policy == "prefix" and number < cut)
        if whole or (policy == "pages" and draw.random() < share):
            yield call
        elif policy == "prefix" and number == cut:
            yield from _sectors(call, lambda at: at < cut * SECTOR)
        elif policy == "sectors":
            yield from _sectors(call, lambda _at: draw.random() < share)


def _sectors(call: Call, kept: Callable[[int], bool]) -> Iterator[Call]:
    if call.what == "t":
        if kept(0):
            yield call
        return
    for at in range(0, len(call.data), SECTOR):
        if kept(at):
            yield Call("w", call.path, "", call.at + at, call.data[at : at + SECTOR])


def _apply(held: bytearray, call: Call) -> None:
    size = call.at if call.what == "t" else call.at + len(call.data)
    if len(held) < size:
        held.extend(bytes(size - len(held)))
    if call.what == "t":
        del held[size:]
    else:
        held[call.at : size] = call.data
