"""One run of an operation on record, and the ledger that any part of the record leaves."""

from __future__ import annotations

from pathlib import Path

from tests.faults.apart import Told, apart
from tests.faults.disk import Call, Disk, calls
from tests.faults.drive import Drive, files_of
from tests.faults.ground import Ground
from tests.faults.judging import MISSING, State, digest_of
from tests.faults.operations import ACKNOWLEDGED, Operation, begin
from tests.faults.tally import Tally, drawn


def recorded(ground: Ground, operation: Operation) -> tuple[Told, list[Call]]:
    """Run the operation without any fault: what it told, and every call that changed files.

    Raises ``RuntimeError`` where the record does not lead to the very files that the run has left: nothing
    that is made from it would say anything then.
    """
    work, disk, log = begin(ground, operation), Disk(), ground.root / "record"
    start = files_of(work, work)

    def go() -> int:
        disk.arm(work, log=log)
        operation.run(work, ground)
        return disk.seen

    told = apart(go, disk.rest)
    record = list(calls(log))
    if told.how == "done":
        drive = Drive(start, work)
        drive.run(record)
        drive.lose("all", drawn(0))
        left = {path: held for path, held in files_of(work, work).items() if not path.endswith(ACKNOWLEDGED)}
        if told.value != len(record) or drive.digest() != digest_of(left.items()):
            raise RuntimeError(f"the record of {operation.name} is not what was done")
    return told, record


def judged(ground: Ground, operation: Operation, drive: Drive, tally: Tally) -> State:
    """The ledger on the disk; a state that is like an earlier one is judged by that."""
    path = ground.work / operation.makes
    if str(path) not in drive.names:
        return MISSING
    digest = drive.digest()
    if ground.judge.known(digest):
        tally.told["alike"] += 1
    else:
        drive.write_out()
    return ground.judge.state(path, digest, copies=operation.copies)


def torn(call: Call) -> list[Call]:
    """What half of a write is; nothing of what is no write."""
    half = call.data[: len(call.data) // 2]
    return [Call("w", call.path, "", call.at, half)] if call.what == "w" else []


def name_of(call: Call) -> str:
    """The call as a failure tells it."""
    return f"{call.what} {Path(call.path).name}"
