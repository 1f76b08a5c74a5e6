"""One fault at every call of every operation: what is left is the old state or the new one, and as told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.apart import Standing, Told, apart
from tests.faults.disk import FAULTS, Call, Disk, Fault
from tests.faults.drive import Drive, files_of
from tests.faults.ground import FRESH, Ground
from tests.faults.judging import MISSING, NEW, State
from tests.faults.operations import ACKNOWLEDGED, AT_ONCE, OPERATIONS, Operation, begin
from tests.faults.replay import judged, name_of, recorded, torn
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE

NO_PROMISE = ("UnsureChangeError", "HalfChangedError", "UncertainError")
"""What says itself that it does not know, or that part of the work is still to come."""


@dataclass(frozen=True)
class Usual:
    """An operation without any fault: the ledger before and after it, and the calls it makes."""

    before: State | None
    after: State
    start: dict[str, bytes]
    record: list[Call]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a fault came to: what was told, how many writes were acknowledged until then, what is left."""

    told: Told
    acknowledged: int
    found: State


def sweep(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Every fault that is asked for at every call of every operation that is asked for."""
    for name in wanted.operations or tuple(OPERATIONS):
        operation = OPERATIONS[name]
        usual = _usual(ground, operation)
        alive = Standing(lambda asked, operation=operation: _met(ground, operation, *asked))  # type: ignore[misc]
        for fault in wanted.faults or tuple(FAULTS):
            yield _one(ground, wanted, operation, FAULTS[fault], usual, alive)
        alive.end()


def _usual(ground: Ground, operation: Operation) -> Usual:
    work = begin(ground, operation)
    start = files_of(work, work)
    before = _judged(ground, operation) if operation.base == "today" else None
    _told, record = recorded(ground, operation)
    return Usual(before, _judged(ground, operation), start, record)


def _one(
    ground: Ground, wanted: Wanted, operation: Operation, fault: Fault, usual: Usual, alive: Standing
) -> Tally:
    tally = Tally(f"{fault.name} {operation.name}")
    if usual.after.why or not usual.record:
        return tally.fail(0, f"without any fault: {usual.after.why}")
    for at in wanted.points(len(usual.record))[:: fault.every]:
        if fault.replayed:
            tried = _replayed(ground, operation, at, fault, usual, tally)
        else:
            tried = _ran(ground, operation, at, fault, alive)
        tally.tried += 1
        if why := _wrong(operation, fault, tried, usual):
            told = f"{name_of(usual.record[at - 1])}, {tried.told.how} {tried.told.what}".rstrip()
            tally.fail(at, f"{told} → {why}")
        tally.told[tried.told.how] += 1
    return tally


def _replayed(
    ground: Ground, operation: Operation, at: int, fault: Fault, usual: Usual, tally: Tally
) -> Tried:
    """A death before, or in the midst of, call number ``at``: what was written until then is there."""
    drive = Drive(usual.start, ground.work)
    acknowledged = drive.run(usual.record[: at - 1])
    if fault.mode == Disk.TORN:
        drive.run(torn(usual.record[at - 1]))
    drive.lose("all", drawn(0))
    return Tried(Told("killed"), acknowledged, judged(ground, operation, drive, tally))


def _ran(ground: Ground, operation: Operation, at: int, fault: Fault, alive: Standing) -> Tried:
    begin(ground, operation)
    if fault.kills:
        told = apart(lambda: _met(ground, operation, at, fault.name))
    else:
        told = alive.ask([at, fault.name])
    return Tried(told, _acknowledged(ground.work), _judged(ground, operation))


def _met(ground: Ground, operation: Operation, at: int, fault: str) -> None:
    """Run the operation in the work folder as it stands, with the fault at call number ``at``."""
    disk = Disk()
    disk.arm(ground.work, at, FAULTS[fault])
    try:
        operation.run(ground.work, ground)
    finally:
        disk.rest()


def _judged(ground: Ground, operation: Operation) -> State:
    path = ground.work / operation.makes
    return ground.judge.state(path, copies=operation.copies) if path.exists() else MISSING


def _acknowledged(work: Path) -> int:
    note = work / ACKNOWLEDGED
    return note.stat().st_size if note.exists() else 0


def _wrong(operation: Operation, fault: Fault, tried: Tried, usual: Usual) -> str:
    """What is wrong with what is left, empty if nothing is."""
    told, found = tried.told, tried.found
    if told.how in ("bug", "hang") or (told.how == "killed" and not fault.kills):
        return told.how
    if found.missing and operation.makes == FRESH:
        return "no ledger" if told.how == "done" else ""
    if found.why:
        return found.why
    if operation.name == "stream" and usual.before:
        return lost(found.entries - usual.before.entries, tried.acknowledged)
    return _neither(operation, told, found, usual)


def _neither(operation: Operation, told: Told, found: State, usual: Usual) -> str:
    before, after = usual.before or usual.after, usual.after
    between = operation.steps and before.entries <= found.entries <= after.entries
    # Whoever looks at a ledger of an older format migrates it by that.
    if found.mark not in (after.mark, before.mark) and not between:
        return f"neither old nor new: {found.mark}"
    if told.how == "done" and operation.writes and found.mark != after.mark:
        return "said to be done, and is not"
    if operation.name in ("passphrase", "recover"):
        return _locked_out(told, found, changed=found.mark == after.mark)
    return ""


def lost(entries: int, acknowledged: int) -> str:
    """What is wrong with so many entries of the stream after so many acknowledged writes."""
    if entries < acknowledged * AT_ONCE:
        return f"lost: {acknowledged} acknowledged, {entries} entries there"
    return "half of one write" if entries % AT_ONCE else ""


def _locked_out(told: Told, found: State, *, changed: bool) -> str:
    if len(found.later) > 1:
        return f"both passphrases open for ever: {found.later}"
    if changed and found.later != (NEW,):
        return f"changed, but opens with {found.later}"
    if not changed and found.later != (PASSPHRASE,):
        return f"not changed, but opens with {found.later}"
    if told.how == "done" and found.words != (NEW,):
        return f"said to be changed, opened with {found.words}"
    promised = told.how == "refused" and not told.what.startswith(NO_PROMISE)
    if promised and (changed or found.words not in ((PASSPHRASE,), ())):
        return f"said to have failed, opened with {found.words}"
    return ""
