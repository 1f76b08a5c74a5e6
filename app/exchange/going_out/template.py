"""An empty table for a record type: its head, what may be chosen, and how each column is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.exchange.going_out import workbook
from app.exchange.going_out.layout import Layout
from app.exchange.tables.own import ID
from app.exchange.tables.words import Target
from app.exchange.tables.written import columns_of
from app.records import SPECS, Spec
from app.records.kinds import Choice, Day, File, Flag, Many, Moment, Number, Quantity, Ref

_HEAD = ("項目", "必須", "書き方", "例")


def made(spec: Spec[Any]) -> bytes:
    """The workbook; what is filled in comes back by the same import as any register."""
    targets = tuple(target for target in columns_of(spec) if _asked(target))
    notes = [_HEAD, *(_note(spec, target) for target in targets), *_general(spec)]
    return workbook.made(spec, Layout(targets, ()), notes=notes)


def _asked(target: Target) -> bool:
    """Whether people fill it in: not what the program writes, and no file."""
    kind = target.field.kind
    later = target.rows is not None and (target.rows.kind.later or target.rows.kind.unseen)
    return not (target.path == ID or later or kind.fixed or kind.unseen or isinstance(kind, File))


def _note(spec: Spec[Any], target: Target) -> tuple[str, ...]:
    needed = "必須" if target.field.required else ""
    if target.rows is not None and needed:
        needed = "行ごと"
    if target.path == spec.number_field:
        needed = ""
    hint = target.field.kind.hint
    how = _how(target)
    return target.label, needed, f"{how}{'（' + hint + '）' if hint else ''}", _example(target)


def _how(target: Target) -> str:
    match target.field.kind:
        case Choice() as kind:
            return f"一覧から選びます：{'・'.join(kind.choices)}"
        case Flag() as kind:
            return f"「{kind.yes}」か「{kind.no}」"
        case Many() as kind:
            return f"「、」で区切って書きます：{'、'.join(kind.choices)}"
        case Day():
            return "年月日。和暦でも西暦でも書けます"
        case Moment():
            return "年月日と時刻。時刻が分からなければ年月日だけ"
        case Number() as kind:
            return f"整数{'（' + kind.unit + '）' if kind.unit else ''}"
        case Quantity():
            return "数（小数は3桁まで）"
        case Ref() as kind:
            other = SPECS[kind.to]
            key = other.field(other.key[0]).label if other.key else "記録番号"
            return f"登録済みの{other.label}の{key}"
    return "文字"


def _example(target: Target) -> str:
    match target.field.kind:
        case Choice() as kind:
            return kind.choices[0]
        case Flag() as kind:
            return kind.yes
        case Many() as kind:
            return "、".join(kind.choices[:2])
        case Day():
            return "令和8年4月1日"
        case Moment():
            return "令和8年4月1日 9時30分"
        case Number() | Quantity():
            return "12"
    return ""


def _general(spec: Spec[Any]) -> Iterator[tuple[str, ...]]:
    yield ("", "", "", "")
    yield ("空欄", "", "空欄の項目は、登録済みの内容を消しません", "")
    if any(target.rows for target in columns_of(spec)):
        yield ("「：」のある項目", "", "1件に何行でも書けます。2行目からは、ほかの項目を空欄にします", "")
