"""The numbers that Word writes before paragraphs by itself: no text of the file holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.exchange.filling.package import Node, Package
from app.exchange.filling.word.text import W

_LEVELS = 9
_KANJI = "〇一二三四五六七八九"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = 20


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    space: str


class Numbering:
    """The lists of one document, counted on as its paragraphs are asked in their order."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, tuple[str, int, str]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._shared: dict[str, str] = {}
        for name in package.of_type("wordprocessingml.numbering+xml"):
            self._take(package.xml(name))
        for name in package.of_type("wordprocessingml.styles+xml"):
            for style in package.xml(name).iter(f"{W}style"):
                based = style.find(f"{W}basedOn")
                number, level = _own(style)
                above = "" if based is None else based.get(f"{W}val", "")
                self._styles[style.get(f"{W}styleId", "")] = (number, level, above)

    def label(self, paragraph: Node) -> str:
        """The number of a paragraph with what stands behind it; empty where it has none."""
        number, level = _own(paragraph)
        if not number:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            number, level = self._of_style("" if style is None else style.get(f"{W}val", ""))
        found = self._levels.get(number, {}).get(level)
        if found is None or found.form == "none":
            return ""
        counts = self._counts.setdefault(self._shared.get(number, number), [None] * _LEVELS)
        now = counts[level]
        counts[level] = found.start if now is None else now + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if found.form == "bullet":
            return f"・{found.space}"
        return self._written(number, found, counts) + found.space

    def _of_style(self, name: str) -> tuple[str, int]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            number, level, above = self._styles[name]
            if number:
                return number, level
            name = above
        return "", 0

    def _written(self, number: str, level: _Level, counts: list[int | None]) -> str:
        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            held = self._levels[number].get(at)
            count = counts[at]
            if held is None:
                return ""
            return formed(held.start if count is None else count, held.form)

        return re.sub(r"%([1-9])", value, level.text)

    def _take(self, root: Node) -> None:
        abstract = {
            one.get(f"{W}abstractNumId", ""): {
                _int(level.get(f"{W}ilvl")): _level(level) for level in one.iter(f"{W}lvl")
            }
            for one in root.iter(f"{W}abstractNum")
        }
        for one in root.iter(f"{W}num"):
            number = one.get(f"{W}numId", "")
            of = one.find(f"{W}abstractNumId")
            key = "" if of is None else of.get(f"{W}val", "")
            levels = dict(abstract.get(key, {}))
            overridden = False
            for other in one.iter(f"{W}lvlOverride"):
                overridden = True
                at = _int(other.get(f"{W}ilvl"))
                start, own = other.find(f"{W}startOverride"), other.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _level(own)
                elif start is not None and at in levels:
                    old = levels[at]
                    levels[at] = _Level(_int(start.get(f"{W}val"), 1), old.form, old.text, old.space)
            self._levels[number] = levels
            # Lists of one make go on counting together, until one begins anew by its own word.
            self._shared[number] = number if overridden else f"abstract {key}"


def _own(node: Node) -> tuple[str, int]:
    """The list that a paragraph or style names itself, and its level."""
    held = node.find(f"{W}pPr/{W}numPr")
    if held is None:
        return "", 0
    number, level = held.find(f"{W}numId"), held.find(f"{W}ilvl")
    at = 0 if level is None else _int(level.get(f"{W}val"))
    return ("" if number is None else number.get(f"{W}val", "")), min(max(at, 0), _LEVELS - 1)


def _level(node: Node) -> _Level:
    def told(name: str, otherwise: str) -> str:
        held = node.find(f"{W}{name}")
        return otherwise if held is None else str(held.get(f"{W}val", otherwise))

    space = {"nothing": "", "space": " "}.get(told("suff", "tab"), "　")
    return _Level(_int(told("start", "1"), 1), told("numFmt", "decimal"), told("lvlText", ""), space)


def _int(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else otherwise


def formed(value: int, form: str) -> str:
    """A number as Word writes it in one of its formats; plain where the format is a rare one."""
    if form == "decimalFullWidth" or form == "decimalFullWidth2":
        return str(value).translate(_FULL)
    if form in ("aiueo", "aiueoFullWidth"):
        return _KANA[(value - 1) % len(_KANA)]
    if form in ("iroha", "irohaFullWidth"):
        return _IROHA[(value - 1) % len(_IROHA)]
    if form in ("japaneseCounting", "chineseCounting", "ideographDigital", "japaneseLegal"):
        return _kanji(value)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= _CIRCLED:
        return chr(0x2460 + value - 1)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    return str(value)


def _kanji(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_KANJI[tens]}十") + (_KANJI[ones] if ones else "")


def _roman(value: int) -> str:
    made = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            made += sign
            value -= worth
    return made
