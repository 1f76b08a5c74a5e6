"""How long the duty engine takes: everything anew, after a change, a day later, at the next start.

Processor time, so that what else runs on the machine counts less. Each line also shows one plain look at
every record in the same run: machines differ, so the ratio says more than the seconds. Least of several
runs, fewer over the greater ledgers, whose growth is all that is asked; a ledger is made afresh for each
run, so that what the engine keeps (groups of records, documents once read) counts as work of the whole.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from big_ledger import DAY, big_ledger

from app.annexes.catalogue import Catalogue
from app.records import SPECS, Event, Facts, Location, Record
from app.start import Product
from app.work import kept
from app.work.assessing import assess
from app.work.assessment import Assessment

T = TypeVar("T")

GROWTH = (1, 2, 4, 8)
RUNS = 3
CHANGES = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds for one size: a plain look at every record, the whole, a start, one event, one place, a day."""

    contracts: int
    records: int
    duties: int
    scan: float
    whole: float
    start: float
    event: float
    place: float
    day: float

    def line(self, first: Figures) -> str:
        """One row of the table; growth is against ``first``, per contract."""
        growth = self.whole / first.whole / (self.contracts / first.contracts)
        times = "".join(
            f"{seconds * 1000:>12.1f}"
            for seconds in (self.scan, self.whole, self.start, self.event, self.place, self.day)
        )
        return (
            f"{self.contracts:>9,}{self.records:>11,}{self.duties:>9,}{times}"
            f"{self.whole / self.scan:>11.1f} x{growth:>9.2f} x\n"
        )


HEADS = (
    ("contracts", 9),
    ("records", 11),
    ("duties", 9),
    ("scan ms", 12),
    ("whole ms", 12),
    ("start ms", 12),
    ("event ms", 12),
    ("place ms", 12),
    ("day ms", 12),
    ("whole/scan", 13),
    ("growth", 11),
)


TICK = 1 / 64 if sys.platform == "win32" else time.get_clock_info("process_time").resolution
"""Seconds: Windows counts a process's time in such steps, and a ratio to none is none."""


def scan(facts: Facts) -> int:
    """One plain look at every record: what no way of reckoning can do without."""
    total = 0
    for spec in SPECS.values():
        for record in facts.all(spec.cls):
            total += record.id
    return total


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds of processor time that it took, at least one tick of its clock, and what it answered."""
    start = time.process_time()
    answer = work()
    return max(time.process_time() - start, TICK), answer


def measure(product: Product, catalogue: Catalogue, contracts: int, runs: int) -> Figures:
    """All figures of one size."""
    forms = product.forms
    made = big_ledger(catalogue, forms, contracts)
    records: list[Record] = [record for spec in SPECS.values() for record in made.all(spec.cls)]

    def whole(facts: Facts, before: Assessment | None = None, day: date = DAY) -> Assessment:
        return assess(facts, catalogue, forms, day, before, today=day)

    # The ledger hands the engine facts that nobody has asked yet.
    each = [timed(partial(whole, Facts(records))) for _ in range(runs)]
    made_last = each[-1][1]

    def after(change: Callable[[int], Record]) -> float:
        """One change after the other, as they come in a day's work."""
        nonlocal made_last
        least = math.inf
        for number in range(CHANGES):
            facts = made_last.facts.replaced([change(number)])
            seconds, made_last = timed(partial(whole, facts, made_last))
            least = min(least, seconds)
        return least

    written = kept.pack(made_last, kept.stamp(catalogue, forms, ""))

    def start(facts: Facts) -> Assessment:
        """What was kept is read again, as at a start on the same day."""
        kept.program.cache_clear()
        held = kept.unpack(written, kept.stamp(catalogue, forms, ""), facts, catalogue, DAY)
        return assess(facts, catalogue, forms, DAY, today=DAY, kept=held)

    def next_day() -> float:
        """The day after, and the one after that."""
        nonlocal made_last
        seconds, made_last = timed(
            partial(whole, made_last.facts, made_last, made_last.day + timedelta(days=1))
        )
        return seconds

    event, place = made_last.facts.all(Event)[0], made_last.facts.get(Location, 1)
    return Figures(
        contracts,
        len(records),
        len(made_last.duties),
        min(timed(lambda: scan(made_last.facts))[0] for _ in range(RUNS)),
        min(seconds for seconds, _made in each),
        min(timed(partial(start, Facts(records)))[0] for _ in range(RUNS)),
        after(lambda number: replace(event, quantity=event.quantity + number + 1)),
        after(lambda number: replace(place, room=f"{number}階")),
        min(next_day() for _ in range(CHANGES)),
    )


def main(arguments: list[str]) -> int:
    """Print a line for each size: 100 contracts with 20,000 assets and 100,000 events, and its multiples."""
    parser = argparse.ArgumentParser(description="the duty engine over growing ledgers")
    parser.add_argument("--quick", action="store_true", help="one fiftieth of the size, once")
    parser.add_argument("--growth", type=int, nargs="+", default=GROWTH, help="multiples of 100 contracts")
    given = parser.parse_args(arguments)
    base, runs = (2, 1) if given.quick else (100, RUNS)
    product = Product()
    sys.stdout.write("".join(f"{head:>{width}}" for head, width in HEADS) + "\n")
    lines: list[Figures] = []
    for times in given.growth:
        lines.append(measure(product, product.catalogue, base * times, max(1, runs // times)))
        sys.stdout.write(lines[-1].line(lines[0]))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
