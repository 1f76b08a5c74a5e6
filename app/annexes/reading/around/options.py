"""Options in brackets that speak of several clauses: each of these has it, and no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.annexes.reading.drafts import Draft
from app.annexes.reading.marks import number_of
from app.annexes.reading.outline import Node
from app.annexes.reading.text import bare

_VALUE = r"\d{1,3}|[〇一二三四五六七八九十百]{1,5}"
_BETWEEN = "から|まで|ないし|及び|並びに|[、・~〜-]| "
_SAID = re.compile(rf".(?P<said>(?:第? ?(?:{_VALUE}) ?[条項号]?|{_BETWEEN})+)[^、。]{{0,8}}?は")
"""第16条から第21条までの条文は: what it stands for, named. A condition names clauses without は."""
_FROM_HERE = re.compile(r".(?:以下|本条以下|次条以下|本条以降)(?:の|に掲げる)?[^、。]{0,8}?は")
_MOST = 50
"""Options of one row that are looked at."""
_NUMBER = re.compile(_VALUE)
_SPAN = re.compile("から|ないし|[~〜-]")


def spread(text: str, draft: Draft) -> None:
    """Give the options of ``draft`` to the clauses of which they speak."""
    rows: dict[int, list[Node]] = {}
    for node in draft.nodes:
        rows.setdefault(id(node.parent), []).append(node)
    for row in rows.values():
        _along(text, row)


def _along(text: str, row: Sequence[Node]) -> None:
    held = [span for node in row for span in node.options][:_MOST]
    from_here: tuple[int, int] | None = None
    for at, node in enumerate(row):
        begun = next((span for span in node.options if _FROM_HERE.match(bare(text[slice(*span)]))), None)
        if begun is not None:
            from_here = begun
        elif from_here is not None:
            _give(node, from_here)
        if not at and node.parent is None and node.heading and node.options:
            _of_all(row, node.heading)
    for span in held:
        if named := _named(bare(text[slice(*span)])):
            _move(row, span, named)


def _of_all(row: Sequence[Node], heading: tuple[int, int]) -> None:
    """What stands between the title and the first heading is said of the whole."""
    for span in [span for span in row[0].options if span[0] < heading[0]]:
        for node in row[1:]:
            _give(node, span)


def _give(node: Node, span: tuple[int, int]) -> None:
    if span not in node.options:
        node.options.append(span)


def _move(row: Sequence[Node], span: tuple[int, int], named: range | set[int]) -> None:
    if not any(node.mark.value[0] in named for node in row):
        return
    for node in row:
        if span in node.options and node.mark.value[0] not in named:
            node.options.remove(span)
        elif node.mark.value[0] in named:
            _give(node, span)


def _named(option: str) -> range | set[int] | None:
    """The numbers of which an option in brackets says that it is about them; None where it names none."""
    match = _SAID.match(option)
    if match is None or "第" not in match["said"]:
        return None
    values = [number_of(one) for one in _NUMBER.findall(match["said"])]
    if len(values) == 2 and _SPAN.search(match["said"]):
        return range(values[0], values[1] + 1)
    return set(values)
