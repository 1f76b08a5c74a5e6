"""From starting the process to what a person can use: the program against a bare main window.

All are started in turn in the same run, so that whatever else the machine does weighs on all of them. They
run from compiled bytecode, as installed programs do, even where the caller's environment forbids writing it.
"Painted" is the first exposed paint, flushed to the window system; "filled" is when today's duties stand and
are painted: how many there are in each state; "listed" is when their rows are as well. The work that goes on
behind that (how the backups stand, the check of every start) is not waited for, and weighs only where it
comes before.

*By passphrase* is what a person meets: the window that asks for it, and, once it was typed and Enter pressed,
the main window. *With key* opens the ledger without asking, by a file that holds the passphrase: the window
is painted first, and says that the ledger is being opened. What Argon2 costs on purpose is measured within
and taken off. The milliseconds are processor time, of all threads and from the start of the process; those
of the clock stand beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from started import BEGAN

_TOLD: dict[str, str] = {
    "bare": "bare QMainWindow",
    "asked": "start -> passphrase asked",
    "entered": "Enter -> painted, no Argon2",
    "entered-filled": "Enter -> filled, no Argon2",
    "entered-listed": "Enter -> listed, no Argon2",
    "painted": "start with key -> painted",
    "filled": "start with key -> filled",
    "listed": "start with key -> listed",
}
_CHILDREN = ("bare", "passphrase", "key")
Taken = tuple[float, float]
"""Milliseconds of processor time and of the clock."""


def main(arguments: list[str]) -> int:
    """Measure and print a small table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="first usable paint: the program against a bare main window")
    parser.add_argument("-n", type=int, default=9, metavar="TIMES", help="starts of each (default: 9)")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _report(_measure(_sample(Path(folder)), max(1, wanted.n)))
    return 0


def _measure(ledger: Path, times: int) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = {name: [] for name in _TOLD}
    for number in range(times + 1):
        for child in _CHILDREN:
            for name, taken in _start(child, ledger).items():
                # The first start of each only warms the file cache and compiles.
                if number:
                    found[name].append(taken)
    return found


def _report(found: dict[str, list[Taken]]) -> None:
    bare = [cpu for cpu, _clock in found["bare"]]
    print(f"{'':<30}{'cpu min':>9}{'median':>9}{'ratio of min':>14}{'of median':>11}{'clock min':>11}")
    for name, label in _TOLD.items():
        cpu, clock = ([taken[place] for taken in found[name]] for place in (0, 1))
        least, middle = min(cpu), statistics.median(cpu)
        print(
            f"{label:<30}{least:>9.0f}{middle:>9.0f}"
            f"{least / min(bare):>14.2f}{middle / statistics.median(bare):>11.2f}{min(clock):>11.0f}"
        )
    print(f"{len(bare)} starts of each, in turn; platform {os.environ.get('QT_QPA_PLATFORM', 'default')}")


def _start(child: str, ledger: Path) -> dict[str, Taken]:
    command = [sys.executable, str(Path(__file__).with_name("started.py")), child]
    file = ledger.parent / "passphrase"
    if child == "passphrase":
        command += [file.read_text(encoding="utf-8"), "--ledger", str(ledger)]
    elif child == "key":
        command += ["", "--ledger", str(ledger), "--passphrase-file", str(file)]
    variables = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(ledger.parent / "bytecode"),
        "JUTAKU_HOME": str(ledger.parent / "home"),
        BEGAN: str(time.monotonic()),
    }
    done = subprocess.run(command, env=variables, capture_output=True, timeout=60)  # noqa: S603  # this very script
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    told = (line.split() for line in done.stdout.decode("ascii").splitlines())
    return {name: (float(cpu), float(clock)) for name, cpu, clock in told}


def _sample(folder: Path) -> Path:
    from datetime import datetime

    from app.exchange.demo import make_demo
    from app.start import Product

    print("making the sample ledger", file=sys.stderr)
    made = make_demo(Product(), folder, datetime.now().astimezone().date())
    passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
    (folder / "passphrase").write_text(passphrase, encoding="utf-8")
    return made.path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
