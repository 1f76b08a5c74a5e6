"""Of a page only what has ink goes to the printer: nothing of it is lost, most of the white stays away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.inked import ACROSS, DOWN, Box, inked, part
from app.printing.pages import Image

WIDE, HIGH = 2 * ACROSS + 40, 2 * DOWN + 5


def white(width: int, height: int, dot: int = 1) -> bytearray:
    return bytearray(b"\xff" * (width * height * dot))


def test_an_empty_page_sends_nothing() -> None:
    assert list(inked(Image(WIDE, HIGH, bytes(white(WIDE, HIGH))))) == []


@pytest.mark.parametrize("dot", [1, 3])
@pytest.mark.parametrize(
    ("x", "y", "box"),
    [
        (0, 0, Box(0, 0, ACROSS, DOWN)),
        (ACROSS - 1, DOWN - 1, Box(0, 0, ACROSS, DOWN)),
        (ACROSS, DOWN - 1, Box(ACROSS, 0, ACROSS, DOWN)),
        (ACROSS - 1, DOWN, Box(0, DOWN, ACROSS, DOWN)),
        (WIDE - 1, HIGH - 1, Box(2 * ACROSS, 2 * DOWN, 40, 5)),
    ],
)
def test_one_dot_sends_the_block_it_stands_in(dot: int, x: int, y: int, box: Box) -> None:
    data = white(WIDE, HIGH, dot)
    data[(y * WIDE + x) * dot + dot - 1] = 254
    assert list(inked(Image(WIDE, HIGH, bytes(data)))) == [box]


def test_blocks_side_by_side_are_one_box() -> None:
    data = white(4 * ACROSS, DOWN)
    data[0] = data[ACROSS] = data[3 * ACROSS] = 0
    found = list(inked(Image(4 * ACROSS, DOWN, bytes(data))))
    assert found == [Box(0, 0, 2 * ACROSS, DOWN), Box(3 * ACROSS, 0, ACROSS, DOWN)]


@given(
    st.integers(1, 3 * ACROSS),
    st.integers(1, 3 * DOWN),
    st.sampled_from([1, 3]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=12),
)
def test_the_boxes_make_up_the_page_again(
    width: int, height: int, dot: int, ink: list[tuple[float, int]]
) -> None:
    data = white(width, height, dot)
    for place, shade in ink:
        data[int(place * len(data))] = shade
    picture = Image(width, height, bytes(data))
    made = white(width, height, dot)
    drawn: set[tuple[int, int]] = set()
    for box in inked(picture):
        held = part(picture, box)
        for down in range(box.height):
            at = ((box.top + down) * width + box.left) * dot
            made[at : at + box.width * dot] = held[down * box.width * dot : (down + 1) * box.width * dot]
        corner = {(box.left, box.top)}
        assert not corner & drawn
        drawn |= corner
    assert bytes(made) == picture.data
