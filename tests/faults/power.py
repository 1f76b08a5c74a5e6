"""The power goes: every state that a disk may be in then, made from a record of what was written.

A write that no sync followed may be there whole, in part or not at all, in any order of its sectors; a file's
name as well, until its folder was synced. From the record of one run of an operation many such states are
made, and each has to open, to verify, and to hold whatever was acknowledged before.

The harness shows that it can see a loss: with synchronous=NORMAL, and with the syncs of the log left out of
the record, the stream of writes has to lose something.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

from app.ledger.file import driver
from tests.faults.disk import Call, Disk, calls
from tests.faults.ground import Ground, State, Told, apart, state
from tests.faults.operations import ACKNOWLEDGED, OPERATIONS, Operation, begin
from tests.faults.sweep import lost
from tests.faults.tally import Tally, Wanted, drawn

SECTOR = 512
USUAL = ("stream", "passphrase", "migrate", "issue", "new", "import")
POLICIES = ("all", "none", "sectors", "prefix", "pages")
"""What of the unsynced writes is there: all, none, random sectors, those up to a torn one, random calls."""


def power(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """The states after a power cut of every operation that is asked for, and the two negative controls."""
    for name in wanted.operations or USUAL:
        yield _campaign(ground, wanted, OPERATIONS[name], Tally(f"power {name}"))
    if not wanted.operations:
        yield _weaker(ground, wanted)
        yield _campaign(
            ground,
            wanted,
            OPERATIONS["stream"],
            Tally("power, syncs left out", must_fail=True),
            deaf=True,
        )


def _weaker(ground: Ground, wanted: Wanted) -> Tally:
    """The stream with a setting that does not sync each commit."""
    weaker = tuple(one.replace("synchronous=FULL", "synchronous=NORMAL") for one in driver._SETTINGS)
    with patch.object(driver, "_SETTINGS", weaker):
        tally = Tally("power, synchronous=NORMAL", must_fail=True)
        return _campaign(ground, wanted, OPERATIONS["stream"], tally)


def _campaign(
    ground: Ground, wanted: Wanted, operation: Operation, tally: Tally, *, deaf: bool = False
) -> Tally:
    before = (
        state(begin(ground, operation) / operation.makes, ground.code) if operation.base == "today" else None
    )
    told, record = _recorded(ground, operation)
    if told.how != "done":
        return tally.fail(0, f"without any fault: {told.how} {told.what}")
    if deaf:
        record = [one for one in record if not (one.what == "s" and one.path.endswith("-wal"))]
    after = state(ground.work / operation.makes, ground.code)
    start = _files(ground.root / operation.base, ground.work)
    for at, policy, seed in _states(wanted, len(record)):
        drive = Drive(dict(start), ground.work)
        acknowledged = drive.run(record[:at])
        drive.lose(policy, drawn(seed))
        drive.write_out()
        tally.tried += 1
        if why := _wrong(ground, operation, before, after, acknowledged, last=at == len(record)):
            tally.fail((at, policy, seed), f"{record[at - 1].what} {Path(record[at - 1].path).name} → {why}")
    return tally


def _wrong(
    ground: Ground, operation: Operation, before: State | None, after: State, acknowledged: int, *, last: bool
) -> str:
    """What is wrong with what is on the disk, empty if nothing is."""
    path = ground.work / operation.makes
    if operation.name == "new" and not path.exists():
        return "said to be made, and is gone" if last else ""
    found = state(path, ground.code)
    if found.why:
        return found.why
    if operation.name == "stream" and before:
        return lost(found.entries - before.entries, acknowledged)
    if found.mark not in {after.mark, before.mark if before else after.mark}:
        return f"neither old nor new: {found.mark}"
    if last and operation.writes and found.mark != after.mark:
        return "said to be done, and is not"
    return f"both passphrases open: {found.later}" if len(found.later) > 1 else ""


def _recorded(ground: Ground, operation: Operation) -> tuple[Told, list[Call]]:
    work, disk, log = begin(ground, operation), Disk(), ground.root / "record"

    def go() -> None:
        disk.arm(work, log=log)
        operation.run(work, ground)

    told = apart(go, disk.rest)
    return told, list(calls(log))


def _states(wanted: Wanted, count: int) -> list[tuple[int, str, int]]:
    """So many states as are asked for, drawn from all; the very last moment is always among them."""
    draw = drawn(wanted.seed)
    every = [
        (at, policy, at * 1000 + number)
        for at in range(1, count + 1, max(1, wanted.step))
        for policy in POLICIES
        for number in range(1 if policy in ("all", "none") else 6)
    ]
    last = [(count, "none", 0), (count, "all", 0)]
    if wanted.most and len(every) > wanted.most:
        every = draw.sample(every, max(0, wanted.most - len(last)))
    return [*last, *every]


def _files(base: Path, work: Path) -> dict[str, bytes]:
    found = (path for path in base.rglob("*") if path.is_file())
    return {str(work / path.relative_to(base)): path.read_bytes() for path in found}


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

    def files(self) -> dict[str, bytes]:
        """What is on the disk for certain."""
        return {path: bytes(inode.held) for path, inode in self._sure.items()}


def _survivors(waiting: list[Call], policy: str, draw: Random) -> Iterator[Call]:
    cut = draw.randint(0, len(waiting))
    for number, call in enumerate(waiting):
        whole = policy == "all" or (policy == "prefix" and number < cut)
        if whole or (policy == "pages" and draw.random() < 0.5):
            yield call
        elif policy == "prefix" and number == cut:
            yield from _sectors(call, lambda at: at < cut * SECTOR)
        elif policy == "sectors":
            yield from _sectors(call, lambda _at: draw.random() < 0.5)


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
