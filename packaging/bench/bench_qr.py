"""How surely the code of a page is read from self-made scans of the sample's papers.

At 200 dots per inch in colour every one has to be read, whatever corner a vermilion seal lies on; that is
what the exit code says. Coarser and grey scans are told beside it. A wrong text in any of them is a fault.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from made_scans import CORNERS, Scan, as_page, scanned
from print_jobs import sample_documents

from app.exchange.scans.reading import read_page
from app.printing.codes.payload import paper_code
from app.printing.furniture import code_text
from app.printing.pages import page_count
from app.printing.render import render

_DPI = (200, 150, 100)
_ASKED = 200
_WORDS = {True: "grey", False: "colour"}


@dataclass(slots=True)
class Tally:
    """Of one kind of scan: how many, how many read, how many read wrongly, seconds."""

    tried: int = 0
    read: int = 0
    wrong: int = 0
    seconds: float = 0.0


def papers(most: int) -> Iterator[tuple[bytes, int, str]]:
    """Pages of the sample's forms: the file, the page, what its code says."""
    found = 0
    for document in sample_documents().values():
        pdf = render(document)
        for page in range(page_count(pdf)):
            if found == most:
                return
            found += 1
            yield pdf, page, code_text(document, page + 1)


def measure(most: int) -> dict[tuple[bool, int, str], Tally]:
    """Read every page in every way; by grey, dots per inch and place of the seal."""
    found: dict[tuple[bool, int, str], Tally] = {}
    for number, (pdf, page, said) in enumerate(papers(most)):
        for grey in (False, True):
            for dpi in _DPI:
                for seal in CORNERS:
                    skew = 3.0 if number % 2 else -3.0
                    how = Scan(dpi, skew, seal, grey=grey)
                    tally = found.setdefault((grey, dpi, seal), Tally())
                    # Each has its seal turned otherwise.
                    _try(scanned(pdf, page, how, math.tau * number / 37), said, tally)
    return found


def _try(jpeg: bytes, said: str, tally: Tally) -> None:
    page = as_page(jpeg)
    started = time.process_time()
    codes = read_page(page).codes
    tally.seconds += time.process_time() - started
    tally.tried += 1
    tally.read += paper_code(said) in codes
    tally.wrong += any(code != paper_code(said) for code in codes)


def table(found: dict[tuple[bool, int, str], Tally]) -> str:
    """One line for each kind of scan, one column for each place of the seal: share read, ms a page."""
    lines = [" " * 16 + "".join(f"{seal:>20}" for seal in CORNERS)]
    for grey in (False, True):
        for dpi in _DPI:
            cells = []
            for seal in CORNERS:
                one = found[grey, dpi, seal]
                wrong = f" {one.wrong} WRONG" if one.wrong else ""
                share, pace = 100 * one.read / one.tried, 1000 * one.seconds / one.tried
                cells.append(f"{share:6.0f} %{pace:6.0f} ms{wrong}".rjust(20))
            lines.append(f"{_WORDS[grey]:<8}{dpi:>4} dpi" + "".join(cells))
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Measure; 1 where a colour scan at 200 dots per inch is not read, or any is read wrongly."""
    parser = argparse.ArgumentParser(description="codes of papers read from self-made scans")
    parser.add_argument("--pages", type=int, default=14, help="how many pages of the sample (default: 14)")
    found = measure(parser.parse_args(arguments).pages)
    sys.stdout.write(table(found))
    asked = [one for (grey, dpi, _), one in found.items() if dpi == _ASKED and not grey]
    failed = any(one.read < one.tried for one in asked) or any(one.wrong for one in found.values())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
