"""Right, wrong and missed: of kinds, moments and parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.reading.understanding.parameters.settings import Setting


@dataclass
class Count:
    """What was right, wrong and missed, by name; ``tempted``: wrong ones that were near misses."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    tempted: int = 0

    def add(self, found: Iterable[str], asked: Iterable[str], tempting: Iterable[str] = ()) -> None:
        """Count what was found in one paragraph."""
        got, wanted = set(found), set(asked)
        self.right.update(got & wanted)
        self.wrong.update(got - wanted)
        self.missed.update(wanted - got)
        self.tempted += len(got & set(tempting))

    def figures(self, names: Sequence[str] | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 over some names, or all; 0 where there is nothing to divide by."""
        right, wrong, missed = (
            of.total() if names is None else sum(of[name] for name in names)
            for of in (self.right, self.wrong, self.missed)
        )
        return (
            right / max(1, right + wrong),
            right / max(1, right + missed),
            2 * right / max(1, 2 * right + wrong + missed),
        )

    def row(self, names: Sequence[str] | None = None) -> str:
        """The three figures as they are printed."""
        precision, recall, both = self.figures(names)
        return f"{precision:>10.3f}{recall:>8.3f}{both:>8.3f}"


def of_kinds(settings: Iterable[Setting], kinds: Iterable[str]) -> dict[tuple[str, str], Any]:
    """Settings one by one for each of the kinds to which they belong."""
    held = tuple(settings)
    made: dict[tuple[str, str], Any] = {}
    for kind in kinds:
        for one in sorted(held, key=lambda one: one.kind != ""):
            if one.kind in ("", kind) and PARAMETERS[one.name].belongs_to(kind):
                made[kind, one.name] = one.value
    return made


def add_parameters(
    count: Count,
    found: Mapping[tuple[str, str], Any],
    asked: Mapping[tuple[str, str], Any],
    kinds: Iterable[str],
) -> None:
    """Count the parameters of those kinds alone that were found and are asked.

    A list counts by its members, in whatever order; another value that was found is wrong and missed.
    """
    for kind in kinds:
        for name in PARAMETERS:
            got, wanted = (_members(of.get((kind, name))) for of in (found, asked))
            count.right[name] += len(got & wanted)
            count.wrong[name] += len(got - wanted)
            count.missed[name] += len(wanted - got)


def _members(value: Any) -> set[str]:
    if value is None:
        return set()
    return {str(one) for one in value} if isinstance(value, list) else {str(value)}
