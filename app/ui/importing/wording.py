"""What the page of an import says: states of rows, values in people's words, why it cannot be done yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from app.exchange.mending.rest import HINDERS
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL, Column
from app.exchange.tables.line import Problem
from app.exchange.tables.planning import PlannedLine, Status, TablePlan
from app.exchange.tables.telling import without_commands
from app.exchange.tables.words import words_of
from app.records import Field, Spec
from app.records.kinds import Ref, Rows
from app.records.spec import fields_of

EMPTY = "（空欄）"
OPEN = "決まっていません"
_NAMED = 4
"""Columns that are named before the others are only counted."""
WORDS: Mapping[Status, tuple[str, str, str]] = MappingProxyType(
    {
        Status.NEW: ("＋", "新規", "ok"),
        Status.CHANGED: ("△", "変更", "info"),
        Status.SAME: ("", "変更なし", ""),
        Status.ASK: ("？", "要確認", "warn"),
        Status.ERROR: ("✕", "誤り", "danger"),
        Status.SKIPPED: ("－", "対象外", ""),
    }
)
"""Of each state of a row its sign, its word and its tone."""


def target_label(spec: Spec[Any], column: Column) -> str:
    """Where a column goes, as people read it."""
    if column.path is None:
        return {"": OPEN if column.filled else "値がありません", "使わない列": "取り込まない"}.get(
            column.left, column.left
        )
    return path_label(spec, column.path)


def path_label(spec: Spec[Any], path: str) -> str:
    """A field in people's words, within its rows too."""
    if path == MAKER_AND_MODEL:
        return "メーカーと型番"
    if path == INTO_NOTE:
        return "備考（見出しを付けて）"
    target = words_of(spec).targets.get(path)
    return target.label if target is not None else path


def value_text(field: Field, value: Any) -> str:
    """A value as a file of records says it, in people's words."""
    kind = field.kind
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(kind, Rows):
        return "／".join(_row_text(kind, one) for one in value if isinstance(one, Mapping)) or EMPTY
    if isinstance(kind, Ref):
        return str(value)
    try:
        return str(kind.to_text(kind.from_json(value, _nobody)))
    except (ValueError, TypeError):
        return str(value)


def _row_text(kind: Rows, value: Mapping[str, Any]) -> str:
    inner = {one.name: one for one in fields_of(kind.of)}
    texts = (value_text(inner[name], held) for name, held in value.items() if name in inner)
    return "・".join(text for text in texts if text != EMPTY)


def _nobody(kind: str, key: str) -> int:
    raise ValueError(f"{kind} {key}")


def named(spec: Spec[Any], line: PlannedLine) -> str:
    """How the record of a row is called."""
    names = dict.fromkeys((*spec.key, *spec.titled))
    fields = {one.name: one for one in spec.fields}
    texts = (value_text(fields[name], line.entry.get(name)) for name in names if line.entry.get(name))
    return "　".join(list(texts)[:2])


def changes_of(spec: Spec[Any], line: PlannedLine) -> Iterator[str]:
    """What the row changes, field by field; of a new record what it says."""
    fields = {one.name: one for one in spec.fields}
    for name, (before, after) in line.changes.items():
        if name in fields:
            field = fields[name]
            yield f"{field.label}：{value_text(field, before)} → {value_text(field, after)}"
    if not line.changes and line.status is not Status.SAME:
        for name, value in line.entry.items():
            if name in fields:
                yield f"{fields[name].label}：{value_text(fields[name], value)}"


def reasons_of(line: PlannedLine) -> Iterator[str]:
    """What people have to look at in the row: the place, the value, the reason and the advice."""
    if line.why:
        yield line.why
    yield from map(reason_of, line.problems)


def reason_of(problem: Problem) -> str:
    """One of them."""
    where = f"{problem.column}{problem.row}" if problem.column else f"{problem.row}行目"
    value = f"「{' '.join(problem.value.split())}」" if problem.value.strip() else ""
    return f"{where}{value}：{problem.reason}{without_commands(problem.advice)}"


def hindrance(planned: TablePlan) -> str:
    """Why it cannot be brought in as it stands, the whole in one sentence; empty where it can."""
    undecided = [column for column in planned.columns if column.undecided]
    if undecided:
        letters = "・".join(dict.fromkeys(one.letter for one in undecided[:_NAMED]))
        more = f"など{len(undecided)}列" if len(undecided) > _NAMED else "列"
        return f"{letters}{more}の取込み先が決まっていません。「列と項目」で選んでください。"
    if planned.stops:
        return without_commands(planned.stops[0])
    counts = planned.counts
    found = [f"{WORDS[one][1]}{counts[one]:,}行" for one in HINDERS if counts[one]]
    if found:
        return (
            f"{'と'.join(found)}があるため、まだ1件も取り込めません。"
            "行を選んで答えるか、「列と項目」で補うか、その行を除いてください。"
        )
    if not writes(planned):
        return "登録済みの内容と同じため、取り込むものはありません。"
    return ""


def writes(planned: TablePlan) -> int:
    """How many records it would write."""
    counts = planned.counts
    return counts[Status.NEW] + counts[Status.CHANGED]


def counted(planned: TablePlan) -> str:
    """The counts of a plan as people read them; states without a row are left out."""
    counts = planned.counts
    found = [f"{WORDS[one][1]}{counts[one]:,}件" for one in Status if counts[one]]
    return "、".join([*found, f"空欄で消す値{planned.erased:,}件"] if planned.erased else found)
