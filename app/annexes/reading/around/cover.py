"""The cover of a contract: what is numbered 1 件名, 2 期間, 3 金額 before its articles begin with 第1条."""

from __future__ import annotations

from app.annexes.reading.drafts import Cut, Draft
from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.model import Role
from app.annexes.reading.outline import Node, Outline

Span = tuple[int, int, Role]


def ends_with(mark: Mark, outline: Outline, said: str) -> bool:
    """Whether ``mark`` may be the first article behind the plain numbers that are open in ``outline``.

    ``said``: the text since the last number; one that goes on into ``mark`` only speaks of it.
    """
    root = outline.open[0].mark if outline.open else None
    return (
        root is not None
        and root.style is not Style.CHAPTER
        and not root.style.is_top
        and mark.style.is_top
        and mark.value == (1,)
        and said[-1:] not in ("、", "は", "を", "に", "の")
    )


def is_one(text: str, nodes: list[Node]) -> bool:
    """Whether numbers are those of a cover: words follow each on its line, and no whole sentence."""
    return all("。" not in text[node.end :].partition("\n")[0] for node in nodes)


def without(draft: Draft, cuts: list[Cut], spans: list[Span]) -> list[Span]:
    """Make the numbers of ``draft`` plain text before its first article; the spans that are left."""
    begin = min(node.begin for node in draft.nodes)
    held = {id(node) for node in draft.nodes}
    for cut in cuts:
        if id(cut.node) in held:
            cut.role, cut.node = Role.PREAMBLE, None
    draft.nodes.clear()
    return [span for span in spans if span[0] < begin or span[2] is Role.TITLE]
