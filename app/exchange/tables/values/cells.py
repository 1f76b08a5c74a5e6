"""One cell as the value of one field, in the many ways in which offices write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.exchange.sheets.book import Cell, CellError
from app.exchange.tables.values import days
from app.exchange.tables.values.found import Ask, Blank, Found, Sure, Wrong
from app.exchange.tables.values.safe import unguarded
from app.exchange.tables.words import Target, Words
from app.records.codes import Postal, Telephone
from app.records.kinds import OTHER, Choice, Day, File, Flag, Many, Moment, Number, Quantity, Ref, Text
from app.records.spelling.fold import squeezed

_NOTHING = frozenset("-－ー―—–‐−─/／") | {
    "--",
    "---",
    "－－",
    "ーー",
    "――",
    "‐‐",
    "該当なし",
    "N/A",
    "n/a",
    "#",
}
_DITTO = frozenset(
    {
        "同上",
        "〃",
        "”",
        '"',
        "″",
        "々",
        "仝",
        "同じ",
        "上に同じ",
        "上同",
        "′′",
        "''",
        "ゝ",
        "〝",
        "同",
        "↓",
        "⇓",
    }
)
_UNKNOWN = frozenset({"?", "？", "不明", "未定", "要確認", "確認中", "調査中", "未確認"})
_GOES_ON = frozenset(
    {
        "使用中",
        "利用中",
        "稼働中",
        "運用中",
        "在職中",
        "在職",
        "在籍中",
        "在籍",
        "継続中",
        "継続",
        "従事中",
        "現役",
    }
)
ENDS = frozenset({"retired_on", "left_on", "ends_on"})
"""Days that are left open while something goes on."""
_CIRCLES, _CROSSES = frozenset("○〇◯●◎✓✔☑レ✅"), frozenset("×✕✖╳xXｘＸ✗✘")
_YES = frozenset(
    map(squeezed, ("有", "有り", "あり", "はい", "yes", "y", "済", "済み", "true", "可", "実施", "実施済"))
)
_NO = frozenset(
    map(squeezed, ("無", "無し", "なし", "いいえ", "no", "n", "未", "false", "否", "不可", "未実施", "未済"))
)
_HAVING = (frozenset(map(squeezed, ("有", "有り", "あり"))), frozenset(map(squeezed, ("無", "無し", "なし"))))
_GOOD = frozenset(
    {
        "はい",
        "あり",
        "要",
        "適用済み",
        "最新",
        "守られている",
        "取得している",
        "通知した",
        "公表した",
        "受け入れた",
        "指定あり",
    }
)
"""The words of fields for which a circle, 有 and 済 say yes."""
_MARKED = frozenset(
    map(squeezed, ("有", "有り", "あり", "済", "済み", "未", "未済", "はい", "いいえ", "true", "false"))
)
"""What answers a question that the field does not ask. 無 and なし are answers: there is none."""
_ILL = frozenset({"forbidden", "anomalies"})
"""Fields that ask for what should not be."""
_AMOUNT = re.compile(r"(約|およそ|ほぼ)?\s*(-?[\d,]+(?:\.\d+)?)\s*([^\d\s.,、~〜～-]{1,6})?")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_TICKED, _BOX = re.compile(r"[☑■✓✔▣☒]\s*([^□☐☑■✓✔▣☒\s、,・/]+)"), re.compile(r"[□☐]")
_AS_WRITTEN = (Text, Ref, File, Choice, Many, Flag)
_EXACT_DIGITS = 15
"""More digits of a number than these a sheet does not keep."""


def is_ditto(cell: Cell) -> bool:
    """Whether the cell says that it is as the one above."""
    return cell.shown.strip() in _DITTO


def read(cell: Cell, target: Target, words: Words, *, literal: bool = False) -> Found:
    """What the cell says of the field. Marks such as 同上 are settled before (``is_ditto``).

    ``literal``: this program wrote the table, and a text means itself.
    """
    bare = cell.shown.strip()
    if literal and isinstance(cell.value, str) and isinstance(target.field.kind, _AS_WRITTEN):
        return _written(cell.value, target)
    if isinstance(cell.value, CellError):
        return Wrong(f"セルが「{cell.value.text}」です。", "式を直すか、値を書いてください。")
    if not bare and str(cell.value).strip():
        return Ask(
            "値が表示されない書式のセルです。",
            "取り込むなら表示する書式に変え、取り込まないなら値を消してください。",
        )
    if not bare or bare in _NOTHING:
        return Blank()
    kind = target.field.kind
    if bare in _GOES_ON and target.field.name in ENDS:
        return Blank()
    if bare in _UNKNOWN and not isinstance(kind, Text):
        return Ask(f"「{bare}」と書かれています。", "分かれば値を書き、分からなければ空欄にしてください。")
    for types, reader in _READERS:
        if isinstance(kind, types):
            return reader(cell, target, words)
    return Wrong("この項目は表から取り込めません。", "この列を使わないようにしてください。")


def _written(text: str, target: Target) -> Found:
    """A text of this program's own workbook."""
    kind = target.field.kind
    if isinstance(kind, Text | Ref | File):
        return Sure(text)
    try:
        value = kind.from_text(text)
    except ValueError as error:
        reason, _, advice = str(error).partition("。")
        return Ask(f"{reason}。", advice or "値を直してください。")
    return Sure(list(value) if isinstance(kind, Many) else value)


