"""What stands in a cell beside its value or in the place of it: asked about, never taken as the value."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from app.exchange.sheets.book import Cell
from app.exchange.tables.values.found import Ask
from app.exchange.tables.words import Target
from app.records import Spec
from app.records.codes import Code
from app.records.kinds import Ref, Text

_ABOVE = re.compile(r"〃|同上|上記と?同")
_BESIDE = frozenset({"同左", "左同", "左に同じ", "←", "同右", "→", "｜", "|", "│", "┃", "：", "↑", "⋮"})
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_NOBODY = re.compile(r"[(]?(欠員|欠番|空席|空き|募集中|未定|予備|退職|なし|無し|削除)[)]?")
_SEVERAL_NUMBERS = re.compile(r"\d\s*[~〜～]\s*\D*\d|[、，,;；\n]|\d\s*[-－‐―ー]{2}")
_SEVERAL_CODES = re.compile(r"[、，;；\n]|[~〜～]")
_MARKED = re.compile(r"[※*＊]|[(（〔\[]?旧|[①-⑳]|^[(（].*[)）]$|[(（]例[)）]|^(記入)?例")
_NAMES = re.compile(r"[、，,;；／/\n]")
_BRACKETED = re.compile(r"[(（〔\[【<＜]")
HONOURED = re.compile(r"(様|殿|さん|氏|先生)$")
"""A name as one speaks of somebody, not as a register calls a person."""
_KANA = re.compile(r"[\sァ-ヺーｦ-ﾟぁ-ゖ・]+")


def of(cell: Cell, target: Target, spec: Spec[Any]) -> Ask | None:
    """Why people are asked about the cell before it is read; None where nothing speaks against reading it."""
    bare = cell.shown.strip()
    if cell.struck:
        return Ask(
            f"「{bare}」に取消し線が引かれています。", "消した値は削除し、残す値は取消し線を外してください。"
        )
    if bare in _BESIDE:
        return Ask(f"「{bare}」がどの値を指すか分かりません。", "値を書いてください。")
    if not isinstance(target.field.kind, Text | Ref):
        return None
    if _ABOVE.match(bare):
        return Ask(f"「{bare}」のどこまでが上と同じか分かりません。", "値をすべて書いてください。")
    if (isinstance(target.field.kind, Code) or _is_number(target, spec)) and _DAY.fullmatch(bare):
        return Ask(
            f"「{bare}」は日付のように見えます。もとは別の文字（1-2など）だったかもしれません。",
            "セルの書式を文字列にして、正しい値を書いてください。",
        )
    if isinstance(target.field.kind, Code) and _SEVERAL_CODES.search(bare):
        return Ask(
            f"「{' '.join(bare.split())}」は1つの番号ではないようです。", "1件ずつ行を分けてください。"
        )
    if _is_number(target, spec):
        return _number(bare, target.field.label)
    if spec.name == "person" and target.path == "name":
        return _name(bare)
    return None


def _is_number(target: Target, spec: Spec[Any]) -> bool:
    return target.path in (spec.number_field, "number") and isinstance(target.field.kind, Text)


def _number(bare: str, label: str) -> Ask | None:
    if _NOBODY.fullmatch(unicodedata.normalize("NFKC", bare)):
        return Ask(f"「{bare}」は{label}ではありません。", "使っていない番号なら、行を削除してください。")
    if _SEVERAL_NUMBERS.search(bare):
        return Ask(f"「{bare}」は1つの{label}ではないようです。", "1件ずつ行を分けてください。")
    if _MARKED.search(bare):
        return Ask(
            f"「{bare}」には{label}のほかの記載があります。", "ほかの記載は備考などの列に移してください。"
        )
    return None


def _name(bare: str) -> Ask | None:
    if _NOBODY.fullmatch(unicodedata.normalize("NFKC", bare)):
        return Ask(f"「{bare}」は氏名ではありません。", "該当者がいなければ、行を削除してください。")
    if any(_KANA.fullmatch(part) for part in re.split(r"[\n(（)）]", bare)[:-1] if part) and "\n" in bare:
        return Ask(
            f"「{' '.join(bare.split())}」にはフリガナも書かれています。",
            "フリガナは別の列に分けてください。",
        )
    if _NAMES.search(bare):
        return Ask(
            f"「{' '.join(bare.split())}」は1人の氏名ではないようです。", "1人ずつ行を分けてください。"
        )
    if _BRACKETED.search(bare) or _MARKED.search(bare) or any(sign.isdecimal() for sign in bare):
        return Ask(
            f"「{bare}」には氏名のほかの記載があります。",
            "フリガナ、旧姓、注記などは別の列に分けてください。",
        )
    if HONOURED.search(bare) and len(bare) > 3 and not bare.endswith("氏"):
        return Ask(f"「{bare}」の敬称まで氏名かどうか分かりません。", "敬称を除いてください。")
    return None
