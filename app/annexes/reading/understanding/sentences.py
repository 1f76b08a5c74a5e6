"""Sentences of a paragraph, each with whose duty it is and what it does: ask, ban, allow or only tell.

Judged before any pattern: a definition, an exception, an ownership or the client's own duty holds the words
of many duties and is none of the vendor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.annexes.reading.understanding.wording import Wording

GAP = "〓"
"""Stands where something was cut, so that every character keeps its place."""
_BRACKETS = re.compile(r"\([^()]*\)|以下「[^「」]*」(?:という。?)?")
_PARTS = re.compile(r"[^、]*、?")
_SENTENCES = re.compile(r"[^。]+。?")
_QUOTED = re.compile(r"「[^「」]*」")


class Who(StrEnum):
    """Whose sentence it is; what names nobody is the vendor's, as annexes are written."""

    VENDOR = "vendor"
    CLIENT = "client"


class Mode(StrEnum):
    """What a sentence does."""

    ASKS = "asks"
    BANS = "bans"
    TELLS = "tells"
    ALLOWS = "allows"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a folded text.

    start: where it begins there. text: with brackets cut. main: with what only says when cut as well; both
    keep the length of the sentence. item: where the item begins in a sentence read behind its lead, else 0.
    """

    start: int
    text: str
    main: str
    who: Who
    mode: Mode
    item: int = 0


def sentences(folded: str, wording: Wording) -> Iterator[Sentence]:
    """The sentences of a folded paragraph."""
    spared = _QUOTED.sub(lambda found: found.group().replace("。", GAP), folded)
    for found in _SENTENCES.finditer(_blank(_BRACKETS, spared)):
        yield from _apart(found.group().rstrip("。"), found.start(), wording)


def item_sentences(lead: str, folded: str, wording: Wording) -> Iterator[Sentence]:
    """The sentences of an item, each read behind its lead, which bans or asks for the item."""
    front = _blank(_BRACKETS, lead).rstrip("。")
    judged = _judged(front, 0, wording)
    for found in _SENTENCES.finditer(_blank(_BRACKETS, folded)):
        text = found.group().rstrip("。")
        start = found.start() - len(front) - 1
        own = _judged(text, 0, wording)
        mode = own.mode if own.mode in (Mode.TELLS, Mode.BANS) and judged.mode is Mode.ASKS else judged.mode
        whole = f"{front}、{text}"
        yield Sentence(start, whole, whole, judged.who, mode, len(front) + 1)


def _apart(text: str, start: int, wording: Wording) -> Iterator[Sentence]:
    """The sentence; as two where it asks first and only its end allows or tells: the end waives no more than
    it names, and the duty before it stands."""
    ends = [found.end() for found in wording.judges["asked_before"].finditer(text)]
    if ends:
        asks = _judged(text[: ends[-1]].rstrip("、"), start, wording)
        rest = _judged(text[ends[-1] :], start + ends[-1], wording)
        if asks.mode in (Mode.ASKS, Mode.BANS) and rest.mode in (Mode.ALLOWS, Mode.TELLS):
            yield from (asks, rest)
            return
    yield _judged(text, start, wording)


def _judged(text: str, start: int, wording: Wording) -> Sentence:
    main = _without_occasions(text, wording)
    return Sentence(start, text, main, _who(text, main, wording), _mode(text, main, wording))


def _who(text: str, main: str, wording: Wording) -> Who:
    if wording.found("both", main) or wording.found("vendor", main):
        return Who.VENDOR
    if wording.found("client", main) or wording.found("client_last", main):
        return Who.CLIENT
    return Who.VENDOR


def _mode(text: str, main: str, wording: Wording) -> Mode:
    if any(one.search(text) for one in wording.told) or wording.found("exception", text):
        return Mode.TELLS
    if wording.found("may", main):
        return Mode.ALLOWS
    return Mode.BANS if wording.found("ban", main) else Mode.ASKS


def _without_occasions(text: str, wording: Wording) -> str:
    """The sentence with each part cut that only says when something is due."""
    parts = [found.group() for found in _PARTS.finditer(text) if found.group()]
    kept = list(parts)
    for at, part in enumerate(parts):
        if at == len(parts) - 1 or not wording.found("occasion", part.rstrip("、")):
            continue
        kept[at] = _cut(part, wording)
        while at and wording.found("joins", parts[at]) and kept[at - 1] == parts[at - 1]:
            at -= 1
            kept[at] = _cut(parts[at], wording)
    return "".join(kept)


def _cut(part: str, wording: Wording) -> str:
    """A part that only says when; its topic (…は) stays, and so does a consent, which lifts a ban."""
    if wording.found("consent", part):
        return part
    body = part.rstrip("、")
    return GAP * len(body) + part[len(body) :]


def _blank(what: re.Pattern[str], text: str) -> str:
    """``text`` with all that is found cut, brackets within brackets too."""
    while (cut := what.sub(lambda found: GAP * len(found.group()), text)) != text:
        text = cut
    return text