def _day(cell: Cell, target: Target, _words: Words) -> Found:
    kind = target.field.kind
    assert isinstance(kind, Day | Moment)  # noqa: S101  # by the table below
    return days.read(cell, kind)


def _amount(cell: Cell, target: Target, _words: Words) -> Found:
    kind = target.field.kind
    value = cell.value
    if isinstance(value, bool | date | datetime | time):
        return Wrong(f"「{cell.shown}」は数ではありません。", "数を書いてください。")
    if isinstance(value, int | Decimal):
        unit = _unit_shown(cell.shown)
        return _checked(str(value), kind, unit)
    narrow = unicodedata.normalize("NFKC", cell.shown).strip()
    match = _AMOUNT.fullmatch(narrow)
    if match is None:
        return Wrong(f"「{cell.shown}」は数として読めません。", "数だけを書いてください。")
    if match[1]:
        return Ask(f"「{cell.shown}」はおよその数です。", "正しい数を書いてください。")
    return _checked(match[2], kind, match[3] or "")


def _unit_shown(shown: str) -> str:
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", shown).strip())
    return (match[3] or "") if match and match[3] not in ("%",) else ""


def _checked(text: str, kind: Any, unit: str) -> Found:
    own = getattr(kind, "unit", "")
    if own and unit and squeezed(own) != squeezed(unit):
        return Ask(f"単位が「{unit}」です（この項目の単位は{own}）。", f"{own}の数を書いてください。")
    try:
        value = kind.from_text(text)
    except ValueError as error:
        return Wrong(str(error), "数だけを書いてください。")
    return Sure(kind.to_stored(value), "" if own else unit)


def _flag(cell: Cell, target: Target, _words: Words) -> Found:
    kind = target.field.kind
    assert isinstance(kind, Flag)  # noqa: S101
    if isinstance(cell.value, bool):
        return Sure(cell.value)
    text = squeezed(cell.shown)
    if text in (squeezed(kind.yes), squeezed(kind.no)):
        return Sure(text == squeezed(kind.yes))
    mark = cell.shown.strip()
    if squeezed(kind.yes) in _HAVING[0] and text in _HAVING[0] | _HAVING[1]:
        return Sure(text in _HAVING[0])
    # ○ beside 禁止ソフトウェア may say that there is some, or that all is well.
    if target.field.name not in _ILL and kind.yes in _GOOD:
        if text in _YES or mark in _CIRCLES:
            return Sure(True)
        if text in _NO or mark in _CROSSES:
            return Sure(False)
    return Ask(f"「{mark}」がどちらか分かりません。", f"「{kind.yes}」か「{kind.no}」と書いてください。")


