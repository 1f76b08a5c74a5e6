"""The power goes: every state that a disk may be in then, made from a record of what was written.

A write that no sync followed may be there whole, in part or not at all, in any order of its sectors; a file's
name as well, until its folder was synced. From the record of one run of an operation many such states are
made, and each has to open, to verify, and to hold whatever was acknowledged before.

The harness shows that it can see a loss: with synchronous=NORMAL, and with the syncs of the log left out of
the record, the stream of writes has to lose something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

from app.ledger.file import driver
from tests.faults.drive import POLICIES, Drive, files_of
from tests.faults.ground import FRESH, Ground
from tests.faults.judging import State
from tests.faults.operations import OPERATIONS, Operation, begin
from tests.faults.replay import judged, name_of, recorded
from tests.faults.sweep import lost
from tests.faults.tally import Tally, Wanted, drawn

CONTROLS = 400
"""States of a negative control: it only has to show that a loss is seen."""
DRAWS = 6
"""States of one moment for each policy that leaves something to chance."""


def power(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """The states after a power cut of every operation that is asked for, and the two negative controls."""
    for name in wanted.operations or OPERATIONS:
        yield _campaign(ground, wanted, OPERATIONS[name], Tally(f"power {name}"))
    if not wanted.operations:
        few = replace(wanted, most=min(wanted.most or CONTROLS, CONTROLS))
        yield _weaker(ground, few)
        yield _campaign(
            ground,
            few,
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
        ground.judge.state(begin(ground, operation) / operation.makes) if operation.base == "today" else None
    )
    start = files_of(begin(ground, operation), ground.work)
    told, record = recorded(ground, operation)
    if told.how != "done":
        return tally.fail(0, f"without any fault: {told.how} {told.what}")
    if deaf:
        record = [one for one in record if not (one.what == "s" and one.path.endswith("-wal"))]
    after = ground.judge.state(ground.work / operation.makes)
    for at, policy, seed in _states(wanted, len(record)):
        drive = Drive(dict(start), ground.work)
        acknowledged = drive.run(record[:at])
        drive.lose(policy, drawn(seed))
        tally.tried += 1
        found = judged(ground, operation, drive, tally)
        why = _wrong(operation, before, after, found, acknowledged, last=at == len(record))
        if why:
            tally.fail((at, policy, seed), f"{name_of(record[at - 1])} → {why}")
    return tally


def _wrong(
    operation: Operation,
    before: State | None,
    after: State,
    found: State,
    acknowledged: int,
    *,
    last: bool,
) -> str:
    """What is wrong with what is on the disk, empty if nothing is."""
    if found.missing and operation.makes == FRESH:
        return "said to be made, and is gone" if last else ""
    if found.why:
        return found.why
    if operation.name == "stream" and before:
        return lost(found.entries - before.entries, acknowledged)
    first = before or after
    between = operation.steps and first.entries <= found.entries <= after.entries
    if found.mark not in {after.mark, first.mark} and not between:
        return f"neither old nor new: {found.mark}"
    if last and operation.writes and found.mark != after.mark:
        return "said to be done, and is not"
    return f"both passphrases open: {found.later}" if len(found.later) > 1 else ""


def _states(wanted: Wanted, count: int) -> list[tuple[int, str, int]]:
    """So many states as are asked for, drawn from all; the very last moment is always among them."""
    draw = drawn(wanted.seed)
    every = [
        (at, policy, at * 1000 + number)
        for at in wanted.numbers(count)
        for policy in POLICIES
        for number in range(1 if policy in ("all", "none") else DRAWS)
    ]
    last = [(count, "none", 0), (count, "all", 0)]
    if wanted.most and len(every) > wanted.most:
        every = draw.sample(every, max(0, wanted.most - len(last)))
    return [*last, *every]
