"""A text as patterns read it, with the way back to the text as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize

CLIENT, VENDOR = "\ue000", "\ue001"
"""What stands for the parties' own words, so that no pattern depends on what a city calls itself."""
_NEEDS_CARE = re.compile("[^\u3041-\u3096\u30a1-\u30fa\u30fc\u3005\u3007\u4e00-\u9fff、。「」0-9A-Za-z()]")
"""What is not compared as it stands: another width, blanks, marks that join."""
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text of one width without blanks.

    starts, ends: for each of its characters, where in the text as printed that begins and ends.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from ``start`` to ``end`` (exclusive, not empty) stand as printed."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str, client: str = "", vendor: str = "") -> Folded:
    """``text`` in one width, without blanks and control characters, and with one sign for each party."""
    characters = list(_characters(text))
    parties = [(_plain(client), CLIENT), (_plain(vendor), VENDOR)]
    parties = sorted((one for one in parties if one[0]), key=lambda one: -len(one[0]))
    return _named(characters, parties)


def _named(characters: list[tuple[str, int, int]], parties: list[tuple[str, str]]) -> Folded:
    plain = "".join([one for one, _, _ in characters])
    kept: list[tuple[str, int, int]] = []
    at = 0
    if parties:
        signs = dict(reversed(parties))
        for found in re.finditer("|".join(re.escape(word) for word, _ in parties), plain):
            start, end = found.span()
            kept += characters[at:start]
            kept.append((signs[found.group()], characters[start][1], characters[end - 1][2]))
            at = end
    kept += characters[at:]
    return Folded(
        "".join([one for one, _, _ in kept]),
        tuple([start for _, start, _ in kept]),
        tuple([end for _, _, end in kept]),
    )


def _plain(text: str) -> str:
    return "".join(one for one, _, _ in _characters(text))


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character that is compared, with where it stands; a mark on a half-width kana belongs to it."""
    if not _NEEDS_CARE.search(text):
        yield from ((one, at, at + 1) for at, one in enumerate(text))
        return
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[end] in "\uff9e\uff9f":
            end += 1
        for one in _one(text, at, end):
            yield one, at, end
        at = end


def _one(text: str, at: int, end: int) -> str:
    raw = text[at:end]
    if raw in _CIRCLED:
        return raw
    if raw in "，," and not text[end : end + 1].isdigit():
        return "、"
    if raw == "．" and not text[end : end + 1].isdigit():
        return "。"
    return _compared(raw)


@lru_cache(maxsize=4096)
def _compared(raw: str) -> str:
    folded = normalize("NFKC", raw)
    return "".join(one for one in folded if not one.isspace() and category(one) not in ("Cc", "Cf", "Co"))
