"""A row of a table made once more, without what a document may have only once."""

from __future__ import annotations

from copy import deepcopy

from app.exchange.filling.package import Node
from app.exchange.filling.word.stories import children
from app.exchange.filling.word.text import (
    SDT_PR,
    TC,
    W14,
    W,
    own_paragraphs,
    text_in,
    write_holder,
    write_paragraph,
)

_TWICE = {f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd"}


def another(last: list[Node], filled: set[int]) -> list[Node]:
    """A row like ``last`` below it: merged cells go on, running numbers go on; its cells."""
    old = last[0]
    while old.tag != f"{W}tr":
        old = old.getparent()
    row = deepcopy(old)
    without_marks(row)
    old.addnext(row)
    cells = list(children(row, TC))
    for column, cell in enumerate(cells):
        if column in filled:
            continue
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None:
            merge.attrib.pop(f"{W}val", None)
            for paragraph in own_paragraphs(cell):
                write_paragraph(paragraph, "")
        elif (text := text_in(cell).strip()).isdecimal():
            write_holder(cell, str(int(text) + 1))
    return cells


def without_marks(copied: Node) -> None:
    """Take out of a copy what a document may have only once."""
    for node in list(copied.iter()):
        if node.tag in _TWICE or (node.tag == f"{W}id" and node.getparent().tag == SDT_PR):
            node.getparent().remove(node)
        for name in (f"{W14}paraId", f"{W14}textId"):
            node.attrib.pop(name, None)
