"""Items of a text without line breaks whose numbers nothing parts from their words: …。一個人情報を…。"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.annexes.reading.marks import KANA, Mark, Style
from app.annexes.reading.outline import LEAD

_LEAST = 2
"""Items of a row: one alone may be the first sign of a word."""
_FARTHEST = 200
"""Sentences that are looked through for a row."""
_KANJI = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_IROHA = "イロハニホヘト"
_ROWS = ((Style.KANJI, _KANJI), (Style.KANA, KANA), (Style.IROHA, _IROHA))
_BEHIND = re.compile(r"[。:]\s*(?=[^\s。])")
_WORD = re.compile("[ァ-ヶー]{2}")
"""A sign of katakana with another behind it is the beginning of a word."""


def found(text: str) -> Mapping[int, Mark]:
    """Numbers by their places in ``text``: rows behind a sentence that leads to items, each behind a stop."""
    made: dict[int, Mark] = {}
    places = [match.end() for match in _BEHIND.finditer(text)]
    for order, place in enumerate(places):
        before = text[places[order - 1] if order else 0 : place]
        if place in made or not LEAD.search(before):
            continue
        for style, signs in _ROWS:
            row = _row(text, places[order : order + _FARTHEST], signs)
            if len(row) >= _LEAST:
                made |= {at: Mark(style, (n + 1,), signs[n], at, at + 1) for n, at in enumerate(row)}
                break
    return made


def _row(text: str, places: list[int], signs: str | tuple[str, ...]) -> list[int]:
    """Where one sign after the other of ``signs`` stands at ``places``; the first at the first."""
    row: list[int] = []
    for place in places:
        if len(row) < len(signs) and text[place] == signs[len(row)] and not _WORD.match(text, place):
            row.append(place)
        elif not row:
            break
    return row
