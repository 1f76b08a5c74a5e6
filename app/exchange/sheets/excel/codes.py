"""Number formats taken apart: what ``ggge"年"m"月"d"日"`` or ``#,##0"台"`` is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

GENERAL = "General"

BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        0: GENERAL,
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        5: '"¥"#,##0;"¥"-#,##0',
        6: '"¥"#,##0;"¥"-#,##0',
        7: '"¥"#,##0.00;"¥"-#,##0.00',
        8: '"¥"#,##0.00;"¥"-#,##0.00',
        12: "# ?/?",
        13: "# ??/??",
        14: "yyyy/m/d",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "yyyy/m/d h:mm",
        **dict.fromkeys((27, 36, 50, 57), "ge.m.d"),
        **dict.fromkeys((28, 29, 51, 54, 58), 'ggge"年"m"月"d"日"'),
        30: "m/d/yy",
        31: 'yyyy"年"m"月"d"日"',
        32: 'h"時"mm"分"',
        33: 'h"時"mm"分"ss"秒"',
        **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
        **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
        37: "#,##0;-#,##0",
        38: "#,##0;-#,##0",
        39: "#,##0.00;-#,##0.00",
        40: "#,##0.00;-#,##0.00",
        41: "#,##0;-#,##0;-",
        42: '"¥"#,##0;"¥"-#,##0;"¥"-',
        43: "#,##0.00;-#,##0.00;-",
        44: '"¥"#,##0.00;"¥"-#,##0.00;"¥"-',
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mm:ss.0",
        48: "##0.0E+0",
        49: "@",
    }
)
"""What Japanese Excel means by the numbers that stand in files without a format code.

27 to 36 and 50 to 58 mean nothing outside East Asia, so that most libraries take such a day for a number.
"""

LONGEST_CODE = 1024


class Is(Enum):
    """What a piece of a format stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"
    SLASH = "slash"
    GENERAL = "general"
    TEXT = "text"
    YEAR = "y"
    MONTH = "m"
    DAY = "d"
    WEEKDAY = "a"
    ERA = "g"
    ERA_YEAR = "e"
    ERA_BOTH = "r"
    HOUR = "h"
    MINUTE = "minute"
    SECOND = "s"
    FRACTION = "fraction of a second"
    HALF = "AM/PM"
    ELAPSED = "elapsed"


OF_DAY = frozenset((Is.YEAR, Is.MONTH, Is.DAY, Is.WEEKDAY, Is.ERA, Is.ERA_YEAR, Is.ERA_BOTH))
OF_TIME = frozenset((Is.HOUR, Is.MINUTE, Is.SECOND, Is.FRACTION, Is.HALF))
_LETTERS = MappingProxyType(
    {
        **{kind.value: kind for kind in (Is.YEAR, Is.MONTH, Is.DAY, Is.WEEKDAY, Is.ERA, Is.ERA_YEAR)},
        **{kind.value: kind for kind in (Is.ERA_BOTH, Is.HOUR, Is.SECOND)},
    }
)
_SIGNS = MappingProxyType(
    {".": Is.POINT, ",": Is.COMMA, "%": Is.PERCENT, "/": Is.SLASH, "@": Is.TEXT}
    | dict.fromkeys("0#?", Is.DIGIT)
)

_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>general|g/標準) | (?P<half>am/pm|a/p|午前/午後) | (?P<exponent>e[+-])
    | (?P<fraction>(?<=s)\.0+) | (?P<letters>y+|m+|d+|a{3,4}|g+|e+|r+|h+|s+) | (?P<sign>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a format: what it is, and its text (a literal, or the letters themselves in small)."""

    kind: Is
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format, which serve different numbers."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, float] | None = None
    first_year: bool = False
    """Whether the first year of an era is written 元."""

    def has(self, kinds: frozenset[Is]) -> bool:
        """Whether a piece is one of ``kinds``."""
        return any(piece.kind in kinds for piece in self.pieces)


def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format code; whatever is no format is a literal. Never raises."""
    found: list[Section] = []
    pieces: list[Piece] = []
    brackets: list[str] = []
    for match in _PIECE.finditer(code[:LONGEST_CODE]):
        if match["sign"] == ";":
            found.append(_section(pieces, brackets))
            pieces, brackets = [], []
        else:
            pieces += _pieces(match, brackets)
    found.append(_section(pieces, brackets))
    return tuple(found)


def _section(pieces: list[Piece], brackets: list[str]) -> Section:
    conditions = [match for held in brackets if (match := _CONDITION.fullmatch(held.strip()))]
    first = conditions[0] if conditions else None
    return Section(
        tuple(_minutes(pieces)),
        (first[1], float(first[2])) if first else None,
        any("gannen" in held.lower() for held in brackets),
    )


def _pieces(match: re.Match[str], brackets: list[str]) -> Iterator[Piece]:
    held = match[match.lastgroup or 0]
    match match.lastgroup:
        case "quoted" | "escaped":
            yield Piece(Is.LITERAL, held)
        case "space":
            yield Piece(Is.LITERAL, " ")
        case "bracket":
            yield from _bracket(held, brackets)
        case "general":
            yield Piece(Is.GENERAL, "")
        case "half":
            yield Piece(Is.HALF, held)
        case "exponent":
            yield Piece(Is.EXPONENT, held[1])
        case "fraction":
            yield Piece(Is.FRACTION, held[1:])
        case "letters":
            yield Piece(_LETTERS[held[0].lower()], held.lower())
        case "sign":
            yield Piece(_SIGNS.get(held, Is.LITERAL), held)


def _bracket(held: str, brackets: list[str]) -> Iterator[Piece]:
    brackets.append(held)
    if _ELAPSED.fullmatch(held):
        yield Piece(Is.ELAPSED, held.lower())
    elif held.startswith("$") and (sign := held[1:].partition("-")[0]):
        yield Piece(Is.LITERAL, sign)


def _minutes(pieces: list[Piece]) -> Iterator[Piece]:
    """``pieces`` with each m that follows hours or comes before seconds as minutes."""
    telling = OF_DAY | OF_TIME | {Is.ELAPSED}
    places = [at for at, piece in enumerate(pieces) if piece.kind in telling]
    minutes = set()
    for order, at in enumerate(places):
        piece = pieces[at]
        if piece.kind is Is.MONTH and len(piece.text) <= 2:
            before = pieces[places[order - 1]] if order else None
            after = pieces[places[order + 1]] if order + 1 < len(places) else None
            hours = before is not None and (
                before.kind is Is.HOUR or (before.kind is Is.ELAPSED and before.text[0] == "h")
            )
            if hours or (after is not None and after.kind is Is.SECOND):
                minutes.add(at)
    for at, piece in enumerate(pieces):
        yield Piece(Is.MINUTE, piece.text) if at in minutes else piece
