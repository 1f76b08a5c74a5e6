"""Why a paragraph asks nothing of the vendor, where its words say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.annexes.reading.understanding.opinion.second import LIKELY
from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import Mode, Sentence, Who, unhindered
from app.annexes.reading.understanding.wording import resource, wording

_ONLY_ENDS = re.compile("[ぁ-ん]*")
"""The end of a verb or of the sentence."""


@dataclass(frozen=True, slots=True)
class Reason:
    """said: what people read. words: of such a sentence. certain: they stand in no sentence that asks."""

    said: str
    words: re.Pattern[str]
    certain: bool


def silence(prepared: Prepared, likely: Mapping[str, float]) -> str:
    """One reason in Japanese that holds for every sentence; empty where a sentence has none.

    likely: the second opinion; where that thinks of any duty, only what leaves no doubt is said. The empty
    answer must never be taken for "nothing is asked".
    """
    doubted = any(one >= LIKELY for one in likely.values())
    found = [_reason(one, doubted=doubted) for one in prepared.sentences]
    return found[0] if found and all(found) else ""


def _reason(sentence: Sentence, *, doubted: bool) -> str:
    for one in reasons():
        if _says(one, sentence) and (one.certain or not doubted):
            return one.said
    if doubted:
        return ""
    if sentence.who is Who.CLIENT:
        return "" if _words("rights").search(sentence.text) else "発注者が行うことです。"
    allowed = sentence.mode is Mode.ALLOWS and not _words("instead").search(sentence.text)
    if allowed or unhindered(sentence.text, wording()):
        return "受注者ができることで、義務ではありません。"
    return ""


def _says(one: Reason, sentence: Sentence) -> bool:
    """Whether a sentence says this; where it asks as well, that it says no more: what it goes on to ask is
    not answered by it."""
    ends = [found.end() for found in one.words.finditer(sentence.text)]
    if not ends or sentence.mode not in (Mode.ASKS, Mode.BANS):
        return bool(ends)
    only = _ONLY_ENDS.fullmatch(sentence.text, max(ends)) or _words("principle").search(sentence.text)
    return only is not None


@cache
def _words(name: str) -> re.Pattern[str]:
    """Words beside which a sentence is never said to ask for nothing."""
    return wording().compiled(resource("silence.toml")[name])


@cache
def reasons() -> tuple[Reason, ...]:
    """Every reason of this program, in the order in which they are looked for."""
    return tuple(
        Reason(one["said"], wording().compiled(one["words"]), one.get("certain", True))
        for one in resource("silence.toml")["reason"]
    )
