"""A wording without its words: alike wordings have alike sketches, and no sketch can be read as a text.

Of each of ``_BINS`` groups of its three-letter runs only four bits of one run's hash are kept, and what is a
whole sentence has some sixty runs: far less than the letters hold. It hides no text from somebody who has
that text: that it is the same he can see, which is what it is for.
"""

from __future__ import annotations

import re
from hashlib import blake2b, sha256

from app.annexes.reading.comparing.alike import Profile, grams

_BINS, _NONE = 128, "-"
_SIZE = 3
_CHANCE = 1 / 16
"""How often two bins agree that have nothing to do with one another."""
_FEWEST = 24
"""Bins that must be filled: of a shorter wording nothing can be said but whether it is the same."""
_FORM = re.compile(f"[0-9a-f{_NONE}]{{{_BINS}}}")
_MARK = re.compile("[0-9a-f]{64}")


def mark_of(held: Profile) -> str:
    """What only the same wording has: the SHA-256 of it, in one width, without blanks."""
    return sha256(held.plain.encode("utf-8", "surrogatepass")).hexdigest()


def is_mark(text: str) -> bool:
    """Whether ``text`` can be a mark."""
    return _MARK.fullmatch(text) is not None


def sketch_of(held: Profile) -> str:
    """The sketch of a wording: a hexadecimal digit for each group of its runs, a hyphen for an empty one."""
    least: dict[int, int] = {}
    for gram in set(grams(held.plain, (_SIZE,))):
        value = int.from_bytes(blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        place, rest = value % _BINS, value // _BINS
        least[place] = min(rest, least.get(place, rest))
    return "".join(f"{least[place] % 16:x}" if place in least else _NONE for place in range(_BINS))


def is_sketch(text: str) -> bool:
    """Whether ``text`` can be a sketch."""
    return _FORM.fullmatch(text) is not None


def shared(one: str, other: str) -> float:
    """About which part of all runs of two wordings both have, 0 to 1; 0 where they are too short to say."""
    places = [pair for pair in zip(one, other, strict=True) if pair != (_NONE, _NONE)]
    if min(_filled(one), _filled(other)) < _FEWEST:
        return 0.0
    alike = sum(mine == theirs for mine, theirs in places) / len(places)
    return max(0.0, (alike - _CHANCE) / (1 - _CHANCE))


def _filled(sketch: str) -> int:
    return _BINS - sketch.count(_NONE)
