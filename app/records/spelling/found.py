"""Where a word stands in a text, in whatever spelling: as ``fold.squeezed`` finds it, with its places.

Folding changes how long a text is (㈱ is three signs, a blank none): places in the folded text are others.
Here each letter is folded by itself, together with the marks that belong to it.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from app.records.spelling.fold import squeezed

_LONG = "ーｰ"
_VOICE = "ﾞﾟ\u3099\u309a"


class Folded(NamedTuple):
    """A text as it is searched; ``at`` tells for each sign of it from which letter it comes."""

    text: str
    at: array[int]


def folded(letters: Sequence[str]) -> Folded:
    """``letters`` as they are searched. A letter is one sign, or empty: the second half of a pair."""
    text, at = list[str](), array("L")
    kana = False
    for first, cluster in _clusters(letters):
        # A long mark that follows no kana is somebody's hyphen (03ー1234), and hyphens are not searched.
        made = (_alone(f"あ{cluster}")[1:] if kana else "") if cluster[0] in _LONG else _alone(cluster)
        kana = _ends_in_kana(cluster) and (kana or cluster[0] not in _LONG)
        text.append(made)
        at.extend([first] * len(made))
    return Folded("".join(text), at)


def spans(held: Folded, wanted: str) -> list[tuple[int, int]]:
    """From which letter to before which ``wanted`` (as ``squeezed`` gives it) stands, once for each time."""
    found, start = list[tuple[int, int]](), held.text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        found.append((held.at[start], held.at[end - 1] + 1))
        start = held.text.find(wanted, end)
    return found


def _clusters(letters: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each letter with the marks after it, and its number."""
    first, held = 0, ""
    for number, letter in enumerate(letters):
        if held and letter and not _joins(letter):
            yield first, held
            held = ""
        if not held:
            first = number
        held += letter
    if held:
        yield first, held


@cache
def _joins(letter: str) -> bool:
    return (
        letter in _VOICE or bool(unicodedata.combining(letter[0])) or unicodedata.category(letter[0]) == "Mn"
    )


@cache
def _alone(cluster: str) -> str:
    return squeezed(cluster)


@cache
def _ends_in_kana(cluster: str) -> bool:
    last = unicodedata.normalize("NFKC", cluster)[-1:]
    return "ぁ" <= last <= "ゖ" or "ァ" <= last <= "ヺ" or last == "ー"