def _choice(cell: Cell, target: Target, words: Words) -> Found:
    kind = target.field.kind
    assert isinstance(kind, Choice)  # noqa: S101
    bare = " ".join(cell.shown.split())
    ticked = _TICKED.findall(bare)
    if ticked or _BOX.search(bare):
        if len(ticked) != 1:
            return Ask(f"「{bare}」は選んだものが1つに決まりません。", "1つだけを書いてください。")
        bare = ticked[0]
    known = words.values[target.path].get(squeezed(bare))
    if known is not None and known != OTHER:
        return Sure(known)
    allowed = "・".join(kind.choices)
    try:
        return Sure(kind.from_text(bare))
    except ValueError:
        if kind.other and bare not in _CIRCLES | _CROSSES and squeezed(bare) != squeezed(OTHER):
            return Ask(
                f"「{bare}」は選択肢にありません。",
                f"{allowed}のどれかか、「{OTHER}：{bare}」と書いてください。",
            )
        return Ask(f"「{bare}」は選択肢にありません。", f"{allowed} から選んでください。")


def _many(cell: Cell, target: Target, words: Words) -> Found:
    kind = target.field.kind
    assert isinstance(kind, Many)  # noqa: S101
    ticked = _TICKED.findall(cell.shown)
    for between in (r"[、,，\n;；]+", r"[、,，／/・\n;；]+"):
        parts = ticked or [part.strip() for part in re.split(between, cell.shown) if part.strip()]
        found = [words.values[target.path].get(squeezed(part)) for part in parts]
        if None not in found:
            break
    if None in found or (not ticked and _BOX.search(cell.shown)):
        return Ask(
            f"「{cell.shown.strip()}」は選択肢にありません。",
            f"{'・'.join(kind.choices)} から選んでください。",
        )
    return Sure([choice for choice in kind.choices if choice in found])


def _text(cell: Cell, target: Target, _words: Words) -> Found:
    value = cell.value
    kind = target.field.kind
    bare = cell.shown.strip()
    if isinstance(value, date | datetime | time) and not isinstance(kind, Ref) and len(bare) < 8:
        return Ask(
            f"「{bare}」はセルでは日付です。もとは別の文字（1-2など）だったかもしれません。",
            "セルの書式を文字列にして、正しい値を書いてください。",
        )
    if _SHORTENED.fullmatch(bare) or (isinstance(value, int) and len(str(abs(value))) > _EXACT_DIGITS):
        return Ask(
            f"「{bare}」は桁の多い数で、もとの数字が失われているかもしれません。",
            "セルの書式を文字列にして、正しい値を書いてください。",
        )
    if isinstance(kind, Text) and target.field.name != "note" and _only_a_mark(bare):
        return Ask(f"「{bare}」だけでは内容が分かりません。", f"{target.field.label}の内容を書いてください。")
    bare = unguarded(bare)
    if isinstance(kind, Telephone | Postal) and (lost := _lost_zero(bare, kind)):
        return Ask(f"「{bare}」は{lost}", "セルの書式を文字列にして、0から書いてください。")
    if isinstance(kind, Text) and kind.lines == 1:
        bare = " ".join(part for part in bare.splitlines() if part.strip())
    return Sure(bare)


def _only_a_mark(text: str) -> bool:
    """Whether there is a circle where the name of something is asked for (ウイルス対策ソフト：○)."""
    return text in _CIRCLES | _CROSSES or squeezed(text) in _MARKED


def _lost_zero(text: str, kind: Any) -> str:
    digits = re.sub(r"[-\s]", "", unicodedata.normalize("NFKC", text))
    if not digits.isdecimal():
        return ""
    if isinstance(kind, Postal):
        return "7桁でありません。先頭の0が失われたかもしれません。" if len(digits) < 7 else ""
    return (
        "0で始まりません。先頭の0が失われたかもしれません。"
        if digits[0] != "0" and len(digits) in (9, 10)
        else ""
    )


_READERS: tuple[tuple[Any, Callable[[Cell, Target, Words], Found]], ...] = (
    ((Day, Moment), _day),
    ((Number, Quantity), _amount),
    (Flag, _flag),
    (Choice, _choice),
    (Many, _many),
    ((Text, Ref, File), _text),
)
