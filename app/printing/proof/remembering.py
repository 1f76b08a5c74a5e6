"""What the archive's rules ask again and again of what is alike, asked once.

Sheets, outline entries, fonts and pages of our papers are alike but for what they refer to, and to hold each
against its schema is most of the time that proof-reading a batch takes. A code that a text shows twice is
noted twice by the validator, in a set, and it looks the outlines of a font up anew for each of its codes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import count
from typing import Any, Protocol, TypeVar

_REFERENCE = re.compile(r'"\d+ \d+ R"')
_MOST = 4096
"""So many sound objects are remembered for each kind, 32 bytes of each; then it begins anew."""

E = TypeVar("E", covariant=True)


class Schema(Protocol[E]):
    """What can say of an object in JSON what is wrong with it."""

    def iter_errors(self, held: Any, /) -> Iterator[E]:
        """Everything that is wrong; nothing where the object is sound."""


class Remembering(Schema[E]):
    """A schema that is not asked again of an object like one that it found sound.

    Only that nothing is wrong is remembered, by a digest, for objects hold names of people: of all else it is
    asked anew. Objects are alike that are equal but for the numbers of what they refer to, where like
    numbers stand for like: a schema sees no further than the object, and holds no number against anything.
    """

    def __init__(self, schema: Schema[E]) -> None:
        self._schema = schema
        self._sound: set[bytes] = set()

    def iter_errors(self, held: Any, /) -> Iterator[E]:
        """As the schema."""
        digest = _digest(held)
        if digest in self._sound:
            return
        errors = list(self._schema.iter_errors(held))
        if not errors:
            if len(self._sound) >= _MOST:
                self._sound.clear()
            self._sound.add(digest)
        yield from errors


def _digest(held: Any) -> bytes:
    numbers, known = count(1), dict[str, str]()

    def named(match: re.Match[str]) -> str:
        return known.setdefault(match[0], f'"{next(numbers)} R"')

    written = _REFERENCE.sub(named, json.dumps(held))
    return hashlib.sha256(written.encode("ascii")).digest()


@cache
def remember_sound_objects(flavour: str) -> None:
    """Let the validator, which keeps its schemas for as long as the process runs, ask them so.

    It has no door for this. A release that keeps its schemas elsewhere fails here, in every test of the
    proof, and never lets anything pass.
    """
    from pikepdf.pdfa._schemas import SchemaSet

    schemas = SchemaSet.for_flavour(flavour)
    for role in schemas.roles():
        schemas._validators[role] = Remembering(schemas._validator(role))


@cache
def note_codes_once() -> None:
    """Let the validator note each code that a string shows once, and find the outlines of a font once.

    What it notes and what it finds is the same: codes go into a set, and a font has one table of outlines.
    Strings of fonts with more than one byte for a code, and outlines of the other kind, are left to it.
    """
    from pikepdf.pdfa._context import ValidationContext
    from pikepdf.pdfa._fontprogram import TrueTypeProgram
    from pikepdf.pdfa._fonts import FontInfo, GlyphRef

    single = [GlyphRef(code) for code in range(256)]
    decoded, found = FontInfo.decode_string, TrueTypeProgram.has_gid

    def decode_string(font: FontInfo, data: bytes, ctx: ValidationContext) -> list[GlyphRef]:
        if not font.ok or font.kind == "type0":
            return decoded(font, data, ctx)
        return [single[code] for code in set(data)]

    def has_gid(program: TrueTypeProgram, gid: int) -> bool:
        if program.cff is not None or not 0 <= gid < program.num_glyphs:
            return found(program, gid)
        try:
            outlines = _outlines(program)
            outlines[program._order[gid]].expand(outlines)
        except Exception:  # as the validator itself
            return False
        return True

    for told, asked in ((FontInfo, decode_string), (TrueTypeProgram, has_gid)):
        setattr(told, asked.__name__, asked)


@lru_cache(maxsize=1)
def _outlines(program: Any) -> Any:
    return program._font["glyf"]
