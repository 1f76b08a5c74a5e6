"""How large a PDF from outside becomes: a few kilobytes may inflate to more than the machine holds."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from itertools import chain

PAPER = 128 * 1024 * 1024
"""Bytes that a document of the program itself never comes to where only its text is read."""
SCAN = 1024 * 1024 * 1024
"""Bytes that all pages of an attached scan may come to."""

_BEGIN = re.compile(rb"(?<!end)stream\r?\n")
_END = b"endstream"
_PIECE = 64 * 1024
_OUT = 1024 * 1024
_DEEPEST = 8
"""Times that one stream is compressed; PDFium follows no more either."""


class InflatedError(ValueError):
    """The file would take more room than any honest one does."""


def check_inflated(pdf: bytes, most: int) -> None:
    """Inflate every stream piece by piece, keeping none. Raises ``InflatedError`` beyond ``most`` bytes.

    Streams are found by their bytes and not by what the file says of itself: a reader that mends damaged
    files does the same.
    """
    weight = _Weight(most)
    for found in _BEGIN.finditer(pdf):
        weight.put(_raw(pdf, found.end()))


class _Weight:
    """What streams come to together, at every level of their compression."""

    def __init__(self, most: int) -> None:
        self._left = most

    def put(self, pieces: Iterator[bytes]) -> None:
        """Count one stream. Raises ``InflatedError``."""
        levels: list[Iterator[bytes]] = []
        for _ in range(_DEEPEST):
            first = next(pieces, b"")
            if not _deflated(first):
                break
            pieces = self._counted(_inflated(chain((first,), pieces)))
            levels.append(pieces)
        for level in reversed(levels):
            for _piece in level:
                pass

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._left -= len(piece)
            if self._left < 0:
                raise InflatedError
            yield piece


def _raw(pdf: bytes, start: int) -> Iterator[bytes]:
    """The bytes of a stream, out of the letters they may be written in; what is deflated ends by itself."""
    if (spelled := _spelled(pdf, start)) is not None:
        yield from (spelled[at : at + _PIECE] for at in range(0, len(spelled), _PIECE))
        return
    for at in range(start, len(pdf), _PIECE):
        yield pdf[at : at + _PIECE]


def _spelled(pdf: bytes, start: int) -> bytes | None:
    begin = pdf[start : start + 16].strip()
    letters = begin.startswith((b"Gb", b"Ga", b"GQ", b"Gh", b"<~"))
    if not letters and not begin.startswith((b"78", b"7 8", b"58", b"48")):
        return None
    end = pdf.find(_END, start)
    held = b"".join(pdf[start : end if end >= 0 else len(pdf)].split())
    try:
        if letters:
            return base64.a85decode(held.removeprefix(b"<~").partition(b"~")[0])
        return bytes.fromhex(held.partition(b">")[0].decode("ascii"))
    except ValueError:
        return None


def _deflated(piece: bytes) -> bool:
    return len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2]) % 31 == 0


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What deflated bytes come to, as far as they can be read."""
    inflater = zlib.decompressobj()
    try:
        for piece in pieces:
            left = piece
            while left and not inflater.eof:
                yield inflater.decompress(left, _OUT)
                left = inflater.unconsumed_tail
            if inflater.eof:
                return
    except zlib.error:
        return
