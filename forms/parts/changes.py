"""変更: what differs from the document that stands, with the day and the reason of each change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.drift import ADDED, CHANGED, REMOVED, Difference, compare
from app.printing.blocks import Block, Column, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, LocationUse, Statement, Submission
from app.records.statement import Told
from forms.parts.texts import NONE, lines, or_none, unique
from forms.parts.wanted import Wanted

NEW, CHANGE = "新規", "変更"
"""The two variants of a notice."""

Entry = Mapping[str, str]
"""What is stated of one thing: label → text."""
Dated = Assignment | LocationUse
"""A record that says from when to when, on what day it was changed, and why."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The document that stands: the one a change is measured against."""

    submission: Submission
    told: Told


@dataclass(frozen=True, slots=True)
class Theme:
    """What changes are about: the labels that matter, and the records that say when and why.

    ``noun`` what one thing is called, or the label that says so; ``name`` the label of its name;
    ``like`` the label by which one that goes and one that comes belong together; ``starts`` and ``ends``
    the labels of its period; ``told`` the labels that describe it in a cell; ``moves`` whether one may
    take another's place for a shared reason; ``record`` the type of the record that holds day and reason,
    ``source`` finds it by key (``"person:5"``) and kind of difference.
    """

    noun: str
    name: str
    like: str
    starts: str
    ends: str
    told: tuple[str, ...]
    moves: bool
    record: str
    source: Callable[[str, str], Dated | None]


def previous(case: Case, form: str) -> Previous | None:
    """The last document of ``form`` for this contract that was submitted, not voided and not sent back."""
    standing = [
        (submission.submitted_on, submission.id, submission)
        for submission in case.facts.of(Submission, "contract", case.contract.id)
        if submission.form == form and submission.stands
    ]
    if not standing:
        return None
    submission = max(standing, key=lambda held: held[:2])[2]
    told = case.facts.told(submission)
    return Previous(submission, told) if told else None


def variant_of(before: Previous | None) -> str:
    """変更 where a document stands, else 新規."""
    return CHANGE if before else NEW


def with_known_ends(
    stated: Mapping[str, Entry], ended: Mapping[str, Entry], before: Previous | None, ends: str
) -> dict[str, Entry]:
    """``stated``, and of ``ended`` what the client was told would end on the very day on which it did.

    Without it, an end that was notified in advance would be asked for again once the day has come.
    """
    known = before.told.stated if before else {}
    kept = {key: known[key] for key in ended if key in known and known[key].get(ends) == ended[key][ends]}
    return {**stated, **kept}


def previous_facts(before: Previous | None) -> dict[str, str]:
    """Number and date of the document that stands, as they are printed; empty for a new notice."""
    if before is None:
        return {}
    submission = before.submission
    return {"number": submission.number, "date": wareki(submission.issued_on)}


