"""``python dev.py bench reader``: how many paragraphs of the test texts are found as printed, and how fast.

Each style of numbering as it is, and after each thing that converters do to a text. A paragraph is found
whole where its number, heading and text are the right ones; ``starts`` counts the numbers alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# The texts are those of the tests, which are no package of the program.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.annexes.reading.reader import split
from tests.annexes.reading.converted import CONVERTED, closed, is_lossy
from tests.annexes.reading.styles import STYLES

_PAGE = 1_200
"""Characters of a page."""
_ASKED, _PACE = 0.99, 20.0
"""Share of the paragraphs, and milliseconds for a page."""


@dataclass(slots=True)
class Tally:
    """Paragraphs wanted, numbers found, paragraphs found whole, and what was read too much."""

    wanted: int = 0
    starts: int = 0
    whole: int = 0
    extra: int = 0

    def take(self, name: str, text: str) -> None:
        """Count one style, read from ``text``."""
        right = [(number, closed(heading), closed(said)) for number, heading, said in STYLES[name].tree]
        found = [(one.number, closed(one.heading), closed(one.text)) for one in split(text).paragraphs]
        numbers = {one[0] for one in found}
        self.wanted += len(right)
        self.starts += sum(1 for one in right if one[0] in numbers)
        self.whole += len(set(right) & set(found))
        self.extra += len(numbers - {one[0] for one in right})


def measure() -> dict[str, Tally]:
    """What is found of all styles, as printed and after each conversion."""
    found = {"as printed": Tally(), **{how: Tally() for how in CONVERTED}}
    for name, style in STYLES.items():
        found["as printed"].take(name, style.text)
        for how, convert in CONVERTED.items():
            if not is_lossy(name, how):
                found[how].take(name, convert(style.text))
    return found


def pace(pages: int) -> float:
    """Milliseconds of processor time for a page of a text of so many."""
    once = "".join(style.text for style in STYLES.values())
    text = (once * (pages * _PAGE // len(once) + 1))[: pages * _PAGE]
    started = time.process_time()
    split(text)
    return 1000 * (time.process_time() - started) / pages


def main(arguments: list[str]) -> int:
    """Measure; 1 where fewer paragraphs are found, or a page takes longer, than is asked."""
    parser = argparse.ArgumentParser(description="annexes of many styles taken apart")
    parser.add_argument("--pages", type=int, default=100, help="pages of the long text (default: 100)")
    pages = parser.parse_args(arguments).pages
    found = measure()
    lines = [f"{'':<34}{'wanted':>8}{'starts':>8}{'whole':>8}{'extra':>8}"]
    lines += [
        f"{how:<34}{one.wanted:>8}{one.starts:>8}{one.whole:>8}{one.extra:>8}" for how, one in found.items()
    ]
    whole = sum(one.whole for one in found.values()) / sum(one.wanted for one in found.values())
    per_page = pace(pages)
    lines.append(f"whole: {100 * whole:.1f} % (asked {100 * _ASKED:.0f} %)")
    lines.append(f"{per_page:.1f} ms a page over {pages} pages (asked {_PACE:.0f} ms)")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if whole >= _ASKED and per_page <= _PACE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
