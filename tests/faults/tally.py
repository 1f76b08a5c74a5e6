"""What is asked of a campaign, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

SHOWN = 3
"""Failures of one line of the table that are written out."""


def drawn(*seeds: object) -> Random:
    """A source of the same choices for the same seeds."""
    return Random(repr(seeds))  # noqa: S311  # which fault comes next is no secret


@dataclass(frozen=True, slots=True)
class Wanted:
    """``most``: points of one line of the table, evenly spread; ``step``: every so many; 0: all."""

    most: int = 0
    step: int = 1
    operations: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    seed: int = 5
    at: tuple[int, ...] = ()
    """These numbers alone: to try again what failed."""

    def numbers(self, count: int) -> list[int]:
        """The numbers out of 1 … ``count`` that may be tried."""
        if self.at:
            return [number for number in self.at if 1 <= number <= count]
        return list(range(1, count + 1, max(1, self.step)))

    def points(self, count: int) -> list[int]:
        """Those of them that are tried."""
        every = self.numbers(count)
        if not self.most or len(every) <= self.most:
            return every
        return sorted({every[number * len(every) // self.most] for number in range(self.most)})


@dataclass
class Tally:
    """One line of the table."""

    name: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    must_fail: bool = False
    """A negative control: it has to find what was broken on purpose."""
    skipped: str = ""

    def fail(self, at: object, why: str) -> Tally:
        self.failures.append(f"at {at}: {why}")
        return self

    @property
    def bad(self) -> bool:
        return not self.skipped and bool(self.failures) is not self.must_fail

    def lines(self) -> list[str]:
        """The line, and the first failures below it."""
        if self.skipped:
            return [f"{self.name:<28} skipped: {self.skipped}"]
        verdict = "BAD" if self.bad else "ok"
        told = " ".join(f"{how} {count}" for how, count in sorted(self.told.items()))
        made = f"{self.name:<28} {self.tried:>7} tried {len(self.failures):>6} failed  {verdict:<4} {told}"
        shown = self.failures[:SHOWN] if self.bad else []
        return [made.rstrip(), *(f"    {text}" for text in shown)]
