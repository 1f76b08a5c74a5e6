"""Distribution over pages: nothing lost, nothing below the margin, chains unbroken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import PeopleError
from app.printing.flow import Piece, paginate
from app.printing.pen import Pen

TOP, BOTTOM = 50.0, 150.0


class Recorder:
    """Stands in for a table: notes which rows were ruled together."""

    def __init__(self, head: float) -> None:
        self.head: Piece | None = Piece(head, self._nothing)
        self.runs: list[tuple[tuple[float, ...], int]] = []

    def rule(self, _pen: Pen, _x: float, tops: Sequence[float], rows: Sequence[Piece]) -> None:
        self.runs.append((tuple(tops), len(rows)))

    def _nothing(self, _pen: object, _x: float, _top: float) -> None:
        return None


def placed(pieces: Sequence[Piece]) -> list[list[tuple[int, float]]]:
    """Number and height of the pieces on every page."""
    numbers = {piece.draw: number for number, piece in enumerate(pieces)}
    pages = paginate(pieces, TOP, BOTTOM)
    return [[(numbers[draw], top) for draw, top in page if draw in numbers] for page in pages]


def piece(height: float, *, before: float = 0.0, keep: bool = False, new_page: bool = False) -> Piece:
    return Piece(height, partial(_draw_nothing, object()), before=before, keep=keep, new_page=new_page)


def _draw_nothing(_mark: object, _pen: object, _x: float, _top: float) -> None:
    return None


PIECES = st.lists(
    st.builds(
        piece,
        st.floats(1, 100),
        before=st.floats(0, 30),
        keep=st.booleans(),
        new_page=st.booleans(),
    ),
    max_size=30,
)


@given(PIECES)
def test_every_piece_is_placed_once_in_order_within_the_margins(pieces: list[Piece]) -> None:
    pages = placed(pieces)
    assert [number for page in pages for number, _ in page] == list(range(len(pieces)))
    for page in pages:
        end = TOP
        for number, top in page:
            assert top >= end - 1e-6
            end = top + pieces[number].height
        assert end <= BOTTOM + 1e-6


@given(PIECES)
def test_what_fits_together_is_kept_together(pieces: list[Piece]) -> None:
    page_of = {number: page for page, content in enumerate(placed(pieces)) for number, _ in content}
    for number, (one, two) in enumerate(pairwise(pieces)):
        alone = (number == 0 or not pieces[number - 1].keep) and not two.keep
        if one.keep and alone and not two.new_page and one.height + two.before + two.height <= BOTTOM - TOP:
            assert page_of[number] == page_of[number + 1]


def test_space_above_is_dropped_at_the_top_of_a_page() -> None:
    assert placed([piece(100, before=20), piece(100, before=20)]) == [[(0, TOP)], [(1, TOP)]]


def test_a_new_page_is_only_begun_when_something_stands_on_the_old_one() -> None:
    assert len(placed([piece(10, new_page=True)])) == 1
    assert len(placed([piece(10), piece(10, new_page=True)])) == 2
    assert placed([]) == [[]]


def test_a_piece_higher_than_a_page_is_an_error_for_people() -> None:
    with pytest.raises(PeopleError, match="１ページに収まらない"):
        placed([piece(100.1)])


def test_rows_are_ruled_page_by_page_under_a_repeated_head() -> None:
    table = Recorder(head=20.0)
    rows = [Piece(30.0, partial(_draw_nothing, object()), table=table) for _ in range(5)]
    pages = paginate(rows, TOP, BOTTOM)
    assert [len(page) for page in pages] == [1 + 1 + 2, 1 + 1 + 2, 1 + 1 + 1]
    for page in pages:
        page[0][0](Pen.__new__(Pen), 0.0, 0.0)
    assert table.runs == [
        ((50.0, 70.0, 100.0, 130.0), 3),
        ((50.0, 70.0, 100.0, 130.0), 3),
        ((50.0, 70.0, 100.0), 2),
    ]


@pytest.mark.parametrize(("height", "pages"), [(49.0, 1), (50.0, 1), (51.0, 2)])
def test_a_page_is_filled_to_its_last_point(height: float, pages: int) -> None:
    assert len(placed([piece(50), piece(height)])) == pages


@pytest.mark.parametrize(("height", "fits"), [(99.0, True), (100.0, True), (101.0, False)])
def test_a_piece_may_be_as_high_as_a_page(height: float, fits: bool) -> None:
    if fits:
        assert len(placed([piece(height)])) == 1
    else:
        with pytest.raises(PeopleError, match="１ページに収まらない"):
            placed([piece(height)])


@pytest.mark.parametrize("keep", [False, True])
def test_what_begins_a_page_begins_one_whatever_keeps_to_it(keep: bool) -> None:
    pages = placed([piece(10, keep=keep), piece(10, new_page=True)])
    assert [[number for number, _top in page] for page in pages] == [[0], [1]]
