"""変更: what differs from the document that stands, with the day and the reason of each change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from app.duties.case import Case, MissingFact, Stated
from app.duties.papers.drift import ADDED, CHANGED, REMOVED, Difference, compare
from app.printing.blocks import Block, Column, Table
from app.printing.type.wareki import wareki
from app.records import Assignment, LocationUse, Statement
from app.records.paths import asking, field_at
from forms.parts.again import Previous
from forms.parts.cells import Cell
from forms.parts.lasting import planned
from forms.parts.texts import NONE, lines, or_none, unique

NEW, CHANGE = "新規", "変更"
"""The two variants of a notice."""

Entry = Mapping[str, str]
"""What is stated of one thing: label → text."""
Dated = Assignment | LocationUse
"""A record that says from when to when, on what day it was changed, and why."""
_AS_ABOVE = "同上"
_SHORT = 12
"""A reason of so few characters is as soon read as 同上."""
_STARTS, _ENDS, _CHANGED, _WHY = "starts_on", "ends_on", "changed_on", "change_reason"


@dataclass(frozen=True)
class Theme:
    """What changes are about: the cells that matter, and the records that say when and why.

    ``noun`` what one thing is called, or the cell that says so; ``name`` the cell of its name; ``starts``
    and ``ends`` those of its period; ``told`` the cells that describe it. ``like``: one that goes and one
    that comes are one move, told in one row, where they alone are alike in this cell or alone share a
    reason; None: each is told by itself with its own day, as a worker who leaves and a successor are.
    ``source`` finds the record of type ``record`` by key (``"person:5"``) and kind of difference.
    """

    record: type[Dated]
    noun: str | Cell[Any]
    name: Cell[Any]
    starts: Cell[Any]
    ends: Cell[Any]
    told: tuple[Cell[Any], ...]
    source: Callable[[Case, str, str], Dated | None]
    like: Cell[Any] | None = None

    def __post_init__(self) -> None:
        for name in (_STARTS, _ENDS, _CHANGED, _WHY):
            field_at(self.record, name)

    def called(self, entry: Entry) -> str:
        """What a thing is called at the head of its row."""
        return self.noun if isinstance(self.noun, str) else entry[self.noun.label]

    def described(self, entry: Entry) -> str:
        """A thing in a cell of before or after."""
        texts = (entry.get(cell.label, NONE) for cell in self.told)
        return lines(*(text for text in texts if text != NONE))

    def since(self, case: Case, before: Previous | None, stated: Stated, ended: Stated) -> Changes:
        """What has changed since the document ``before``, the one of the form that stands."""
        return Changes(case, self, before, _with_known_ends(stated, ended, before, self.ends.label))


def _with_known_ends(
    stated: Stated, ended: Stated, before: Previous | None, ends: str
) -> dict[str, Mapping[str, str]]:
    """``stated``, and of ``ended`` what the client was told would end on the very day on which it did.

    Without it, an end that was notified in advance would be asked for again once the day has come.
    """
    known = before.told.stated if before else {}
    kept = {key: known[key] for key in ended if key in known and known[key].get(ends) == ended[key][ends]}
    return {**stated, **kept}


@dataclass(frozen=True)
class Changes:
    """What is told anew: ``stated`` now, against the document ``before`` it, if one stands."""

    case: Case
    theme: Theme
    before: Previous | None
    stated: Stated

    @property
    def variant(self) -> str:
        """変更 where a document stands, else 新規."""
        return CHANGE if self.before else NEW

    @property
    def facts(self) -> dict[str, Any]:
        """Number and date of the document that stands, and the rows of the table of changes."""
        submission = self.before.submission if self.before else None
        told = {"number": submission.number, "date": wareki(submission.issued_on)} if submission else {}
        return {"previous": told, "changes": self._table.rows}

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """Day and reason of every change that has none, or only those of an older one; or that none is there.

        A notice of a change that tells of no change is sent back.
        """
        if self.before and not self._table.rows and not self._table.missing:
            told = self.facts["previous"]
            sentence = (
                f"{told['date']}付け（文書番号{told['number']}）で提出した内容から変更がないため、"
                "変更の書類は作成できません。同じ内容をもう一度出すときは「再提出」を選んでください。"
            )
            return (MissingFact(sentence, ""),)
        return tuple(self._table.missing)

    @cached_property
    def _table(self) -> _Table:
        table = _Table(self.case, self.theme)
        if self.before is not None:
            table.fill(self.before, self.stated)
        return table


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that came, went or differs: the record that says when, and in which field."""

    key: str
    kind: str
    name: str
    record: Dated | None
    day: date | None
    field: str


