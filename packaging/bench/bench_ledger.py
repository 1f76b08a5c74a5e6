"""What the ledger itself takes on a big file: each job beside a named baseline, all in one run.

Processor time of all threads, so that what else runs on the machine counts less, and the least of several
runs; that of the clock stands beside it, which is less where threads work beside each other. A baseline
is the least that the same job could come down to on this machine: the bare rows with the driver, the bytes of
the file. The ratio says more than the milliseconds. The big ledger is made once and kept (``big_file``).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import big_file

from app.exchange.coming_in import importing
from app.exchange.proof.proving import prove
from app.ledger.content import store
from app.ledger.door import Ledger, local_now
from app.ledger.file import driver
from app.ledger.restoring.restoration import Restoration
from app.records import SPECS, Event, Person
from app.start import Product

IMPORTED = 1000
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Job:
    """Something measured, and the baseline beside which it stands."""

    name: str
    work: Callable[[], object]
    baseline: str
    bare: Callable[[], object]
    runs: int = 0
    """Fewer than asked for, where one takes seconds; 0 for as many."""


def main(arguments: list[str]) -> int:
    """Measure and print a table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="jobs of a big ledger, each beside a named baseline")
    parser.add_argument("-n", type=int, default=5, metavar="TIMES", help="runs of each (default: 5)")
    parser.add_argument("--contracts", type=int, default=100, metavar="N", help="size (default: 100)")
    parser.add_argument("--only", default="", metavar="WORD", help="jobs whose name holds it")
    parser.add_argument("--held", choices=("facts", "rows", "none"), help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    kept = big_file.kept(wanted.contracts)
    if wanted.held:
        return _hold(kept, wanted.held)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = big_file.copy(kept, place)
        print(f"{'job':<26}{'ms':>9}{'clock':>9}   {'baseline':<34}{'ms':>9}{'ratio':>9}")
        for job in _jobs(path, kept.key, place):
            if wanted.only in job.name:
                _show(job, min(wanted.n, job.runs or wanted.n))
    if wanted.only in "memory":
        _show_memory(wanted.contracts)
    return 0


def _show(job: Job, runs: int) -> None:
    taken, bare = [], []
    for _ in range(max(1, runs)):
        bare.append(_spent(job.bare))
        taken.append(_spent(job.work))
    least, floor = min(cpu for cpu, _clock in taken), min(cpu for cpu, _clock in bare)
    clock = min(clock for _cpu, clock in taken)
    print(
        f"{job.name:<26}{least:>9.1f}{clock:>9.0f}   {job.baseline:<34}{floor:>9.1f}{least / floor:>8.1f} x",
        flush=True,
    )


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time, of all threads, and of the clock."""
    gc.collect()
    before, began = time.process_time(), time.monotonic()
    answer = work()
    taken = (time.process_time() - before) * 1000, (time.monotonic() - began) * 1000
    del answer
    return taken


def _jobs(path: Path, key: bytes, folder: Path) -> Iterator[Job]:
    product = Product()
    opened = partial(product.open, path, key)
    yield Job(
        "open with key", lambda: opened().close(), "driver opens the file", partial(_connect, path, key)
    )
    with opened() as ledger:
        rows = partial(_rows, ledger._connection)
        yield Job("facts", partial(_facts, ledger), "bare rows with the driver", rows)
        with _scratch(folder, key) as scratch:
            one = partial(_insert, scratch, 1)
            yield Job("one change", partial(_change, ledger), "one row inserted, committed", one)
            many = partial(_insert, scratch, IMPORTED)
            work = partial(_import, ledger)
            yield Job(
                f"import of {IMPORTED:,} events", work, f"{IMPORTED:,} rows inserted, committed", many, 2
            )
    with opened() as ledger:
        read = partial(_digest, path)
        yield Job("verify", ledger.verify, "SHA-256 of the file", read, 2)
        copied = partial(shutil.copyfile, path, folder / "copied")
        backup = partial(ledger.backup, folder / "backups")
        yield Job("backup", backup, "the file copied", copied, 2)
        made = backup()
        # As at every start: built on the newest proven backup, and what was written since.
        ledger.add(Person(name="後の者", employment="社員"))
        start = partial(prove, ledger, folder / "backups", quick=True)
        yield Job("check at start", start, "SHA-256 of the file", read)
    restore = partial(_restore, path, key, made)
    yield Job("restore, old one kept", restore, "the file copied", copied, 1)


def _connect(path: Path, key: bytes) -> None:
    driver.connect(path, key).close()


def _rows(connection: Any) -> None:
    for name in SPECS:
        columns = ", ".join(f'"{column}"' for column in store.shape(name).columns)
        for _row in connection.execute(f'SELECT {columns} FROM "{name}"'):  # noqa: S608  # declared names
            pass


def _facts(ledger: Ledger) -> object:
    ledger._facts = None
    return ledger.facts()


def _change(ledger: Ledger) -> object:
    return ledger.change(replace(ledger.facts().get(Event, 1), reason=f"変更{next(_NUMBERS)}"))


def _import(ledger: Ledger) -> object:
    facts = ledger.facts()
    spec = Event.spec
    first = facts.all(Event)[:IMPORTED]
    entries = [{**spec.to_json(event, facts.key_of), "reason": f"取込{next(_NUMBERS)}"} for event in first]
    return importing.apply(ledger, importing.plan(facts, spec, entries), None)


@contextmanager
def _scratch(folder: Path, key: bytes) -> Iterator[Any]:
    connection = driver.connect(folder / "scratch.jutaku", key, "rwc")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    try:
        yield connection
    finally:
        connection.close()


def _insert(connection: Any, rows: int) -> None:
    with driver.transaction(connection):
        connection.executemany("INSERT INTO bare (text) VALUES (?)", [("取扱記録" * 60,)] * rows)


def _restore(path: Path, key: bytes, backup: Path) -> object:
    """Copy beside, prove, compare, switch in with a forced backup, open: all that stands between two days."""
    restoration = Restoration(backup, key, path, clock=local_now, backups=backup.parent)
    restoration.prepare()
    restoration.finish()
    Product().open(path, key).close()
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Memory, in processes of their own


def _show_memory(contracts: int) -> None:
    facts, rows, none = (_held(contracts, what) for what in ("facts", "rows", "none"))
    if not none:
        print("memory: not told by this system")
        return
    held, bare = facts - none, rows - none
    print(
        f"{'memory of the facts, MB':<26}{held:>9.1f}   {'bare rows as tuples, MB':<34}{bare:>9.1f}", end=""
    )
    print(f"{held / bare:>8.1f} x\n(the process without either: {none:.1f} MB)")


def _held(contracts: int, what: str) -> float:
    command = [sys.executable, __file__, "--contracts", str(contracts), "--held", what]
    done = subprocess.run(command, env=os.environ, capture_output=True, check=True)  # noqa: S603  # this very script
    return float(done.stdout)


def _hold(kept: big_file.Kept, what: str) -> int:
    ledger = Product().open(kept.path, kept.key)
    held: object = None
    if what == "facts":
        held = ledger.facts()
    elif what == "rows":
        held = [list(store.rows_in_force(ledger._connection, store.shape(name))) for name in SPECS]
    gc.collect()
    print(_resident())
    del held
    ledger.close()
    return 0


def _resident() -> float:
    """Megabytes of this process in memory; 0 where the system has no file that tells."""
    told = Path("/proc/self/status")
    if not told.exists():
        return 0.0
    lines = told.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
