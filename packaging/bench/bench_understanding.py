"""How well the duties of a paragraph are understood: counts alone, per half of the labelled paragraphs.

Beside the program's own patterns stand two plain ways in the same run: a list of keywords, one line a kind,
and the nearest labelled paragraph by character n-grams. The neighbours are taken from the tuning half; for
that half each imagined author is left out in turn. No text and no id is printed: the checking half may be
counted and not looked at.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.folded import fold
from app.annexes.reading.understanding.prepared import Paragraph
from app.annexes.reading.understanding.proposing import headings, propose

LABELLED = Path(__file__).parents[2] / "tests" / "annexes" / "reading" / "labelled"
SURE = 0.85
"""From here a proposal is taken for sure."""
HALVES = ("tuning", "checking")
STEPS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where each row of the table of confidences begins."""


@dataclass(frozen=True)
class Labelled:
    """One paragraph with what it asks for, what it seems to ask for, and whose hand it is."""

    paragraph: Paragraph
    kinds: frozenset[str]
    tempting: frozenset[str]
    author: str

    @property
    def text(self) -> str:
        """What is read of it: the lead, and the paragraph itself."""
        one = self.paragraph
        return fold(one.lead + one.text, one.client, one.vendor).text


@dataclass
class Count:
    """Right, wrong and missed proposals of each kind, and the wrong ones that were near misses."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    tempted: int = 0

    def add(self, one: Labelled, found: Iterable[str]) -> None:
        """Count what was found in one paragraph."""
        kinds = set(found)
        self.right.update(kinds & one.kinds)
        self.wrong.update(kinds - one.kinds)
        self.missed.update(one.kinds - kinds)
        self.tempted += len(kinds & one.tempting)

    def figures(self, kinds: Sequence[str]) -> tuple[float, float, float]:
        """Precision, recall and F1 over some kinds; 0 where there is nothing to divide by."""
        right, wrong, missed = (
            sum(of[kind] for kind in kinds) for of in (self.right, self.wrong, self.missed)
        )
        return (
            right / max(1, right + wrong),
            right / max(1, right + missed),
            2 * right / max(1, 2 * right + wrong + missed),
        )


def main(arguments: list[str]) -> int:
    """Measure and print. Returns the exit code."""
    parser = argparse.ArgumentParser(description="kinds of duty understood in labelled paragraphs")
    parser.add_argument("--kinds", action="store_true", help="a line for each kind as well")
    wanted = parser.parse_args(arguments)
    halves = {half: _read(half) for half in HALVES}
    for half, labelled in halves.items():
        _half(half, labelled, halves["tuning"], each=wanted.kinds)
    return 0


def _read(half: str) -> list[Labelled]:
    entries = tomllib.loads((LABELLED / f"{half}.toml").read_text(encoding="utf-8"))["paragraph"]
    return [_labelled(entry) for entry in entries]


def _labelled(entry: dict[str, Any]) -> Labelled:
    paragraph = Paragraph(entry["text"], **entry["context"])
    kinds, tempting = frozenset(entry["kinds"]), frozenset(entry.get("tempting", ()))
    return Labelled(paragraph, kinds, tempting, entry["id"].split("-")[0])


def _half(half: str, labelled: list[Labelled], known: list[Labelled], *, each: bool) -> None:
    nearest = _nearest(known)
    propose(labelled[0].paragraph)
    counts: dict[str, Count] = {}
    ways: dict[str, Callable[[Labelled], Iterable[str]]] = {
        "patterns": lambda one: (found.kind for found in propose(one.paragraph)),
        "keyword list": _keywords,
        "nearest neighbour": nearest,
    }
    kinds, near = sum(len(one.kinds) for one in labelled), sum(len(one.tempting) for one in labelled)
    print(f"\n{half}: {len(labelled)} paragraphs, {kinds} kinds, {near} near misses")
    print(f"{'':<22}{'precision':>10}{'recall':>8}{'F1':>8}{'tempted':>9}{'ms':>8}")
    for name, way in ways.items():
        counts[name], used = Count(), time.process_time()
        for one in labelled:
            counts[name].add(one, way(one))
        spent = (time.process_time() - used) * 1000 / len(labelled)
        print(f"{name:<22}{_row(counts[name], list(KINDS))}{counts[name].tempted:>9}{spent:>8.2f}")
    for name in KINDS if each else ():
        print(f"  {name:<20}{_row(counts['patterns'], [name])}")
    _confidences(labelled)
    _nothing_asked(labelled)


def _nothing_asked(labelled: list[Labelled]) -> None:
    """The worst fault: a duty made of a principle, a definition, an exception or the client's own duty."""
    empty = [one for one in labelled if not one.kinds]
    made = [found.confidence for one in empty for found in propose(one.paragraph)]
    sure = sum(confidence >= SURE for confidence in made)
    print(f"paragraphs that ask for nothing: {len(empty)}; proposals there: {len(made)}, from {SURE}: {sure}")


def _row(count: Count, kinds: Sequence[str]) -> str:
    precision, recall, both = count.figures(kinds)
    return f"{precision:>10.3f}{recall:>8.3f}{both:>8.3f}"


def _confidences(labelled: list[Labelled]) -> None:
    """Of the proposals that were said to be so sure, how many were right."""
    said = [
        (found.confidence, found.kind in one.kinds) for one in labelled for found in propose(one.paragraph)
    ]
    print(f"{'confidence':<22}{'proposals':>10}{'said':>8}{'right':>8}")
    for low, high in zip(STEPS, (*STEPS[1:], 1.01), strict=True):
        if inside := [one for one in said if low <= one[0] < high]:
            mean = sum(sure for sure, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            print(f"{f'from {low:.2f}':<22}{len(inside):>10}{mean:>8.2f}{right:>8.2f}")


def _keywords(one: Labelled) -> list[str]:
    """Each kind of which a word stands in the paragraph or its heading, whatever the sentence says."""
    text = one.text + fold(one.paragraph.heading).text
    return [kind for kind, words in headings().items() if words.search(text)]


def _nearest(known: list[Labelled]) -> Callable[[Labelled], Iterable[str]]:
    """The kinds of the paragraph most alike by its runs of two to four characters, of another author."""
    bags = [(_grams(one.text), one) for one in known]
    often = Counter(gram for bag, _ in bags for gram in bag)
    weights = {gram: math.log((1 + len(bags)) / (1 + count)) + 1 for gram, count in often.items()}
    vectors = [(_vector(bag, weights), one) for bag, one in bags]

    def kinds(asked: Labelled) -> Iterable[str]:
        wanted = _vector(_grams(asked.text), weights)
        others = ((vector, one) for vector, one in vectors if one.author != asked.author)
        return max(others, key=lambda other: _alike(wanted, other[0]))[1].kinds

    return kinds


def _grams(text: str) -> Counter[str]:
    plain = re.sub(r"[、。]", "", text)
    return Counter(plain[at : at + size] for size in (2, 3, 4) for at in range(len(plain) - size + 1))


def _vector(bag: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    raw = {gram: (1 + math.log(count)) * weights[gram] for gram, count in bag.items() if gram in weights}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {gram: value / length for gram, value in raw.items()}


def _alike(one: dict[str, float], other: dict[str, float]) -> float:
    few, many = sorted((one, other), key=len)
    return sum(value * many[gram] for gram, value in few.items() if gram in many)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
