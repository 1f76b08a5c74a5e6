"""One fault at every call of every operation: what is left is the old state or the new one, and as told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.disk import FAULTS, Disk, Fault
from tests.faults.ground import NEW, Ground, State, Told, apart, state
from tests.faults.operations import ACKNOWLEDGED, AT_ONCE, OPERATIONS, Operation, begin
from tests.faults.tally import Tally, Wanted
from tests.ledger.conftest import PASSPHRASE

NO_PROMISE = ("UnsureChangeError", "HalfChangedError", "UncertainError")
"""What says itself that it does not know, or that part of the work is still to come."""


@dataclass(frozen=True)
class Usual:
    """An operation without any fault: the ledger before and after it, and how many calls it makes."""

    before: State | None
    after: State
    calls: int


def sweep(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Every fault that is asked for at every call of every operation that is asked for."""
    for name in wanted.operations or tuple(OPERATIONS):
        operation = OPERATIONS[name]
        usual = _usual(ground, operation)
        for fault in wanted.faults or tuple(FAULTS):
            yield _one(ground, wanted, operation, FAULTS[fault], usual)


def _usual(ground: Ground, operation: Operation) -> Usual:
    before = _judged(ground, begin(ground, operation), operation) if operation.base == "today" else None
    _told, count = _run(ground, operation)
    return Usual(before, _judged(ground, ground.work, operation), count)


def _one(ground: Ground, wanted: Wanted, operation: Operation, fault: Fault, usual: Usual) -> Tally:
    tally = Tally(f"{fault.name} {operation.name}")
    if usual.after.why or not usual.calls:
        return tally.fail(0, f"without any fault: {usual.after.why}")
    for at in wanted.points(usual.calls):
        told, _ = _run(ground, operation, at, fault)
        acknowledged = _acknowledged(ground.work)
        found = _judged(ground, ground.work, operation)
        tally.tried += 1
        if why := _wrong(operation, fault, told, found, usual, acknowledged):
            tally.fail(at, f"{told.how} {told.what} → {why}")
        tally.left.update(set(found.left) - set(usual.after.left))
        tally.told[told.how] += 1
    return tally


def _run(ground: Ground, operation: Operation, at: int = 0, fault: Fault | None = None) -> tuple[Told, int]:
    work, disk = begin(ground, operation), Disk()

    def go() -> int:
        disk.arm(work, at, fault)
        operation.run(work, ground)
        disk.rest()
        return disk.seen

    told = apart(go, disk.rest)
    return told, int(told.value or 0)


def _judged(ground: Ground, work: Path, operation: Operation) -> State:
    path = work / operation.makes
    return state(path, ground.code) if path.exists() else State(why="none")


def _acknowledged(work: Path) -> int:
    note = work / ACKNOWLEDGED
    return note.stat().st_size if note.exists() else 0


def _wrong(
    operation: Operation, fault: Fault, told: Told, found: State, usual: Usual, acknowledged: int
) -> str:
    """What is wrong with what is left, empty if nothing is."""
    if told.how in ("bug", "hang") or (told.how == "killed" and not fault.kills):
        return told.how
    if found.why == "none" and operation.name == "new":
        return "no ledger" if told.how == "done" else ""
    if found.why:
        return found.why
    if operation.name == "stream" and usual.before:
        return lost(found.entries - usual.before.entries, acknowledged)
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
