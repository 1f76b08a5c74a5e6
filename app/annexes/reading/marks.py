"""Numbers that may begin a clause, a paragraph or an item: candidates, whatever becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_KANJI = "〇一二三四五六七八九"
_OLD = str.maketrans("壱弐参拾壹貳參", "一二三十一二三")
"""Signs of deeds, which nobody can change afterwards."""
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_NUMBER = r"(\d{1,2}\d?(?:(?<=\d) \d)?|[〇一二三四五六七八九十百壱弐参拾壹貳參]{1,5})"
_REFERS = (
    r"(?! ?(?:[のにをはがとでもや、,・)」]|第|及び|又は|若しくは|並びに|から|まで|ないし|各号"
    r"|[~〜～-] ?(?:第|\d)))"
)
"""What follows a number that is only spoken of. No clause's own text begins so."""
_COUNTED = (
    r"(?!(?:年|月|日(?!本)|時(?!系)|分(?![けか類散割])|回(?![収答線復])|部(?![署門外品分])|名(?![簿称])|件(?!名)|条|條|項|号|章|節"
    r"|[かヶケ箇ヵカ](?:所|月|国|年)|%|円|億|万|千|人(?![的員])|個(?!人|別)|つ|次(?![のに])|種(?!類)|週|営業日|歳|冊|枚"
    r"|台(?!帳)|倍|度|級|版|社(?![員内会外名屋])|通(?![知信報常じ則過用])|式|秒|世帯|割(?!当|り)|段階|ページ|頁"
    r"|[kKMGT]?B(?![A-Za-z])|棟|校(?!正)|四半期|拠点))"
)
_DATED = r"(?! ?(?:年|月|日(?!本)|条|條|項|号|時間|週間|か月|箇月|営業日|円|%))"