@dataclass
class _Table:
    """The rows of the table of changes, and what they lack."""

    case: Case
    theme: Theme
    rows: list[dict[str, Any]] = field(default_factory=list)
    missing: list[MissingFact] = field(default_factory=list)

    def fill(self, before: Previous, stated: Stated) -> None:
        """One row for each thing that came, went or moved, and for each label that reads otherwise."""
        old = before.told.stated
        differences = {difference.key: difference for difference in compare(old, stated)}
        entries = {**old, **stated}
        parts = {key: self._part(one, entries[key]) for key, one in differences.items()}
        moved = _moved(parts.values(), entries, self.theme)
        for key, difference in differences.items():
            if key in moved.values():
                continue
            gone = moved.get(key)
            shared = self._cause([parts[one] for one in (key, gone) if one], before)
            self.rows += [{**row, **shared} for row in self._told(difference, gone, old, stated)]

    def _part(self, difference: Difference, entry: Entry) -> _Part:
        theme, kind = self.theme, difference.kind
        record = theme.source(self.case, difference.key, kind)
        day, name = _when(record, kind, {label for label, _, _ in difference.lines}, theme)
        return _Part(difference.key, kind, entry.get(theme.name.label, ""), record, day, name)

    def _cause(self, parts: Sequence[_Part], before: Previous) -> dict[str, Any]:
        """The keys told of, the day (in a move: of the one that comes) and the reasons of the parts."""
        for part in parts:
            self._ask(part, before)
        reasons = unique(part.record.change_reason for part in parts if part.record)
        if parts[0].record and not reasons:
            self._lacks(parts[0].record, _WHY)
        day = next((part.day for part in parts if part.day), None)
        return {
            "keys": [part.key for part in parts],
            "on": wareki(day) if day else "",
            "planned": planned(day, self.case.day),
            "why": "／".join(reasons),
        }

    def _ask(self, part: _Part, before: Previous) -> None:
        record = part.record
        if record is None:
            sentence = (
                f"「{part.name}」は前回の提出の後に台帳から外されています。"
                "記録を戻し、終了日と変更の理由を入力してください。"
            )
            self.missing.append(MissingFact(sentence, self.theme.record.spec.name))
        elif part.day is None:
            self._lacks(record, part.field)
        elif part.field == _CHANGED and _told_before(part, record.change_reason, before):
            labels = "と".join(record.spec.field(name).label for name in (_CHANGED, _WHY))
            sentence = f"「{part.name}」の{labels}が前回の届出のままです。今回の変更のものに改めてください。"
            self.missing.append(MissingFact(sentence, record.spec.name, record.id, _CHANGED))

    def _lacks(self, record: Dated, name: str) -> None:
        sentence = asking(self.case.facts, record, record.spec.field(name))
        self.missing.append(MissingFact(sentence, record.spec.name, record.id, name))

    def _told(
        self, difference: Difference, gone: str | None, old: Stated, new: Stated
    ) -> Iterable[dict[str, str]]:
        key, kind, theme = difference.key, difference.kind, self.theme
        if kind == CHANGED:
            name = new[key][theme.name.label]
            for label, was, now in difference.lines:
                yield {"item": f"{name}：{label}", "before": or_none(was), "after": or_none(now)}
            return
        was = theme.described(old[gone or key]) if gone or kind == REMOVED else NONE
        now = theme.described(new[key]) if kind == ADDED else NONE
        what = "変更" if gone else "追加" if kind == ADDED else "終了"
        yield {
            "item": f"{theme.called(new.get(key) or old[key])}の{what}",
            "before": was,
            "after": now,
        }


def _moved(parts: Iterable[_Part], entries: Stated, theme: Theme) -> dict[str, str]:
    """What comes → what goes, where both are one move."""
    if theme.like is None:
        return {}
    like = theme.like.label
    found = [part for part in parts if part.kind != CHANGED]
    pairs = _alike(found, lambda part: entries[part.key].get(like, ""))
    known = {*pairs, *pairs.values()}
    rest = [part for part in found if part.key not in known]
    return pairs | _alike(rest, lambda part: part.record.change_reason if part.record else "")


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


def _when(record: Dated | None, kind: str, labels: set[str], theme: Theme) -> tuple[date | None, str]:
    """The day of a change, and the field that holds it."""
    if record is None:
        return None, ""
    if kind == ADDED or labels == {theme.starts.label}:
        return record.starts_on, _STARTS
    if kind == REMOVED or labels == {theme.ends.label}:
        return record.ends_on, _ENDS
    return record.changed_on, _CHANGED


def _told_before(part: _Part, why: str, before: Previous) -> bool:
    """Whether the standing document already gave this day and reason: they belong to an older change."""
    statement = Statement.read(before.submission.statement)
    told = statement.facts.get("changes", []) if statement else []
    return part.day is not None and any(
        part.key in row["keys"] and row["on"] == wareki(part.day) and row["why"] == why for row in told
    )


def change_blocks(statement: Statement) -> tuple[Block, ...]:
    """The table of changes: one row for each, however many texts it changed."""
    rows = statement.facts["changes"]
    columns = (
        Column("変更事項", 18),
        Column("変更前", 22),
        Column("変更後", 22),
        Column("変更年月日", 16, "center"),
        Column("変更の理由", 22),
    )
    cells, told = [], ""
    for (_keys, on, why, to_come), group in groupby(rows, _cause_of):
        same = list(group)
        items = (tuple(row[name] for row in same) for name in ("item", "before", "after"))
        cells.append((*items, lines(on, to_come), _AS_ABOVE if why == told and len(why) > _SHORT else why))
        told = why
    return (Table(columns, tuple(cells)),)


def _cause_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the rows of one change share. Documents of earlier versions did not tell what was planned."""
    return row["keys"], row["on"], row["why"], row.get("planned", "")


def told_under(statement: Statement) -> str:
    """「…付け（文書番号…）」: the document that a change is told against."""
    told = statement.facts["previous"]
    return f"{told['date']}付け（文書番号{told['number']}）"
