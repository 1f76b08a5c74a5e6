"""The total of a table goes where its last rows go."""

from __future__ import annotations

from collections.abc import Callable

from app.printing import blocks as b
from app.printing.pdf import Book
from app.printing.setting import Setter
from app.printing.tagging.tree import Element


def test_a_total_is_never_parted_from_the_rows_it_counts(roster: Callable[[int], b.Table]) -> None:
    pieces = Setter(Book(), 480, Element("Sect")).pieces(
        (roster(30), b.Text("計30人", align="right"), b.End())
    )
    assert [piece.table is not None for piece in pieces[-4:]] == [True, True, False, False]
    assert [piece.keep for piece in pieces[-5:]] == [False, True, True, True, False]


def test_what_stands_below_a_table_otherwise_may_go_to_the_next_page(
    roster: Callable[[int], b.Table],
) -> None:
    pieces = Setter(Book(), 480, Element("Sect")).pieces((roster(30), b.Text("備考")))
    assert [piece.keep for piece in pieces[-3:]] == [True, False, False]
