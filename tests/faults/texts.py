"""Text files that an act on the command line reads, damaged: read as text, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.exchange.text_file import read_text
from tests.faults.ground import Ground
from tests.faults.imports import damage
from tests.faults.tally import drawn

_SAID = "ＰＣ-001\r\nA-0012 35\r\nBX-002 なし\r\n髙橋①\r\n"
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp932")


class _Texts:
    """A file of numbers that anything may have happened to."""

    def __init__(self, file: Path, seed: int) -> None:
        self._file, self._seed = file, seed

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "act text", number)
        data = bytearray(_SAID.encode(draw.choice(_ENCODINGS)))
        damage(draw, data)
        self._file.write_bytes(data)
        read = read_text(self._file)
        assert not any(sign < " " and sign not in "\t\r\n\f" for sign in read), "no text holds this"

    def end(self) -> None:
        for encoding in _ENCODINGS:
            self._file.write_bytes(_SAID.encode(encoding))
            assert read_text(self._file) == _SAID


@contextmanager
def texts(ground: Ground, seed: int) -> Iterator[_Texts]:
    """Files of numbers in every encoding that Windows writes."""
    yield _Texts(ground.work / "番号.txt", seed)
