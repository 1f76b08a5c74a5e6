"""How well the duties of a paragraph are understood: counts alone, for each set of labelled paragraphs.

Kinds beside two plain ways in the same run (``plain_ways``), moments beside the usual ones of the kind,
parameters, and whether confidences are honest. No text and no id is printed: the checking half may be counted
and not looked at. `sources` are the product's annexes in our own words, which speak of records beside duties.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from counted import Count, add_parameters, of_kinds
from labelled_paragraphs import SETS, SOURCES, Labelled, labelled
from plain_ways import keywords, nearest

from app.annexes.asks import PARAMETERS
from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.moments import usual
from app.annexes.reading.understanding.understood import Understanding, understand

SURE = 0.85
"""From here a proposal is taken for sure."""
STEPS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where each row of the table of confidences begins."""
_WARM = 20
"""Paragraphs that are read before the clock runs: patterns are compiled once."""
_RUNS = 3
"""Of these the quickest counts: what else runs on the machine only ever makes it slower."""
_PAGE, _PACE = 1_200, 20.0
"""Characters of a page, and the milliseconds that it may take."""


@dataclass(frozen=True)
class Read:
    """A labelled paragraph with what was understood of it."""

    labelled: Labelled
    found: Understanding

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.found.kinds}


def main(arguments: list[str]) -> int:
    """Measure and print. Returns the exit code: 1 where a page takes longer than is asked."""
    names = (*SETS, SOURCES)
    parser = argparse.ArgumentParser(description="what is understood of labelled paragraphs")
    parser.add_argument("--kinds", action="store_true", help="a line for each kind and parameter as well")
    parser.add_argument("--only", choices=names, help="one set alone")
    wanted = parser.parse_args(arguments)
    known = labelled("tuning")
    paces = [_set(name, known, each=wanted.kinds) for name in names if wanted.only in (None, name)]
    return 0 if max(paces) <= _PACE else 1


def _set(name: str, known: list[Labelled], *, each: bool) -> float:
    """Measure one set; milliseconds for a page of it."""
    asked = labelled(name)
    for one in asked[:_WARM]:
        understand(one.paragraph)
    runs = [_timed(asked) for _ in range(_RUNS)]
    read = runs[0][1]
    pace = min(spent for spent, _ in runs) * _PAGE / sum(len(one.text) for one in asked)
    kinds, near = sum(len(one.kinds) for one in asked), sum(len(one.tempting) for one in asked)
    print(f"\n{name}: {len(asked)} paragraphs, {kinds} kinds, {near} near misses; {pace:.1f} ms a page")
    _kinds(read, known, each=each)
    _moments(read)
    _parameters(read, each=each)
    _confidences(read)
    _nothing_asked(read)
    return pace


def _timed(asked: list[Labelled]) -> tuple[float, list[Read]]:
    """Milliseconds of processor time for all of them, and what was understood."""
    started = time.process_time()
    read = [Read(one, understand(one.paragraph)) for one in asked]
    return 1000 * (time.process_time() - started), read


def _kinds(read: list[Read], known: list[Labelled], *, each: bool) -> None:
    neighbour = nearest(known)
    ways: dict[str, Callable[[Read], Iterable[str]]] = {
        "kinds": lambda one: one.kinds,
        "  keyword list": lambda one: keywords(one.labelled),
        "  nearest neighbour": lambda one: neighbour(one.labelled).kinds,
    }
    print(f"{'':<22}{'precision':>10}{'recall':>8}{'F1':>8}{'tempted':>9}")
    for name, way in ways.items():
        count = Count()
        for one in read:
            count.add(way(one), one.labelled.kinds, one.labelled.tempting)
        print(f"{name:<22}{count.row()}{count.tempted:>9}")
        for kind in KINDS if each and name == "kinds" else ():
            print(f"    {kind:<22}{count.row([kind])}{count.right[kind] + count.missed[kind]:>6}")


def _moments(read: list[Read]) -> None:
    """Of paragraphs of which any kind was found: those are asked when."""
    said, plain = Count(), Count()
    for one in read:
        if one.labelled.kinds & one.kinds:
            said.add((moment.when for moment in one.found.moments), one.labelled.when)
            plain.add((when.value for kind in one.kinds for when in usual()[kind]), one.labelled.when)
    print(f"{'moments':<22}{said.row()}\n{'  usual ones alone':<22}{plain.row()}")


def _parameters(read: list[Read], *, each: bool) -> None:
    count = Count()
    for one in read:
        both = one.kinds & one.labelled.kinds
        add_parameters(count, of_kinds(one.found.settings, one.kinds), one.labelled.parameters, both)
    closed = [name for name in PARAMETERS if name not in ("items", "methods")]
    print(f"{'parameters':<22}{count.row()}\n{'  but words of its own':<22}{count.row(closed)}")
    for name in PARAMETERS if each else ():
        if asked := count.right[name] + count.missed[name] + count.wrong[name]:
            print(f"    {name:<22}{count.row([name])}{asked:>6}")


def _nothing_asked(read: list[Read]) -> None:
    """The worst fault: a duty made of a principle, a definition, an exception or the client's own duty."""
    empty = [one for one in read if not one.labelled.kinds]
    made = [kind.confidence for one in empty for kind in one.found.kinds]
    sure = sum(confidence >= SURE for confidence in made)
    print(
        f"paragraphs that ask for nothing: {len(empty)}; kinds found there: {len(made)}, from {SURE}: {sure}"
    )
    silent = [one for one in read if one.found.silent]
    false = sum(bool(one.labelled.kinds) for one in silent)
    print(f"said to ask for nothing: {len(silent)}; of them that do ask: {false}")


def _confidences(read: list[Read]) -> None:
    """Of the kinds that were said to be so sure, how many were right."""
    said = [(kind.confidence, kind.kind in one.labelled.kinds) for one in read for kind in one.found.kinds]
    alone = [kind.kind in one.labelled.kinds for one in read for kind in one.found.offered]
    print(f"offered by the second opinion alone: {len(alone)}, right: {sum(alone)}")
    print(f"{'confidence of kinds':<22}{'number':>10}{'said':>8}{'right':>8}")
    for low, high in zip(STEPS, (*STEPS[1:], 1.01), strict=True):
        if inside := [one for one in said if low <= one[0] < high]:
            mean = sum(sure for sure, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            print(f"{f'from {low:.2f}':<22}{len(inside):>10}{mean:>8.2f}{right:>8.2f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
