"""The objects of a PDF, written one after the other: into a new file, or behind one as an update of it.

ISO 32000-1, 7.5.6 to 7.5.8. What was written is held once, as it stands in the file, and each object by seven
bytes: a file of a thousand pages needs hardly more room in the making than it takes when it is done.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from io import SEEK_END, BytesIO
from itertools import accumulate, pairwise

_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_HELD = 2000
"""Objects in one stream."""
_ROW = 7
"""Bytes that say where an object stands."""
_NONE = b"\0" * 5 + b"\xff\xff"
"""Where object 0 stands: nowhere, and nobody may have its number."""


class Objects:
    """``kept``: the file behind which they stand, and ``free`` the first number that it has not given away.

    Without one they make a file of their own. The same objects in the same order give the same bytes.
    """

    def __init__(self, kept: bytes = b"", free: int = 0) -> None:
        self._out = BytesIO(kept or _HEAD)
        self._out.seek(0, SEEK_END)
        self._first = free
        self._rows = bytearray(b"" if kept else _NONE)
        self._again: dict[int, bytes] = {}
        self._waiting: list[tuple[int, bytes]] = []

    def take(self, count: int = 1) -> int:
        """The first of ``count`` numbers that follow one another and now are taken."""
        self._rows += bytes(_ROW * count)
        return self._free - count

    def put(self, number: int, said: bytes) -> None:
        """An object that stands by itself; of the file behind which it stands it may be another wording."""
        self._stands(number, b"\x01" + self._out.tell().to_bytes(4) + bytes(2))
        self._out.write(b"%d 0 obj\n%s\nendobj\n" % (number, said))

    def put_stream(self, number: int, entries: bytes, body: bytes) -> None:
        """A stream as it is to stand in the file; ``entries``: of its dictionary, all but the length."""
        self._stands(number, b"\x01" + self._out.tell().to_bytes(4) + bytes(2))
        self._out.write(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(body)))
        self._out.write(body)
        self._out.write(b"\nendstream\nendobj\n")

    def say(self, number: int, said: bytes) -> None:
        """An object that may stand in one stream with those said before and after it."""
        self._waiting.append((number, said))
        if len(self._waiting) >= _HELD:
            self._let_go()

    def say_all(self, first: int, said: Sequence[str]) -> None:
        """Objects that have the numbers from ``first`` on."""
        for number, one in enumerate(said, first):
            self.say(number, one.encode("ascii"))

    def code(self) -> str:
        """32 hexadecimal digits that only a file with the same content has."""
        self._let_go()
        with self._out.getbuffer() as written:
            return hashlib.sha256(written).hexdigest()[:32]

    def finished(self, trailer: bytes) -> bytes:
        """The file; ``trailer``: what its end is to name. Nothing can be written after that."""
        self._let_go()
        number, start = self.take(), self._out.tell()
        self._stands(number, b"\x01" + start.to_bytes(4) + bytes(2))
        rows = [*sorted(self._again.items()), *self._numbered()]
        index = " ".join(f"{first} {count}" for first, count in _spans([each for each, _ in rows]))
        told = b"/Type/XRef/Size %d/W[1 4 2]/Index[%s]%s/DecodeParms<</Predictor 12/Columns 7>>"
        entries = told % (self._free, index.encode("ascii"), trailer) + b"/Filter/FlateDecode"
        self.put_stream(number, entries, zlib.compress(_differences([row for _, row in rows])))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()

    @property
    def _free(self) -> int:
        return self._first + len(self._rows) // _ROW

    def _stands(self, number: int, row: bytes) -> None:
        if number < self._first:
            self._again[number] = row
            return
        at = (number - self._first) * _ROW
        self._rows[at : at + _ROW] = row

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        for at in range(0, len(self._rows), _ROW):
            yield self._first + at // _ROW, bytes(self._rows[at : at + _ROW])

    def _let_go(self) -> None:
        """Write what waits as one stream."""
        if not self._waiting:
            return
        said, self._waiting = self._waiting, []
        stream = self.take()
        for at, (number, _) in enumerate(said):
            self._stands(number, b"\x02" + stream.to_bytes(4) + at.to_bytes(2))
        starts = accumulate((len(one) + 1 for _, one in said), initial=0)
        head = b" ".join(b"%d %d" % (number, start) for (number, _), start in zip(said, starts, strict=False))
        body = zlib.compress(head + b"\n" + b"\n".join(one for _, one in said))
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(said), len(head) + 1)
        self.put_stream(stream, entries, body)


def _spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and count of each run of numbers that follow one another."""
    first, count = numbers[0], 0
    for number in numbers:
        if number != first + count:
            yield first, count
            first, count = number, 0
        count += 1
    yield first, count


def _differences(rows: Sequence[bytes]) -> bytes:
    """Every row as what it has more than the one above (PNG's filter Up): rows of a table hardly differ."""
    return b"".join(
        bytes((2, *((one - other) & 255 for one, other in zip(row, above, strict=True))))
        for above, row in pairwise((bytes(_ROW), *rows))
    )
