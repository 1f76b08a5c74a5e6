"""What the page of an import says: states of rows, values in people's words, why it cannot be done yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.exchange.coming_in.planner import Outcome
from app.exchange.mending.rest import HINDERS
from app.exchange.tables.beside.beside import Told
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL, Column
from app.exchange.tables.line import Problem, place_text
from app.exchange.tables.planned import PlannedLine, Status, TablePlan
from app.exchange.tables.telling import without_commands
from app.exchange.tables.words import Target
from app.records import SPECS, Field, Spec
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
    target = words_with(spec).targets.get(path)
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
    called = "　".join(list(texts)[:2])
    return called or (f"シート「{line.at.sheet}」" if line.at and line.at.sheet else "")


def where(line: PlannedLine) -> str:
    """Where a row begins in the file."""
    return place_text(line.at) if line.at else f"{line.row:,}行目"


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
    for other in line.beside:
        yield _told_beside(other)


def _told_beside(told: Told) -> str:
    """A record of another type that a row tells of, and what becomes of it."""
    spec = SPECS[told.kind]
    fields = {one.name: one for one in spec.fields}
    held = "・".join(value_text(fields[name], value) for name, value in told.entry.items() if name in fields)
    what = "変更なし" if told.outcome is Outcome.SAME else "も登録"
    return f"［{spec.label}{what}］{held}"


def offer(kinds: Sequence[str]) -> str:
    """What can be made from what the rows name, and what is recorded with it."""
    labels = "・".join(SPECS[kind].label for kind in kinds)
    return f"台帳にない{labels}を、受入れの記録とともに登録する"


def asked(target: Target) -> Field:
    """The field of a target as it is asked once for all rows."""
    own = target.field
    label = target.label if target.beside else own.label
    return replace(own, name=target.path, kind=replace(own.kind, label=label), required=False)


def reasons_of(line: PlannedLine) -> Iterator[str]:
    """What people have to look at in the row: the place, the value, the reason and the advice."""
    if line.why:
        yield line.why
    yield from map(reason_of, line.problems)


def reason_of(problem: Problem) -> str:
    """One of them."""
    value = f"「{' '.join(problem.value.split())}」" if problem.value.strip() else ""
    return f"{problem.where}{value}：{problem.reason}{without_commands(problem.advice)}"


def hindrance(planned: TablePlan) -> str:
    """Why it cannot be brought in as it stands, the whole in one sentence; empty where it can."""
    undecided = [column for column in planned.columns if column.undecided]
    if undecided:
        # The labels of a form stand in no column of their own.
        names = [one.letter if planned.head else f"「{one.title}」" for one in undecided]
        letters = "・".join(dict.fromkeys(names[:_NAMED]))
        counted = "列" if planned.head else "欄" if len(undecided) > _NAMED else ""
        more = f"など{len(undecided)}{counted}" if len(undecided) > _NAMED else counted
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
    others = sum(one.plan.counts[Outcome.NEW] + one.plan.counts[Outcome.CHANGED] for one in planned.besides)
    return counts[Status.NEW] + counts[Status.CHANGED] + others


def found_at(planned: TablePlan) -> str:
    """Where the table was found in the file; a form has no row of titles."""
    sheet = f"シート「{planned.sheet}」　" if planned.sheet else ""
    if not planned.head:
        return f"{sheet}1件1枚の様式"
    return f"{sheet}見出し{'・'.join(map(str, planned.head))}行目"


def counted_all(planned: TablePlan) -> str:
    """The counts of a plan with those of the other types, by type."""
    others = (
        f"{one.plan.spec.label}：新規{one.plan.counts[Outcome.NEW]:,}件"
        for one in planned.besides
        if one.plan.counts[Outcome.NEW]
    )
    return "、".join((counted(planned), *others))


def counted(planned: TablePlan) -> str:
    """The counts of a plan as people read them; states without a row are left out."""
    counts = planned.counts
    found = [f"{WORDS[one][1]}{counts[one]:,}件" for one in Status if counts[one]]
    return "、".join([*found, f"空欄で消す値{planned.erased:,}件"] if planned.erased else found)
