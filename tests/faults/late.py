"""A ledger of a hundred megabytes whose program died in a long write: how long it takes to open."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.secret import keys
from app.records import Attachment, Person
from tests.faults.apart import apart
from tests.faults.disk import FAULTS, Disk
from tests.faults.ground import NAME, Ground
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE

SIZES, SAMPLE = (100, 48), (8, 4)
"""Megabytes of the ledger, and of the write it died in: all of that may wait in the log; and of a sample."""
DEATHS = 24
SECONDS = 3.0
"""Processor time that unlocking and opening may take; the key costs what it costs in use."""
_MEGABYTE = 1 << 20


def late(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Death at moments spread over the write: the ledger opens in time, as it was before or after."""
    size, written = SAMPLE if wanted.most else SIZES
    base = ground.root / "large"
    base.mkdir()
    entries = _made(base / NAME, size)
    calls = apart(lambda: _write(ground, base, size, written, 0)).value
    tally, slowest = Tally(f"opened after a death, {size} MB"), 0.0
    for at in Wanted(most=wanted.most or DEATHS, at=wanted.at).points(int(calls or 0)):
        apart(lambda at=at: _write(ground, base, size, written, at))  # type: ignore[misc]
        told = apart(lambda: _opened(ground.work / NAME))
        tally.tried += 1
        tally.told[told.how] += 1
        if told.how != "done":
            tally.fail(at, f"{told.how} {told.what}")
            continue
        spent, held, sound = told.value
        slowest = max(slowest, spent)
        if spent > SECONDS:
            tally.fail(at, f"opened after {spent:.1f} s of processor time")
        if not sound or held not in {entries, entries + written, entries + written + 1}:
            tally.fail(at, f"{held} entries, sound: {sound}")
    tally.told[f"slowest {slowest:.2f} s,"] = tally.tried
    shutil.rmtree(base)
    yield tally if calls else tally.fail(0, "the write itself failed")


def _made(path: Path, size: int) -> int:
    ledger, _code = Ledger.create(path, PASSPHRASE, "担当 花子", cost=keys.COST)
    with ledger:
        held = ledger.add(Person(name="控え 花子", employment="社員"))
        _attach(ledger, held, 0, size)
        entries = ledger.head().sequence
    path.with_name(f"{NAME}.lock").unlink(missing_ok=True)
    return entries


def _attach(ledger: Ledger, held: Person, first: int, count: int) -> None:
    with ledger.write() as change:
        for number in range(first, first + count):
            data = drawn("attachment", number).randbytes(_MEGABYTE)
            digest = hashlib.sha256(data).hexdigest()
            change.add(
                Attachment(
                    record_kind="person",
                    record_id=held.id,
                    title=f"控え{number}",
                    kind="写真",
                    file_name=f"控え{number}.pdf",
                    data=digest,
                ),
                {digest: data},
            )


def _write(ground: Ground, base: Path, size: int, written: int, at: int) -> int:
    """A short write and a long one; death at call number ``at``, or the number of calls."""
    shutil.rmtree(ground.work, ignore_errors=True)
    shutil.copytree(base, ground.work)
    path, disk = ground.work / NAME, Disk()
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        held = ledger.facts().all(Person)[0]
        disk.arm(ground.work, at, FAULTS["kill-9"] if at else None)
        _attach(ledger, held, size, written)
        ledger.add(Person(name="控え 次郎", employment="社員"))
    disk.rest()
    return disk.seen


def _opened(path: Path) -> tuple[float, int, bool]:
    began = time.process_time()
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        spent = time.process_time() - began
        return spent, ledger.head().sequence, ledger.verify().ok