class Style(Enum):
    """How numbers of one level look."""

    ARTICLE = "第1条"
    POINT = "第1"
    CHAPTER = "第1章"
    PARAGRAPH = "第1項"
    PLAIN = "1"
    DECIMAL = "1.1"
    BRACED = "(1)"
    HALF = "1)"
    BOXED = "【1】"
    CIRCLED = "①"
    KANJI = "一"
    KANJI_BRACED = "(一)"
    KANA = "ア"
    KANA_BRACED = "(ア)"
    IROHA = "イ"
    IROHA_BRACED = "(イ)"
    LATIN = "a"
    LATIN_BRACED = "(a)"
    ROMAN_BRACED = "(i)"
    ROMAN = "I"
    ROW = "表の1行目"
    GROUP = "見出し"

    @property
    def is_top(self) -> bool:
        """Whether nothing of an annex stands above it but chapters."""
        return self in (Style.ARTICLE, Style.POINT)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number from ``start`` to ``end``. ``label``: as it is written in a clause's number.

    ``apart``: a space or point stands between it and what follows.
    """

    style: Style
    value: tuple[int, ...]
    label: str
    start: int
    end: int
    apart: bool = True


_NO_COUNT = re.compile(rf" *(?! ){_COUNTED}{_REFERS}")
_PARTED = re.compile(r"[.:](?!\d)| ?[-–—−](?= )")
_TOP = re.compile(
    rf"第 ?{_NUMBER} ?(?:([条條])(?:の ?(\d{{1,2}}|[一二三四五六七八九十]))?(?:の ?(\d{{1,2}}))?"
    r"|([章編節款])|)"
)
_MASKED = re.compile(
    r"第[ ○〇◯×✕✖●■□△▲◇◆☆★*?_.\-–—―ーXx]{0,4}[条條](?: ?の ?[\d一二三四五六七八九十○×]{1,2})?"
    r"(?=[\s(〔【「\[]|$)"
)
"""A clause whose number is left open, or was made unreadable: 第○条（秘密の保持）."""
MASKED = (0,)
"""The value of such a number, before it has its place."""
_GONE = re.compile(
    rf"第 ?{_NUMBER} ?([条條])?(?:の ?(?:\d{{1,2}}|[一二三四五六七八九十]))? ?(?:から|及び|、|,|~|〜|～) ?"
    rf"第 ?{_NUMBER} ?(?:[条條])?(?:の ?(?:\d{{1,2}}|[一二三四五六七八九十]))? ?(?:まで)?(?= ?\(?削 ?除)"
)
"""Clauses that were taken out together: 第4条から第6条まで 削除."""
_NAMED = r"(?!\([^()\n]{1,30}\)(?:[のにをはがで、]|第\s?\d))"
"""第12条(委託の措置)の規定: a clause of something else with its heading."""
_AFTER_TOP = re.compile(_NAMED + _REFERS)
_AFTER_POINT = re.compile(_NAMED + r"(?![条條項号章節款編者回次期種類位版号級弾義\d])" + _REFERS)
_DECIMAL = re.compile(r"(\d{1,2}(?:[.\-]\d{1,2}){1,3})(?:[.)]|(?=[\s(]|[^\d\s.,%/:\-]))" + _DATED)
_CELLS = re.compile(r"(\d{1,2})\t(\d{1,2})(?=\t\D)")
"""A clause and its paragraph, each with a cell of its own."""
_PLAIN = re.compile(r"(\d{1,3})(?:([.,、:])(?!\d)|(\))|(?=(\s|$))|(?=[^\d\s.,%/:~〜～()\-]))")
_BRACED = re.compile(r"\( ?(\d{1,2}|[一二三四五六七八九十]{1,3}|[ア-ン]|[a-zA-Z]|[ivx]{2,4}) ?\)")
_BOXED = re.compile(r"[\[【〔] ?(\d{1,2}) ?[\]】〕]")
_SINGLE = re.compile(
    r"([ア-ン]|[一二三四五六七八九十]{1,3}|[a-z]|[IVX]{1,4}|[A-Z])(?:([.,、:)])|(?=\s|$|\())"
)


def marks_at(text: str, at: int) -> Iterator[Mark]:
    """The numbers that may begin at ``at`` of a folded text, the likelier first."""
    sign = text[at : at + 1]
    if sign == "第":
        yield from _top(text, at)
    elif sign in _CIRCLED and sign:
        yield Mark(Style.CIRCLED, (_CIRCLED.index(sign) + 1,), sign, at, at + 1)
    elif sign == "(":
        yield from _braced(text, at)
    elif sign in "[【〔" and sign:
        if match := _BOXED.match(text, at):
            yield Mark(Style.BOXED, (int(match[1]),), f"【{int(match[1])}】", at, match.end())
    elif sign.isascii() and sign.isdigit():
        yield from _plain(text, at)
    elif sign:
        yield from _single(text, at)


def is_count(text: str, mark: Mark) -> bool:
    """Whether a number within a line counts what follows, or is spoken of: 正本 1 部, 別紙 1 のとおり."""
    return mark.style is Style.PLAIN and _NO_COUNT.match(text, mark.end) is None


def _closed(text: str, end: int) -> int:
    """Behind the point, colon or dash that parts a number from its text."""
    match = _PARTED.match(text, end)
    return match.end() if match else end


def _top(text: str, at: int) -> Iterator[Mark]:
    if gone := _GONE.match(text, at):
        style = Style.ARTICLE if gone[2] else Style.POINT
        last = number_of(re.sub(r"\s", "", gone[3]))
        yield Mark(style, (last,), re.sub(r"\s", "", gone[0]), at, gone.end())
        return
    if (masked := _MASKED.match(text, at)) and _AFTER_TOP.match(text, masked.end()):
        yield Mark(Style.ARTICLE, MASKED, re.sub(r"\s", "", masked[0]), at, masked.end())
        return
    match = _TOP.match(text, at)
    if match is None:
        return
    printed = re.sub(r"\s", "", match[1])
    if not (value := number_of(printed)):
        return
    end = at + len(match[0].rstrip())
    follows = text[end : end + 1]
    apart = not follows or follows.isspace() or follows in "(〔【「["
    if match[5]:
        yield Mark(Style.CHAPTER, (value,), f"第{printed}{match[5]}", at, end, apart)
    elif match[2]:
        branch = tuple(number_of(one) for one in (match[3], match[4]) if one)
        if _AFTER_TOP.match(text, end):
            label = f"第{printed}{match[2]}" + "".join(f"の{one}" for one in branch)
            closed = _closed(text, end)
            yield Mark(Style.ARTICLE, (value, *branch), label, at, closed, apart or closed > end)
    elif _AFTER_POINT.match(text, end) and (apart or printed.isascii()):
        closed = _closed(text, end)
        yield Mark(Style.POINT, (value,), f"第{printed}", at, closed, apart or closed > end)


def _plain(text: str, at: int) -> Iterator[Mark]:
    if (match := _DECIMAL.match(text, at)) and _refers_not(text, match.end()):
        value = tuple(map(int, re.split(r"[.\-]", match[1])))
        yield Mark(Style.DECIMAL, value, match[1], at, match.end())
    if match := _CELLS.match(text, at):
        value = int(match[1]), int(match[2])
        yield Mark(Style.DECIMAL, value, f"{value[0]}-{value[1]}", at, match.end(2))
    if (match := _PLAIN.match(text, at)) is None:
        return
    apart = bool(match[2] or match[3]) or match[4] is not None
    if not re.compile(_DATED if apart else _COUNTED + _REFERS).match(text, match.end()):
        return
    counted = int(match[1])
    if match[3]:
        yield Mark(Style.HALF, (counted,), f"{counted})", at, match.end())
    else:
        yield Mark(Style.PLAIN, (counted,), str(counted), at, match.end(), apart)


def _braced(text: str, at: int) -> Iterator[Mark]:
    match = _BRACED.match(text, at)
    if match is None or not _refers_not(text, match.end()):
        return
    inner, end = match[1], _closed(text, match.end())
    label = f"({inner})"
    if inner.isdigit():
        yield Mark(Style.BRACED, (int(inner),), label, at, end)
    elif inner in KANA:
        yield Mark(Style.KANA_BRACED, (KANA.index(inner) + 1,), label, at, end)
        if inner in _IROHA:
            yield Mark(Style.IROHA_BRACED, (_IROHA.index(inner) + 1,), label, at, end)
    elif inner.isascii():
        if inner.upper() in _ROMAN:
            yield Mark(Style.ROMAN_BRACED, (_ROMAN.index(inner.upper()) + 1,), label, at, end)
        if len(inner) > 1:
            return
        yield Mark(Style.LATIN_BRACED, (ord(inner.lower()) - ord("a") + 1,), label, at, end)
    elif value := number_of(inner):
        yield Mark(Style.KANJI_BRACED, (value,), label, at, end)


def _single(text: str, at: int) -> Iterator[Mark]:
    match = _SINGLE.match(text, at)
    if match is None or not _refers_not(text, match.end()):
        return
    sign, end = match[1], match.end()
    if sign in KANA:
        yield Mark(Style.KANA, (KANA.index(sign) + 1,), sign, at, end)
        if sign in _IROHA:
            yield Mark(Style.IROHA, (_IROHA.index(sign) + 1,), sign, at, end)
    elif sign.isascii():
        if sign in _ROMAN:
            yield Mark(Style.ROMAN, (_ROMAN.index(sign) + 1,), sign, at, end)
        if len(sign) == 1:
            yield Mark(Style.LATIN, (ord(sign.lower()) - ord("a") + 1,), sign, at, end)
    elif value := number_of(sign):
        yield Mark(Style.KANJI, (value,), sign, at, end)


def _refers_not(text: str, end: int) -> bool:
    return text[end : end + 1] not in "のにをはがとでもや、,・」及又若から" or end >= len(text)


def number_of(printed: str) -> int:
    """The value of a number in figures or kanji, 二十 or 二〇; 0 for what is none."""
    if printed.isdigit():
        return int(printed)
    signs = printed.translate(_OLD)
    if not signs or set(signs) - set(f"{_KANJI}十百"):
        return 0
    if not set(signs) & {"十", "百"}:
        return int("".join(str(_KANJI.index(sign)) for sign in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in _KANJI:
            digit = _KANJI.index(sign)
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit
