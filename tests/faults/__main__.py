"""Campaigns of faults against the ledger: ``python dev.py faults [CAMPAIGN …]``; exit 1 if any failed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping

from tests.faults import disk
from tests.faults.bad_input import files
from tests.faults.disk import FAULTS
from tests.faults.ground import Ground, prepare
from tests.faults.imports import imports
from tests.faults.late import late
from tests.faults.leaks import leaks
from tests.faults.operations import OPERATIONS
from tests.faults.power import power
from tests.faults.readers import readers
from tests.faults.sweep import sweep
from tests.faults.tally import Tally, Wanted
from tests.faults.tamper import bits, columns_changed, keys_put_back, papers

Campaign = Callable[[Ground, Wanted], Iterator[Tally]]

ON_A_FAULTY_DISK: Mapping[str, Campaign] = {"sweep": sweep, "power": power, "late": late}
IN_PROCESSES: Mapping[str, Campaign] = {
    "bits": bits,
    "columns": columns_changed,
    "papers": papers,
    "keys": keys_put_back,
    "imports": imports,
    "readers": readers,
    "files": files,
    "leaks": leaks,
}
CAMPAIGNS = {**ON_A_FAULTY_DISK, **IN_PROCESSES}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=f"of {', '.join(CAMPAIGNS)}")
    parser.add_argument("--points", type=int, default=0, help="at most so many of each line, evenly spread")
    parser.add_argument("--step", type=int, default=1, help="every so many of them")
    parser.add_argument("--seed", type=int, default=5, help="for what is drawn at random")
    parser.add_argument("--at", type=int, nargs="*", default=[], metavar="NUMBER", help="these points alone")
    parser.add_argument("--operations", nargs="*", default=[], choices=OPERATIONS, metavar="NAME")
    parser.add_argument("--faults", nargs="*", default=[], choices=FAULTS, metavar="NAME")
    asked = parser.parse_args(arguments)
    names = asked.campaigns or list(CAMPAIGNS)
    if unknown := [name for name in names if name not in CAMPAIGNS]:
        parser.error(f"no campaign {unknown[0]}; there are {', '.join(CAMPAIGNS)}")
    if any(name in ON_A_FAULTY_DISK for name in names) and disk.possible() and not _preloaded():
        return _again(arguments)
    wanted = Wanted(
        asked.points, asked.step, tuple(asked.operations), tuple(asked.faults), asked.seed, tuple(asked.at)
    )
    return _run(names, wanted)


def _preloaded() -> bool:
    return str(disk.library()) in os.environ.get("LD_PRELOAD", "")


def _again(arguments: list[str]) -> int:
    """Start anew with the faulty disk before the C library."""
    os.environ["LD_PRELOAD"] = str(disk.library())
    os.execv(sys.executable, [sys.executable, "-m", "tests.faults", *arguments])  # noqa: S606  # ourselves


def _run(names: list[str], wanted: Wanted) -> int:
    if not hasattr(os, "fork"):
        print("faults are tried in forked processes, which Windows does not have: run them on Linux")
        return 2
    bad = tried = 0
    ground = prepare()
    try:
        for name in names:
            began, points, failures = _spent(), 0, 0
            for tally in _tallies(name, ground, wanted):
                print(*tally.lines(), sep="\n", flush=True)
                points += tally.tried
                failures += len(tally.failures) if tally.bad else 0
                bad += tally.bad
            ground.judge.end()
            spent = f"seed {wanted.seed}, {_spent() - began:.0f} s of processor time"
            print(f"{name}: points tried {points}, failures {failures} ({spent})", flush=True)
            tried += points
    finally:
        ground.remove()
    print(f"{tried} points tried, {bad} lines bad ({_spent():.0f} s of processor time)")
    return 1 if bad else 0


def _spent() -> float:
    """Seconds of processor time of this process and of all that it has ended."""
    return sum(os.times()[:4])


def _tallies(name: str, ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    if name in ON_A_FAULTY_DISK and not disk.possible():
        return iter([Tally(name, skipped=disk.WHY_NOT)])
    return CAMPAIGNS[name](ground, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
