"""Every way of numbering is read as it is printed, and stays so whatever a converter does to the text."""

from __future__ import annotations

import pytest

from app.annexes.reading.model import Reading
from app.annexes.reading.reader import split
from tests.annexes.reading.converted import CONVERTED, closed, is_lossy
from tests.annexes.reading.styles import STYLES


def tree(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.number, closed(one.heading), closed(one.text)) for one in reading.paragraphs]


def wanted(name: str) -> list[tuple[str, str, str]]:
    return [(number, closed(heading), closed(text)) for number, heading, text in STYLES[name].tree]


def whole(reading: Reading) -> bool:
    """Whether the pieces, joined, are the text again."""
    ends = [piece.end for piece in reading.pieces]
    starts = [piece.start for piece in reading.pieces]
    return (
        "".join(reading.raw[piece.start : piece.end] for piece in reading.pieces) == reading.raw
        and starts == [0, *ends[:-1]][: len(starts)]
    )


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_read_as_it_is_printed(name: str) -> None:
    reading = split(STYLES[name].text)
    assert tree(reading) == wanted(name)
    assert whole(reading)


@pytest.mark.parametrize("how", CONVERTED)
@pytest.mark.parametrize("name", STYLES)
def test_a_converter_changes_nothing(name: str, how: str) -> None:
    if is_lossy(name, how):
        return
    reading = split(CONVERTED[how](STYLES[name].text))
    assert tree(reading) == wanted(name)
    assert whole(reading)
