"""Numbers that begin anew below headings, chapters or in an annexed table of the same annex.

Each such group is a level of its own, called as it is printed: without it two clauses would have one number,
and what stands behind the second 1 would be part of the clause before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.annexes.reading.drafts import Draft
from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.outline import Node, Outline
from app.annexes.reading.text import bare

_SIGNS = "■◆◇▼▽★☆▲△"
_HEADLINE = re.compile(rf"[{_SIGNS}][^。]{{1,30}}")
_AROUND = f"{_SIGNS}□●○◎・#*()〔〕【】[]〈〉《》「」『』:-"
_NEVER = (Style.ARTICLE, Style.POINT, Style.CHAPTER, Style.DECIMAL, Style.GROUP)


class Named(NamedTuple):
    """What a group is called, and where that stands."""

    label: str
    start: int
    end: int


def named(text: str, start: int, end: int) -> Named:
    """A group that is called as ``text`` has it there."""
    return Named(bare(text[start:end]).strip(_AROUND), start, end)


def is_headline(line: str) -> bool:
    """Whether ``line`` is a heading by its sign: ■ 管理体制."""
    return _HEADLINE.fullmatch(line) is not None


def restarts(outline: Outline, mark: Mark) -> int | None:
    """The depth at which ``mark`` would begin numbers anew that are open; None where it begins none."""
    if mark.value != (1,) or mark.style in _NEVER:
        return None
    depths = range(len(outline.open) - 1, -1, -1)
    return next((depth for depth in depths if outline.open[depth].mark.style is mark.style), None)


def begin(outline: Outline, draft: Draft, depth: int, called: Named, former: Named | None) -> Node:
    """A group at ``depth``, which is open from now on. ``former``: what the numbers before belong to, if
    they are in no group yet."""
    above = outline.open[depth - 1] if depth else None
    count = 1
    if above is not None and above.mark.style is Style.GROUP:
        count = above.mark.value[0] + 1
        depth -= 1
        above = outline.open[depth - 1] if depth else None
    elif former is not None:
        _gather(outline.open[depth], draft, former)
        count = 2
    mark = Mark(Style.GROUP, (count,), called.label, called.start, called.end)
    node = Node(mark, outline.document, above, called.end, called.start)
    if above is not None:
        above.children.append(node)
    draft.nodes.append(node)
    outline.open[depth:] = [node]
    return node


def _gather(last: Node, draft: Draft, former: Named) -> None:
    """Put the numbers up to ``last``, of its level and parent, below a group called ``former``."""
    parent = last.parent
    row = [node for node in draft.nodes if node.parent is parent and node.mark.style is last.mark.style]
    mark = Mark(Style.GROUP, (1,), former.label, former.start, former.end)
    group = Node(mark, last.document, parent, former.end, former.start, children=row)
    for node in row:
        node.parent = group
    if parent is not None:
        parent.children[:] = [group, *(node for node in parent.children if node not in row)]
    draft.nodes.insert(draft.nodes.index(row[0]), group)
    group.stop = former.end
    if row[0].heading == (former.start, former.end):
        group.heading, row[0].heading = row[0].heading, None
