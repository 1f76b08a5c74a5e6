"""How wide the columns of a register are: as its texts ask, so that none is broken letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

from app.printing.blocks import Column

_ROOM = 88.0
"""Full-width characters that stand beside each other across a landscape sheet, at the size of registers."""
_BESIDE = 1.4
"""What the rules and the blank beside a text take, in such characters."""
_WHOLE = 8.0
"""Up to this width a text (a day, a number, a name) is kept on one line where there is room."""
_LEAST = 5.0
"""What a column of longer texts has at least, before the rest is shared out."""


def fitting(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns under these heads, with their shares: short texts stay whole, long ones share the rest."""
    needs = [
        max(_width(head), *(_width(row[at]) for row in rows)) if rows else _width(head)
        for at, head in enumerate(heads)
    ]
    room = _ROOM - _BESIDE * len(heads)
    widths = _shared(needs, [_much(rows, at) for at in range(len(heads))], room)
    return tuple(
        Column(head, width + _BESIDE, fit=need <= _WHOLE + 1)
        for head, width, need in zip(heads, widths, needs, strict=True)
    )


def _shared(needs: Sequence[float], much: Sequence[float], room: float) -> list[float]:
    """Every column its least, then what is left by how much there is to be said in each."""
    if sum(needs) <= room:
        return list(needs)
    widths = [min(need, _WHOLE if need <= _WHOLE else _LEAST) for need in needs]
    if sum(widths) >= room:
        # More columns than the sheet has room for: all give way alike, none to nothing.
        widths = [min(need, _LEAST) for need in needs]
        return [width * room / sum(widths) for width in widths] if sum(widths) > room else widths
    left = room - sum(widths)
    while left > 0.01:
        open_ = [at for at, need in enumerate(needs) if widths[at] < need]
        total = sum(much[at] for at in open_)
        if not open_ or not total:
            break
        given = [min(left * much[at] / total, needs[at] - widths[at]) for at in open_]
        for at, more in zip(open_, given, strict=True):
            widths[at] += more
        left -= sum(given)
    return widths


def _much(rows: Sequence[Sequence[str]], at: int) -> float:
    """How much a column has to say: rows grow with the root of it, not with one long text alone."""
    return float(sum(_width(row[at]) ** 2 for row in rows) / max(len(rows), 1)) ** 0.5 if rows else 0.0


def _width(text: str) -> float:
    """The width of the longest line of a text in full-width characters."""
    return max(sum(0.5 if one.isascii() else 1.0 for one in line) for line in (text or " ").split("\n"))
