"""What people do with a ledger, each as one piece of work that a fault may meet."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.exchange.archive.archiving import archive, unarchive
from app.exchange.coming_in import importing
from app.ledger.access import opening
from app.ledger.content.keys import WORTH
from app.ledger.copies.manifests import backups
from app.ledger.door import Ledger, local_now
from app.ledger.restoring.restoration import Restoration
from app.ledger.secret import keys
from app.records import SPECS, Contract, Person, Submission
from tests.faults.ground import FRESH, NAME, TODAY, Ground
from tests.faults.judging import ARCHIVE, COPIES, NEW
from tests.ledger.conftest import CHEAP, PASSPHRASE, issue, statement

ACKNOWLEDGED = "acknowledged"
"""The file in which the stream of writes notes each one that it was told is on disk."""
AT_ONCE = 2
"""Entries of one write of the stream."""


@dataclass(frozen=True, slots=True)
class Operation:
    """``run`` works in a folder. ``base``: the ledger it begins from; ``makes``: the one that is judged."""

    name: str
    run: Callable[[Path, Ground], object]
    base: str = "today"
    makes: str = NAME
    writes: bool = True
    """Whether a success shows in the journal."""
    lacks: int = 0
    """How many of the key files are gone before it begins."""
    steps: bool = False
    """Whether it is several writes, between which it may end."""
    copies: bool = False
    """Whether it makes or reads backups."""


def begin(ground: Ground, operation: Operation) -> Path:
    """The work folder as the operation finds it."""
    work = ground.begin(operation.base)
    for path in keys.key_paths(work / NAME)[: operation.lacks]:
        path.unlink()
    return work


def _open(work: Path) -> Ledger:
    return Ledger.open(work / NAME, opening.unlock(work / NAME, PASSPHRASE))


def _paper(ledger: Ledger) -> Submission:
    return next(one for one in ledger.facts().all(Submission) if one.submitted_on is None)


def submit(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        ledger.submit(_paper(ledger), TODAY, "持参")


def void(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        ledger.void(_paper(ledger), TODAY, "誤り")


def issue_paper(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        contract = ledger.facts().all(Contract)[0]
        issue(ledger, statement(contract.id), b"%PDF-1.7 " + b"drawn" * 9000)


def add_and_undo(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        ledger.add(Person(name="従事者", employment="社員"))
        ledger.undo()


def many_and_undo(work: Path, _ground: Ground) -> None:
    """So many that they are written table by table, and taken out of the index at once."""
    with _open(work) as ledger:
        with ledger.write() as change:
            change.gather(WORTH)
            for number in range(WORTH):
                change.add(Person(name=f"従事者 {number}", employment="社員"))
        ledger.undo()


def passphrase(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        ledger.change_passphrase(NEW, cost=CHEAP)


def heal(work: Path, _ground: Ground) -> None:
    _open(work).close()


def recover(work: Path, ground: Ground) -> None:
    with Ledger.open(work / NAME, opening.unlock_with_code(work / NAME, ground.code)) as ledger:
        ledger.change_passphrase(NEW, cost=CHEAP)


def migrate(work: Path, _ground: Ground) -> None:
    _open(work).close()


def stream(work: Path, _ground: Ground) -> None:
    told = -1
    # The note is none of the ledger's files: what it cannot take counts as never told.
    with suppress(OSError):
        told = os.open(work / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with _open(work) as ledger:
        for _ in range(8):
            with ledger.write() as change:
                for _ in range(AT_ONCE):
                    change.add(Person(name="従事者", employment="社員"))
            with suppress(OSError):
                os.write(told, b"A")


def new(work: Path, _ground: Ground) -> None:
    made, _code = Ledger.create(work / FRESH, PASSPHRASE, "担当 花子", cost=CHEAP)
    made.close()


def backup(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        ledger.backup(work / COPIES)


def restore(work: Path, _ground: Ground) -> None:
    (copy,) = (one.path for one in backups(work / COPIES))
    made = Restoration(copy, opening.unlock(copy, PASSPHRASE), work / NAME, clock=local_now)
    try:
        made.prepare()
        made.finish()
    finally:
        made.close()


def bring(work: Path, _ground: Ground) -> None:
    entries = [{"name": f"従事者 {number}", "employment": "社員"} for number in range(60)]
    with _open(work) as ledger:
        plan = importing.plan(ledger.facts(), SPECS["person"], entries)
        importing.apply(ledger, plan, work / COPIES)


def out(work: Path, _ground: Ground) -> None:
    with _open(work) as ledger:
        archive(ledger, work / ARCHIVE)


def take_in(work: Path, _ground: Ground) -> None:
    unarchive(work / ARCHIVE, work / FRESH, PASSPHRASE, cost=CHEAP)


OPERATIONS = {
    one.name: one
    for one in (
        Operation("submit", submit),
        Operation("void", void),
        Operation("issue", issue_paper),
        Operation("undo", add_and_undo, steps=True),
        Operation("many", many_and_undo, steps=True),
        Operation("passphrase", passphrase),
        Operation("recover", recover, lacks=2),
        Operation("heal", heal, writes=False, lacks=1),
        Operation("migrate", migrate, base="old"),
        Operation("stream", stream),
        Operation("new", new, makes=FRESH),
        Operation("backup", backup, writes=False, copies=True),
        Operation("import", bring, copies=True),
        Operation("restore", restore, copies=True),
        Operation("archive", out, writes=False),
        Operation("unarchive", take_in, makes=FRESH),
    )
}
