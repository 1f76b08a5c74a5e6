"""What the schemas of the archive's rules say of an object, asked once of objects that are alike.

Sheets, outline entries, fonts and pages of our papers are alike but for what they refer to, and to hold each
against its schema is most of the time that proof-reading a batch takes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
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
