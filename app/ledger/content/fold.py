"""Folding for search only: what a person would call the same word becomes the same text.

Stored and printed text is never touched: NFC alone would change 神 (U+FA19) or 塚 (U+FA10) in a name.
"""

from __future__ import annotations

import unicodedata

_VARIANTS = (
    "髙高 﨑崎 嵜崎 碕崎 德徳 濵浜 濱浜 邊辺 邉辺 齋斎 齊斉 澤沢 櫻桜 廣広 國国 瀨瀬 𠮷吉 嶋島 嶌島 冨富 "
    "圓円 惠恵 眞真 槇槙 遙遥 龍竜 萬万 實実 與与 學学 壽寿 榮栄 條条 縣県 藏蔵 靜静 淵渕 彌弥 關関 鐵鉄 "
    "兒児 豐豊 佛仏 曾曽 增増 寬寛 黑黒 晉晋 禮礼 檜桧 籠篭 舘館 峯峰 冝宜 栁柳 吞呑 桒桑"
)
_DASHES = "‐‑‒–—―−─ｰ"
_TILDES = "〜∼～"
_SMALL = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけ"


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for pair in _VARIANTS.split():
        table[ord(pair[0])] = pair[1]
    table.update({ord(dash): "-" for dash in _DASHES})
    table.update({ord(tilde): "~" for tilde in _TILDES})
    small = {_SMALL[at]: _SMALL[at + 1] for at in range(0, len(_SMALL), 2)}
    table.update({ord(kana): large for kana, large in small.items()})
    for code in range(0x30A1, 0x30F7):
        hiragana = chr(code - 0x60)
        table[code] = small.get(hiragana, hiragana)
    # Variation selectors choose a drawing of the same character (葛󠄀): no one types them when searching.
    table.update(dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """``text`` with widths, kana, case, dashes and variant kanji made alike."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
