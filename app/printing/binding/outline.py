"""The outline of a file that is put together: an entry for each part, below the first those of its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.printing.tagging.objects import Objects
from app.printing.tagging.writing import hexadecimal


class Entry(NamedTuple):
    """What a line of the outline says, the number of the page to which it leads, and what stands below it."""

    title: str
    page: int
    below: tuple[Entry, ...] = ()


def outline(out: Objects, entries: Sequence[Entry]) -> int:
    """Write the entries, all of them open; the number of the outline."""
    root = out.take()
    first, last = _written(out, entries, root)
    count = sum(1 + len(one.below) for one in entries)
    out.say(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count))
    return root


def _written(out: Objects, entries: Sequence[Entry], above: int) -> tuple[int, int]:
    """The numbers of the first and the last of the entries below ``above``."""
    numbers = [out.take() for _ in entries]
    for at, (number, entry) in enumerate(zip(numbers, entries, strict=True)):
        said = f"/Title<{hexadecimal(entry.title)}>/Parent {above} 0 R/Dest[{entry.page} 0 R/Fit]"
        if at:
            said += f"/Prev {numbers[at - 1]} 0 R"
        if at + 1 < len(numbers):
            said += f"/Next {numbers[at + 1]} 0 R"
        if entry.below:
            first, last = _written(out, entry.below, number)
            said += f"/First {first} 0 R/Last {last} 0 R/Count {len(entry.below)}"
        out.say(number, f"<<{said}>>".encode("ascii"))
    return numbers[0], numbers[-1]
