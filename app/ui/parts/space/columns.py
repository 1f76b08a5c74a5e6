"""How the columns of a table share its width: room goes where it is needed, and none is wasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """What a column wants, in logical pixels: ``need`` shows all of it; it never gets less than ``least``.

    ``eager``: it takes a share of what is left when every need is met.
    """

    need: int
    least: int
    eager: bool = False


def shares(wants: Sequence[Want], room: int) -> list[int]:
    """The width of each column. Without room for all, only the widest are cut, to the same width."""
    if not wants:
        return []
    if sum(want.need for want in wants) > room:
        cap = _cap(wants, room)
        return [_within(want, cap) for want in wants]
    widths = [want.need for want in wants]
    takers = [at for at, want in enumerate(wants) if want.eager] or [len(wants) - 1]
    share, rest = divmod(room - sum(widths), len(takers))
    for at in takers:
        widths[at] += share
    widths[takers[-1]] += rest
    return widths


def _within(want: Want, cap: int) -> int:
    return max(min(want.least, want.need), min(want.need, cap))


def _cap(wants: Sequence[Want], room: int) -> int:
    """The greatest width to which columns may be cut so that all fit; 0 if even the least is too much."""
    low, high = 0, max(want.need for want in wants)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(_within(want, middle) for want in wants) <= room:
            low = middle
        else:
            high = middle - 1
    return low
