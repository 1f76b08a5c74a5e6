"""Which spellings are one word: folded to be found, and folded to be compared. Never to be stored or printed.

NFC alone would change 神 (U+FA19) or 塚 (U+FA10) in a name: what is kept and printed is what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

_VARIANTS = (
    "髙高 﨑崎 嵜崎 碕崎 德徳 濵浜 濱浜 邊辺 邉辺 齋斎 齊斉 澤沢 櫻桜 廣広 國国 瀨瀬 𠮷吉 嶋島 嶌島 冨富 "
    "圓円 惠恵 眞真 槇槙 遙遥 龍竜 萬万 實実 與与 學学 壽寿 榮栄 條条 縣県 藏蔵 靜静 淵渕 彌弥 關関 鐵鉄 "
    "兒児 豐豊 佛仏 曾曽 增増 寬寛 黑黒 晉晋 禮礼 檜桧 籠篭 舘館 峯峰 冝宜 栁柳 吞呑 桒桑"
)
DASHES = "‐‑‒–—―−─⁃－﹣﹘"
"""What keyboards and programs write for a hyphen; the long mark ー besides, where it lengthens nothing."""
_TILDES = "〜∼～"
_SMALL = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけ"
_UNSEEN = dict.fromkeys(
    (
        *(0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)
"""Nobody types them when searching; a selector only chooses how the same character is drawn (葛󠄀)."""
_DASHED = re.compile(f"[{DASHES}]|(?<![ぁ-ゖァ-ヺーｦ-ﾟ])[ーｰ]+")


def _kana() -> dict[int, str | None]:
    """Katakana as hiragana, small ones as large ones; a voice mark that joins no kana says nothing."""
    small = {_SMALL[at]: _SMALL[at + 1] for at in range(0, len(_SMALL), 2)}
    table: dict[int, str | None] = {ord(kana): large for kana, large in small.items()}
    table.update({0x3099: None, 0x309A: None})
    for code in range(0x30A1, 0x30F7):
        hiragana = chr(code - 0x60)
        table[code] = small.get(hiragana, hiragana)
    return table


_ALIKE = {
    **{ord(pair[0]): pair[1] for pair in _VARIANTS.split()},
    **{ord(tilde): "~" for tilde in _TILDES},
}
_KANA = _kana()


def dashed(text: str) -> str:
    """``text`` with every dash as a hyphen: look-alikes, and a long mark that follows no kana (03ー1234)."""
    return _DASHED.sub(lambda match: "-" * len(match[0]), text)


def fold(text: str) -> str:
    """``text`` with widths, kana, case, dashes and variant kanji made alike: how people search."""
    return unified(text).translate(_KANA)


def unified(text: str) -> str:
    """``text`` with widths, case, dashes and variant kanji made alike, the kana as they are."""
    return text.casefold() if text.isascii() else _settled(text, _unified)


def alike(text: str) -> str:
    """``text`` as a natural key is compared: widths, case, dashes and blanks make no difference.

    Kana, long marks and variant kanji do: サクラ商事 and さくら商事, 髙橋 and 高橋 may be two. A blank
    between two digits stays one, or 1 23 would be 12 3.
    """
    made = text.casefold() if text.isascii() else _settled(text, _compared)
    parts = made.split()
    found = "".join(parts[:1])
    for part in parts[1:]:
        found += f" {part}" if found[-1].isdecimal() and part[0].isdecimal() else part
    return unicodedata.normalize("NFKC", found)


def squeezed(text: str) -> str:
    """``text`` as it is searched: folded, without blanks and hyphens, so that PC-001 is found as PC001."""
    return unicodedata.normalize("NFKC", "".join(fold(text).split()).replace("-", ""))


def searchable(texts: Iterable[str]) -> str:
    """Texts in which words are looked for; no word is found across two of them."""
    return "\n".join(map(squeezed, texts))


def words_of(query: str) -> list[str]:
    """The words of a query, each of which has to be found."""
    return [word for part in query.split() if (word := squeezed(part))]


def holds(words: Iterable[str], *texts: str) -> bool:
    """Whether every word stands somewhere in ``texts``; no words always do."""
    wanted = list(words)
    if not wanted:
        return True
    found = searchable(texts)
    return all(word in found for word in wanted)


def _unified(text: str) -> str:
    return _compared(text).translate(_ALIKE)


def _compared(text: str) -> str:
    bare = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).casefold()
    return dashed(unicodedata.normalize("NFKC", bare))


def _settled(text: str, step: Callable[[str], str]) -> str:
    """``step`` until nothing changes: folding case may leave what the next normalisation joins."""
    made = step(text)
    # Looked at first, since a second step for every text of a ledger would be felt.
    if made.casefold() == made and unicodedata.is_normalized("NFKC", made):
        return made
    while (again := step(made)) != made:
        made = again
    return made
