"""The one order of lists, pick lists, registers and rosters: digits as numbers, kana as 五十音."""

from __future__ import annotations

import re
from functools import lru_cache

from app.records.spelling.fold import unified

_NUMBER = re.compile("[0-9]+")
_MOST_DIGITS = 0xD000
_SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
_VOICED = dict(
    zip(
        "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ",
        "かきくけこさしすせそたちつてとはひふへほう",
        strict=True,
    )
)
_HALF_VOICED = dict(zip("ぱぴぷぺぽ", "はひふへほ", strict=True))
_ROWS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWELS = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LONG = re.compile(f"(?<=[{''.join(_VOWELS)}])ー+")
_KATAKANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_PLAIN = {ord(kana): plain for held in (_SMALL, _VOICED, _HALF_VOICED) for kana, plain in held.items()}
_MARKS = {
    "ー": "0",
    **dict.fromkeys(_SMALL, "1"),
    **{chr(code): "2" for code in range(ord("あ"), ord("ゖ")) if chr(code) not in _SMALL},
    **dict.fromkeys(_VOICED, "3"),
    **dict.fromkeys(_HALF_VOICED, "4"),
}
"""What tells kana apart that are ordered alike: long mark, small, plain, 濁音, 半濁音."""
_LOWEST = "\x01"


@lru_cache(maxsize=131_072)
def order(text: str, reading: str = "") -> str:
    """What ``text`` is ordered by, to be compared code point by code point; different texts never tie.

    With a ``reading`` (フリガナ) by that, and before all that have none. A long mark counts as the vowel it
    lengthens; 清音 stands before 濁音 and 半濁音, small kana before large ones, where all else is equal.
    """
    if reading.strip():
        return f"\x02{_level(reading)}{_LOWEST}{_level(text)}{_LOWEST}{reading}{_LOWEST}{text}"
    return f"\x03{_level(text)}{_LOWEST}{text}"


def _level(text: str) -> str:
    if text.isascii():
        return f"{_numbered(' '.join(text.casefold().split()))}{_LOWEST}"
    kana = unified(text).translate(_KATAKANA)
    plain = _LONG.sub(_lengthened, kana.translate(_PLAIN))
    marks = "".join(_MARKS.get(one, "") for one in kana)
    return f"{_numbered(' '.join(plain.split()))}{_LOWEST}{marks}"


def _lengthened(match: re.Match[str]) -> str:
    return _VOWELS[match.string[match.start() - 1]] * len(match[0])


def _numbered(text: str) -> str:
    return _NUMBER.sub(_number, text)


def _number(match: re.Match[str]) -> str:
    """A number so that the longer one, which is the larger, comes later."""
    digits = match[0].lstrip("0")
    return f"0{chr(0x30 + min(len(digits), _MOST_DIGITS))}{digits}"