def changes(
    case: Case, before: Previous | None, stated: Mapping[str, Entry], theme: Theme, wanted: Wanted
) -> list[dict[str, Any]]:
    """The rows of the table of changes. A change without day or reason is noted in ``wanted``."""
    if before is None or case.comparing:
        return []
    old = before.told.stated
    differences = {difference.key: difference for difference in compare(old, stated)}
    entries = {**old, **stated}
    parts = {key: _part(one, entries[key].get(theme.name, ""), theme) for key, one in differences.items()}
    replaced = _replaced(parts.values(), entries, theme)
    rows = []
    for key, difference in differences.items():
        if key in replaced.values():
            continue
        gone = replaced.get(key)
        told = [parts[one] for one in (key, gone) if one]
        rows += _rows(difference, gone, old, stated, theme, _cause(told, before, theme, wanted))
    return rows


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that came, went or differs: the record that says when, and in which field."""

    key: str
    kind: str
    name: str
    record: Dated | None
    day: date | None
    field: str


@dataclass(frozen=True, slots=True)
class _Cause:
    """Day and reason of a change, as printed, and the keys that it tells of."""

    on: str
    why: str
    keys: tuple[str, ...]


def _replaced(parts: Iterable[_Part], entries: Mapping[str, Entry], theme: Theme) -> dict[str, str]:
    """Who comes → who goes: a replacement, told in one row.

    Two belong together if they alone are alike; of things that move, also if they alone share a reason.
    """
    found = [part for part in parts if part.kind != CHANGED]
    pairs = _alike(found, lambda part: entries[part.key].get(theme.like, ""))
    if theme.moves:
        known = {*pairs, *pairs.values()}
        rest = [part for part in found if part.key not in known]
        pairs |= _alike(rest, lambda part: part.record.change_reason if part.record else "")
    return pairs


def _alike(parts: Iterable[_Part], of: Callable[[_Part], str]) -> dict[str, str]:
    """The pairs of one that comes and one that goes, where no others are like them in ``of``."""
    groups: dict[str, list[_Part]] = {}
    for part in parts:
        groups.setdefault(of(part), []).append(part)
    pairs = {}
    for like, held in groups.items():
        come, gone = (tuple(p.key for p in held if p.kind == kind) for kind in (ADDED, REMOVED))
        if like and len(come) == len(gone) == 1:
            pairs[come[0]] = gone[0]
    return pairs


def _part(difference: Difference, name: str, theme: Theme) -> _Part:
    record = theme.source(difference.key, difference.kind)
    day, field = _when(record, difference.kind, {label for label, _, _ in difference.lines}, theme)
    return _Part(difference.key, difference.kind, name, record, day, field)


def _cause(parts: Sequence[_Part], before: Previous, theme: Theme, wanted: Wanted) -> _Cause:
    """The day of the change (in a replacement: of the one that comes) and the reasons of its parts."""
    for part in parts:
        _ask(part, before, theme, wanted)
    reasons = unique(part.record.change_reason for part in parts if part.record)
    first = parts[0]
    if first.record:
        sentence = f"「{first.name}」の変更の理由を入力してください。"
        wanted.need(reasons, sentence, theme.record, first.record.id, "change_reason")
    on = next((wareki(part.day) for part in parts if part.day), "")
    return _Cause(on, "／".join(reasons), tuple(part.key for part in parts))


def _ask(part: _Part, before: Previous, theme: Theme, wanted: Wanted) -> None:
    record = part.record
    if record is None:
        sentence = (
            f"「{part.name}」は前回の提出の後に台帳から外されています。"
            "記録を戻し、終了日と変更の理由を入力してください。"
        )
        wanted.need(record, sentence, theme.record)
        return
    sentence = f"「{part.name}」の変更年月日を入力してください。"
    wanted.need(part.day, sentence, theme.record, record.id, part.field)
    told = part.field == "changed_on" and _told_before(part, record.change_reason, before)
    sentence = (
        f"「{part.name}」の変更年月日と変更の理由が前回の届出のままです。今回の変更のものに改めてください。"
    )
    wanted.need(not told, sentence, theme.record, record.id, "changed_on")


def _when(record: Dated | None, kind: str, labels: set[str], theme: Theme) -> tuple[date | None, str]:
    """The day of a change, and the field that holds it."""
    if record is None:
        return None, ""
    if kind == ADDED or labels == {theme.starts}:
        return record.starts_on, "starts_on"
    if kind == REMOVED or labels == {theme.ends}:
        return record.ends_on, "ends_on"
    return record.changed_on, "changed_on"


def _told_before(part: _Part, why: str, before: Previous) -> bool:
    """Whether the standing document already gave this day and reason: they belong to an older change."""
    statement = Statement.read(before.submission.statement)
    told = statement.facts.get("changes", []) if statement else []
    return part.day is not None and any(
        part.key in row["keys"] and row["on"] == wareki(part.day) and row["why"] == why for row in told
    )


def _rows(
    difference: Difference,
    gone: str | None,
    old: Mapping[str, Entry],
    new: Mapping[str, Entry],
    theme: Theme,
    cause: _Cause,
) -> list[dict[str, Any]]:
    key, kind = difference.key, difference.kind
    shared: dict[str, Any] = {"keys": list(cause.keys), "on": cause.on, "why": cause.why}
    if kind == CHANGED:
        name = new[key][theme.name]
        return [
            {"item": f"{name}：{label}", "before": or_none(was), "after": or_none(now), **shared}
            for label, was, now in difference.lines
        ]
    was = _described(old[gone or key], theme) if gone or kind == REMOVED else NONE
    now = _described(new[key], theme) if kind == ADDED else NONE
    what = "変更" if gone else "追加" if kind == ADDED else "終了"
    entry = new.get(key) or old[key]
    return [{"item": f"{entry.get(theme.noun, theme.noun)}の{what}", "before": was, "after": now, **shared}]


def _described(entry: Entry, theme: Theme) -> str:
    return lines(*(text for label in theme.told if (text := entry.get(label, "")) != NONE))


def change_blocks(statement: Statement) -> tuple[Block, ...]:
    """The table of changes, or the sentence that there are none."""
    rows = statement.facts["changes"]
    if not rows:
        told = statement.facts["previous"]
        return (Text(f"　{told['date']}付け（文書番号{told['number']}）の提出から変更はありません。"),)
    columns = (
        Column("変更事項", 19),
        Column("変更前", 25),
        Column("変更後", 25),
        Column("変更年月日", 14, "center", fit=True),
        Column("変更の理由", 17),
    )
    cells = tuple((row["item"], row["before"], row["after"], row["on"], row["why"]) for row in rows)
    return (Table(columns, cells),)
