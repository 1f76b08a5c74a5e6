"""Cutting the glyphs that a paper shows out of a font: byte for byte as ReportLab does, in less time.

ReportLab puts every subset together table by table, and sums up each table and then the whole once more.
Most tables are the same in all subsets of a font: here they are cut and summed once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

_COPIED = ("name", "OS/2", "cvt ", "fpgm", "prep")
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 8, 32, 64, 128
"""Flags of a part of a glyph that is put together of others."""
_LONG_FROM = 0x1FFFF
"""From so many bytes of outlines on their places are written in four bytes each."""
_ALL = 0xFFFFFFFF
_MAGIC = 0xB1B0AFBA


class _Table(NamedTuple):
    data: bytes
    sum: int


class Cutter:
    """Cuts one font, given as ReportLab's reader of its file. Threads may share it: it keeps no place."""

    def __init__(self, face: Any) -> None:
        self._face = face

    def cut(self, codes: Sequence[int]) -> bytes:
        """The program with the glyphs of ``codes``, each under its place among them."""
        face = self._face
        wanted = [face.charToGlyph.get(code, 0) for code in codes]
        glyphs = list(dict.fromkeys((0, *wanted)))
        numbers = {glyph: number for number, glyph in enumerate(glyphs)}
        outlines = [self._outline(glyph, glyphs, numbers) for glyph in _growing(glyphs)]
        places, glyf = _laid(outlines)
        loca, long = _places(places)
        full, hmtx = _metrics([face.hmetrics[glyph] for glyph in glyphs])
        cmap = (
            0,
            1,
            1,
            0,
            0,
            12,
            6,
            10 + 2 * len(codes),
            0,
            0,
            len(codes),
            *(numbers[one] for one in wanted),
        )
        tables = {
            **self._same,
            "cmap": _table(struct.pack(f">{len(cmap)}H", *cmap)),
            "glyf": _table(glyf),
            "head": _table(_with(self._head, 50, long)),
            "hhea": _table(_with(face.get_table("hhea"), 34, full)),
            "hmtx": _table(hmtx),
            "loca": _table(loca),
            "maxp": _table(_with(face.get_table("maxp"), 4, len(glyphs))),
        }
        return _written(tables)

    @cached_property
    def _same(self) -> Mapping[str, _Table]:
        face = self._face
        held = {tag: _table(face.get_table(tag)) for tag in _COPIED if tag in face.table}
        held["post"] = _table(b"\0\3\0\0" + face.get_table("post")[4:16] + bytes(16))
        return held

    @cached_property
    def _head(self) -> bytes:
        """Without the sum of the whole font, which is no longer that."""
        head: bytes = self._face.get_table("head")
        return head[:8] + bytes(4) + head[12:]

    def _outline(self, glyph: int, glyphs: list[int], numbers: dict[int, int]) -> bytes:
        """The outline; the parts of one that is put together of others come among the ``glyphs``."""
        start, end = self._face.glyphPos[glyph : glyph + 2]
        outline: bytes = self._face.get_table("glyf")[start:end]
        if outline[:1] < b"\x80":
            return outline
        made = bytearray(outline)
        for at in _parts(outline):
            (part,) = struct.unpack_from(">H", outline, at)
            if part not in numbers:
                numbers[part] = len(glyphs)
                glyphs.append(part)
            struct.pack_into(">H", made, at, numbers[part])
        return bytes(made)


def _growing(glyphs: list[int]) -> Iterator[int]:
    """Each of them, and those that are added meanwhile."""
    at = 0
    while at < len(glyphs):
        yield glyphs[at]
        at += 1


def _parts(outline: bytes) -> Iterator[int]:
    """Where an outline names each glyph that it is put together of."""
    at, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", outline, at)
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def _laid(outlines: Sequence[bytes]) -> tuple[list[int], bytes]:
    """Where each outline begins and the last one ends, and all of them, each filled up to four bytes."""
    places, made, at = [], [], 0
    for outline in outlines:
        filled = outline + bytes(-len(outline) % 4)
        places.append(at)
        made.append(filled)
        at += len(filled)
    return [*places, at], b"".join(made)


def _places(places: Sequence[int]) -> tuple[bytes, int]:
    """The table of places, and whether it is one of long numbers."""
    if places[-1] >= _LONG_FROM:
        return struct.pack(f">{len(places)}L", *places), 1
    return struct.pack(f">{len(places)}H", *(place >> 1 for place in places)), 0


def _metrics(metrics: Sequence[tuple[int, int]]) -> tuple[int, bytes]:
    """How many glyphs have a width of their own, and the table; the last of them share one."""
    full = len(metrics)
    while full > 1 and metrics[full - 1][0] == metrics[full - 2][0]:
        full -= 1
    numbers = [number for pair in metrics[:full] for number in pair]
    numbers += [bearing for _, bearing in metrics[full:]]
    return full, struct.pack(f">{len(numbers)}H", *numbers)


def _with(table: bytes, at: int, number: int) -> bytes:
    return table[:at] + number.to_bytes(2) + table[at + 2 :]


def _table(data: bytes) -> _Table:
    return _Table(data, _summed(data))


def _summed(data: bytes) -> int:
    filled = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(filled) // 4}L", filled)
    return sum(words) & _ALL


def _written(tables: Mapping[str, _Table]) -> bytes:
    """The file, whose sum is that of its head and of its tables, of which each is known."""
    count = len(tables)
    power = count.bit_length() - 1
    offset = 12 + 16 * count
    head = [struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))]
    body, placed = [], 0
    for tag, table in sorted(tables.items()):
        if tag == "head":
            placed = offset
        head.append(struct.pack(">4sLLL", tag.encode("ascii"), table.sum, offset, len(table.data)))
        body.append(table.data + bytes(-len(table.data) % 4))
        offset += len(body[-1])
    directory = b"".join(head)
    whole = _summed(directory) + sum(table.sum for table in tables.values())
    made = bytearray(directory + b"".join(body))
    struct.pack_into(">L", made, placed + 8, _MAGIC - whole & _ALL)
    return bytes(made)
