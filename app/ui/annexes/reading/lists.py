"""The paragraphs of a review as a list, and what a contract would owe under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.annexes.kinds import When, kind_label
from app.annexes.reading.review.model import Review
from app.annexes.reading.review.owed import Owed, counted
from app.ui.annexes.reading.words import kinds_of, state_of
from app.ui.parts.look import Look
from app.ui.parts.tables.lines_table import Cell, Column, LinesTable, line

_ITEMS = (
    Column("条項", 6),
    Column("見出し", 6, stretch=True),
    Column("義務", 8, stretch=True),
    Column("確認", 6),
)
_OWED = (
    Column("時期", 5),
    Column("義務", 10),
    Column("条項", 6),
    Column("見出し", 8, stretch=True),
    Column("確認", 6),
)


class ItemsTable(LinesTable):
    """The paragraphs in a given order; what a line stands for is the key of its paragraph."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "条項の一覧", _ITEMS)

    def show_review(self, review: Review, order: Sequence[int]) -> None:
        """Show the paragraphs."""
        lines = []
        for at in order:
            item = review.items[at]
            word, tone = state_of(item)
            lines.append(line(item.key, item.number, item.heading, kinds_of(item), Cell(word, tone=tone)))
        self.show_lines(lines)


class OwedTable(LinesTable):
    """What a contract would owe; what a line stands for begins with the place of its paragraph."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "契約に生じる義務", _OWED)

    def show_owed(self, found: Sequence[Owed]) -> None:
        """Show what is owed, by moment."""
        order = list(When)
        lines = []
        for one in found:
            word, tone = state_of(one.item)
            lines.append(
                line(
                    (one.at, one.kind, str(one.when)),
                    Cell(one.when.label, order.index(one.when)),
                    kind_label(one.kind),
                    one.item.number,
                    one.item.heading,
                    Cell(word, tone=tone),
                )
            )
        self.show_lines(lines)


def owed_words(review: Review, found: Sequence[Owed]) -> str:
    """How much is still to be looked at, and how much a contract would owe."""
    counts = Counter(one.when for one in found)
    moments = "・".join(f"{when.label}{counts[when]}" for when in When if counts[when])
    left = len(review.open)
    said = f"未確認の条項 {left}項" if left else "未確認の条項なし"
    return f"{said}　生じる義務 {counted(found)}件" + (f"（{moments}）" if moments else "")
