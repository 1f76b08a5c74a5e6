"""A chart of who stands under whom, drawn with rules: a tree from the top down, or rows that go in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.common import PeopleError
from app.printing import blocks as b
from app.printing.flow import Draw, Piece
from app.printing.paper import LANDSCAPE, PORTRAIT
from app.printing.pen import Pen
from app.printing.tagging.tree import Element
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text, width_of

_WIDEST, _NARROWEST = 150.0, 80.0
"""A box of a tree: no wider than this, and where it would be narrower, rows are drawn instead."""
_BETWEEN, _LEVELS = 10.0, 24.0
"""Between boxes side by side, and between one level and the next."""
_SIDE, _END = 4.0, 3.5
_LEADING = 1.35
_PART = 0.9
"""A tree that would take more than this part of a page is drawn in rows, which go on overleaf."""
_STEP, _LEAST_STEP = 22.0, 6.0
_DEEP = 0.45
"""How much of the width the steps of the deepest row may take."""
_ROW_GAP = 5.0
_LINE, _FRAME = 0.6, 0.7
_SHADE = 0.94


def chart_pieces(chart: b.Chart, width: float, part: Element) -> list[Piece]:
    """The chart over ``width``. Raises ``ValueError`` for boxes that are not in the order of the tree,
    ``PeopleError`` where so many stand under one another that no box could be written in. ``part``: what
    holds it in the file's structure.
    """
    if not chart.boxes:
        return []
    _check(chart.boxes)
    tree = _tree(chart, width)
    pieces = [tree] if tree else _rows(chart, width)
    figure = Element("Figure", part, alt=_told(chart.boxes))
    for piece in pieces:
        piece.draw = partial(_seen, figure, piece.draw)
    return pieces


def _seen(figure: Element, draw: Draw, pen: Pen, x: float, top: float) -> None:
    """Boxes and lines belong to one picture, on all pages over which it goes."""
    pen.reads(figure)
    draw(pen, x, top)


def _told(boxes: Sequence[b.Box]) -> str:
    """The chart in words: every box with the one it hangs from, which only the lines show."""
    said = []
    for box in boxes:
        under = "" if box.above is None else f"（「{boxes[box.above].texts[0]}」の下）"
        said.append("、".join(box.texts) + under)
    return f"図　{'。'.join(said)}。"


def _check(boxes: Sequence[b.Box]) -> None:
    """Each box follows the one it hangs from, and all that hangs from a box comes before its neighbour."""
    path: list[int] = []
    for number, box in enumerate(boxes):
        while path and path[-1] != box.above:
            path.pop()
        if box.above is not None and not path:
            raise ValueError(f"box {number} of a chart hangs from {box.above}, which is not on its way")
        path.append(number)


@dataclass(frozen=True, slots=True)
class _Set:
    """The texts of one box, broken to its width."""

    texts: tuple[tuple[Line, ...], ...]
    size: float
    width: float

    @property
    def height(self) -> float:
        return sum(map(len, self.texts)) * self.size * _LEADING + 2 * _END

    def draw(self, pen: Pen, x: float, top: float, height: float, *, centred: bool) -> None:
        """A frame ``height`` high, its heading shaded, the texts one after the other."""
        leading = self.size * _LEADING
        pen.shade(x, top, self.width, len(self.texts[0]) * leading + _END, _SHADE)
        pen.frame(x, top, self.width, height, _FRAME)
        at = top + _END
        for line in (line for text in self.texts for line in text):
            room = self.width - line.width * self.size / 1000
            pen.line(line, x + (room / 2 if centred else _SIDE), at + (leading - self.size) / 2, self.size)
            at += leading


def _set(box: b.Box, size: float, width: float) -> _Set:
    room = (width - 2 * _SIDE) * 1000 / size
    chains = (fonts().bold if at == 0 else fonts().body for at in range(len(box.texts)))
    texts = zip(chains, box.texts, strict=True)
    return _Set(tuple(tuple(break_text(chain, text, room)) for chain, text in texts), size, width)


def _below(boxes: Sequence[b.Box]) -> list[list[int]]:
    """For each box, the numbers of those that hang from it."""
    found: list[list[int]] = [[] for _ in boxes]
    for number, box in enumerate(boxes):
        if box.above is not None:
            found[box.above].append(number)
    return found


def _levels(boxes: Sequence[b.Box]) -> list[int]:
    """How many boxes stand above each."""
    found: list[int] = []
    for box in boxes:
        found.append(0 if box.above is None else found[box.above] + 1)
    return found


def _tree(chart: b.Chart, width: float) -> Piece | None:
    """All in one piece; None where the paper is too narrow or too low for it."""
    boxes, below = chart.boxes, _below(chart.boxes)
    spans = [0] * len(boxes)
    for number in reversed(range(len(boxes))):
        spans[number] = sum(spans[child] for child in below[number]) or 1
    across = sum(spans[number] for number, box in enumerate(boxes) if box.above is None)
    share = (width + _BETWEEN) / across
    if share - _BETWEEN < _NARROWEST:
        return None
    natural = max(
        width_of(fonts().bold if at == 0 else fonts().body, line)
        for box in boxes
        for at, text in enumerate(box.texts)
        for line in text.split("\n")
    )
    wide = min(share - _BETWEEN, _WIDEST, max(natural * chart.size / 1000 + 2 * _SIDE + 1, _NARROWEST))
    held = [_set(box, chart.size, wide) for box in boxes]
    levels = _levels(boxes)
    heights = [0.0] * (max(levels) + 1)
    for one, level in zip(held, levels, strict=True):
        heights[level] = max(heights[level], one.height)
    tops = [sum(heights[:level]) + level * _LEVELS for level in range(len(heights))]
    height = tops[-1] + heights[-1]
    if height > _PART * _page(width):
        return None
    centres = _centres(boxes, spans, min(share, (wide + 3 * _BETWEEN)), width, across)
    laid = _Tree(boxes, held, levels, tops, heights, centres)
    return Piece(height, partial(_draw_tree, laid), before=4.0, after=6.0, words=boxes[0].texts[0])


def _page(width: float) -> float:
    paper = LANDSCAPE if width > PORTRAIT.text_width + 1 else PORTRAIT
    return paper.height - paper.top - paper.bottom


def _centres(
    boxes: Sequence[b.Box], spans: Sequence[int], share: float, width: float, across: int
) -> list[float]:
    """The middle of each box: over the middle of what hangs from it, the whole in the middle of the paper."""
    left = (width - across * share) / 2
    taken: dict[int | None, float] = {None: left}
    found = []
    for number, box in enumerate(boxes):
        start = taken[box.above]
        taken[box.above] = start + spans[number] * share
        taken[number] = start
        found.append(start + spans[number] * share / 2)
    return found


@dataclass(frozen=True, slots=True)
class _Tree:
    boxes: Sequence[b.Box]
    held: Sequence[_Set]
    levels: Sequence[int]
    tops: Sequence[float]
    heights: Sequence[float]
    centres: Sequence[float]


def _draw_tree(tree: _Tree, pen: Pen, x: float, top: float) -> None:
    """The lines first, then the boxes in the order in which they were given."""
    rules = []
    for number, box in enumerate(tree.boxes):
        if box.above is not None:
            level, over, here = tree.levels[number], tree.centres[box.above], tree.centres[number]
            upper = top + tree.tops[level - 1] + tree.heights[level - 1]
            turn, lower = upper + _LEVELS / 2, top + tree.tops[level]
            rules += [
                (x + over, upper, x + over, turn),
                (x + min(over, here), turn, x + max(over, here), turn),
                (x + here, turn, x + here, lower),
            ]
    pen.rules(dict.fromkeys(rules), _LINE)
    for one, level, centre in zip(tree.held, tree.levels, tree.centres, strict=True):
        one.draw(pen, x + centre - one.width / 2, top + tree.tops[level], tree.heights[level], centred=True)


def _rows(chart: b.Chart, width: float) -> list[Piece]:
    """A piece for each box, in the order of the tree; the lines of those above go on through it."""
    boxes, below, levels = chart.boxes, _below(chart.boxes), _levels(chart.boxes)
    step = min(_STEP, width * _DEEP / max(1, *levels))
    if step < _LEAST_STEP:
        raise PeopleError(
            f"図の段が多すぎる（{max(levels) + 1}段）ため印刷できません。報告先の登録を確かめてください。"
        )
    more = {child: child != children[-1] for children in below for child in children}
    pieces = []
    for number, (box, level) in enumerate(zip(boxes, levels, strict=True)):
        held = _set(_side_by_side(box), chart.size, min(width - level * step, width * (1 - _DEEP)))
        through = tuple(
            (levels[above] - 0.5) * step for above in _hanging(boxes, number) if more.get(above, False)
        )
        row = _Row(held, level, step, more.get(number, False), through, bool(below[number]))
        pieces.append(Piece(held.height + _ROW_GAP, partial(_draw_row, row), words=box.texts[0]))
    pieces[0].before, pieces[-1].after = 4.0, 6.0
    if len(pieces) > 1:
        pieces[0].keep = pieces[-2].keep = True
    return pieces


def _side_by_side(box: b.Box) -> b.Box:
    """The box with all but its heading on one line, as far as its width goes."""
    heading, *rest = box.texts
    return b.Box((heading, "　".join(rest)) if rest else box.texts, box.above)


def _hanging(boxes: Sequence[b.Box], number: int) -> list[int]:
    """What stands above a box and hangs from another itself."""
    found = []
    above = boxes[number].above
    while above is not None:
        if boxes[above].above is not None:
            found.append(above)
        above = boxes[above].above
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One box at a ``level``, each ``step`` further in. ``more``: another hangs from the same box below it.

    ``through``: where lines between boxes above and below go past it; ``leads``: something hangs from it.
    """

    held: _Set
    level: int
    step: float
    more: bool
    through: tuple[float, ...]
    leads: bool


def _draw_row(row: _Row, pen: Pen, x: float, top: float) -> None:
    height, bottom = row.held.height, top + row.held.height + _ROW_GAP
    middle, left = top + height / 2, x + row.level * row.step
    rules = [(x + at, top, x + at, bottom) for at in row.through]
    if row.level:
        turn = left - row.step / 2
        rules += [(turn, top, turn, bottom if row.more else middle), (turn, middle, left, middle)]
    if row.leads:
        rules.append((left + row.step / 2, top + height, left + row.step / 2, bottom))
    pen.rules(rules, _LINE)
    row.held.draw(pen, left, top, height, centred=False)
