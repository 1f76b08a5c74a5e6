"""Learns the second opinion on the kinds of a paragraph, and how it is weighed beside the patterns.

``python dev.py train-reader`` writes ``resources/reader/second.bin``, and measures: each imagined author is
left out once, and what the others teach is tried on those paragraphs; ``--check`` only measures. The same
paragraphs give the same numbers. Nothing is learned from the checking half.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "learning"))

from counted import Count
from grounds import Row, fitted, rows
from labelled_paragraphs import OPENED, teaching
from learning import Example, examples, learn, of_clients, of_leads, of_patterns
from taught import Network

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion import network as shipped
from app.annexes.reading.understanding.opinion.second import fingerprint
from app.annexes.reading.understanding.opinion.signs import read_text
from app.annexes.reading.understanding.opinion.weighing import confidence
from app.annexes.reading.understanding.proposing import OFFERED, TAKEN

_OUT = Path(__file__).resolve().parents[1] / "resources" / "reader" / shipped.FILE
_FOLDS = 5
_LIKELY = 0.25
"""From here the opinion would find a kind, had it to do so by itself."""
_STEPS_EACH_WAY = 31
"""Into so many steps the hidden numbers are cut, on either side of nothing."""
_STEPS = (0.0, OFFERED, TAKEN, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def main(arguments: list[str]) -> int:
    """Learn and write, or check. Returns the exit code."""
    parser = argparse.ArgumentParser(description="the second opinion of the reader of annexes")
    parser.add_argument(
        "--check", action="store_true", help="measure with each author left out; write nothing"
    )
    check = parser.parse_args(arguments).check
    paragraphs = teaching()
    told = examples(paragraphs)
    # Twice, for they are few: what one is against must never be proposed.
    others = [*of_patterns(), *of_patterns(), *of_clients(), *of_leads(paragraphs)]
    opinions = left_out(told, others)
    weighed = rows(told, opinions)
    _check(told, weighed)
    if check:
        return 0
    learned = learn([*told, *others])
    source = fingerprint((read_text(one.prepared), one.kinds) for one in told)
    _write(source, learned, fitted([one for one in weighed if one.fresh]))
    print(f"{_OUT.name}: {_OUT.stat().st_size:,} bytes from {len(told)} paragraphs")
    return 0


def left_out(told: Sequence[Example], others: Sequence[Example]) -> list[Mapping[str, float]]:
    """Of each paragraph what an opinion thinks that has learned nothing from its author: kind → likely."""
    found: dict[int, dict[str, float]] = {at: {} for at in range(len(told))}
    for fold in folds(told):
        known = [one for one in (*told, *others) if one.author not in fold]
        held = learn(known)
        for at, one in enumerate(told):
            if one.author in fold:
                found[at] = dict(zip(KINDS, held.likely(one.signs), strict=True))
    return [found[at] for at in range(len(told))]


def folds(told: Iterable[Example]) -> list[set[str]]:
    """The authors, dealt out."""
    authors = sorted({one.author for one in told})
    return [set(authors[at::_FOLDS]) for at in range(_FOLDS)]


def _write(source: str, learned: Network, weighing: Sequence[float]) -> None:
    hidden = {sign: learned.hidden_of(sign) for sign in learned.rows}
    scale = max(abs(one) for row in hidden.values() for one in row) / _STEPS_EACH_WAY
    table = {sign: [round(one / scale) for one in row] for sign, row in hidden.items()}
    out = tuple(tuple(row) for row in learned.out)
    lift, bias = tuple(learned.lift), tuple(learned.bias)
    numbers = shipped.Numbers(source, tuple(KINDS), scale, lift, out, bias, tuple(weighing), table)
    _OUT.write_bytes(shipped.packed(numbers))


def _check(told: Sequence[Example], weighed: Sequence[Row]) -> None:
    """What patterns, opinion and both find; neither opinion nor weights were learned from the author."""
    said: list[tuple[Row, float]] = []
    for fold in folds(told):
        weighing = fitted([one for one in weighed if one.fresh and one.author not in fold])
        said += [(one, confidence(one.grounds, weighing)) for one in weighed if one.author in fold]
    for name in ("no pattern made in sight", "of them those that were counted", "patterns made in sight"):
        fresh = name != "patterns made in sight"
        held = [one for one in said if one[0].fresh is fresh]
        if name.startswith("of them"):
            held = [one for one in held if one[0].author in OPENED]
        print(f"\n{name:<40}{'precision':>10}{'recall':>8}{'F1':>8}{'tempted':>9}")
        _count("  patterns", ((row, row.grounds.sure > 0) for row, _ in held))
        _count("  opinion, author left out", ((row, row.grounds.likely >= _LIKELY) for row, _ in held))
        _count("  both", ((row, sure >= TAKEN) for row, sure in held))
        _confidences(held)


def _confidences(held: Sequence[tuple[Row, float]]) -> None:
    """Of what was said to be so sure, how much was right."""
    for low, high in pairwise(_STEPS):
        if inside := [(row.asked, sure) for row, sure in held if low <= sure < high]:
            mean = sum(sure for _, sure in inside) / len(inside)
            right = sum(asked for asked, _ in inside) / len(inside)
            print(f"  said from {low:.2f}{len(inside):>8}{mean:>8.2f}{right:>8.2f} right")


def _count(name: str, said: Iterable[tuple[Row, bool]]) -> None:
    count = Count()
    for row, found in said:
        count.add(["x"] if found else [], ["x"] if row.asked else [], ["x"] if row.tempting else [])
    print(f"{name:<40}{count.row()}{count.tempted:>9}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
