"""Annexes that nobody has seen before, damaged: as Word, PDF and text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from app.annexes.reading.reader import split
from app.exchange.annexes.reading import read_data
from app.exchange.sheets import AS_TEXT, child
from tests.annexes.reading.styles import STYLES
from tests.exchange.test_annex_reading import paragraph, pdf, word
from tests.faults.ground import Ground
from tests.faults.imports import damage
from tests.faults.tally import drawn


class _Unread:
    def __init__(self, seed: int) -> None:
        self._seed = seed

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "annex to be read", number)
        name = draw.choice(tuple(_MADE))
        data = bytearray(_MADE[name]())
        damage(draw, data)
        # The process of its own tells sheets, or why there are none; it never ends by what it stumbles over.
        *_, last = child.messages(AS_TEXT + name, bytes(data))
        assert last[0] in ("end", "no", "large", "damaged")
        reading = split(bytes(data).decode("utf-8", "replace"))
        assert "".join(reading.raw[one.start : one.end] for one in reading.pieces) == reading.raw

    def end(self) -> None:
        for name, made in _MADE.items():
            assert read_data(made(), name).reading.paragraphs


_MADE: Mapping[str, Callable[[], bytes]] = {
    "特記事項.docx": lambda: word("".join(map(paragraph, STYLES["points"].text.split("\n")))),
    "特記事項.pdf": lambda: pdf([STYLES["points"].text.split("\n")]),
    "特記事項.txt": lambda: STYLES["articles"].text.encode("utf-8"),
}


@contextmanager
def unread(_ground: Ground, seed: int) -> Iterator[_Unread]:
    """Each is taken apart with nothing lost, or refused; the whole ones are read."""
    yield _Unread(seed)
